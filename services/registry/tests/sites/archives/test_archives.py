"""The archive of an organisation: papers by quarter and category, and what is lacking."""

from typing import Any

import pytest

from services.registry.tests.members.relations import Relations, relate

pytestmark = pytest.mark.anyio
CATEGORIES = ("record_book", "pictures", "members", "organization_life", "education", "rules")
JUDGED = "registry.archive_quarter.judged.v1"


@pytest.fixture
async def relations(registers: Any) -> Relations:
    return await relate(registers)


async def file_of(relations: Relations) -> str:
    return str((await relations.old.attached(relations.district.branches[0])).json()["id"])


async def entered(relations: Relations, file_id: str, category: str, dated_on: str, **fields: Any) -> Any:
    body = {"organization_id": relations.district.branches[0]["id"], "category": category, "title": "会议记录"}
    return await relations.old.post("/archive-entries", {**body, "dated_on": dated_on, "file_id": file_id, **fields})


async def lacking(relations: Relations, day: str) -> list[str]:
    [check] = (await relations.old.get("/archive-checks", on=day)).json()["items"]
    assert check["is_complete"] is (check["empty"] == [])
    return list(check["empty"])


class TestArchive:
    @pytest.mark.feature("R39")
    @pytest.mark.parametrize("name", ["照片.jpg", "台账.xlsx", "记录.docx"])
    async def test_takes_jpg_png_and_pdf_only(self, relations: Relations, name: str) -> None:
        """A jpg whose content is a png is refused like what is neither."""
        answer = await relations.old.attached(relations.district.branches[0], name)

        assert (answer.status_code, answer.json()["code"]) == (422, "file-refused")
        assert (await relations.old.attached(relations.district.branches[0], "照片.png")).status_code == 201

    @pytest.mark.feature("R39")
    async def test_of_a_quarter_lists_its_empty_categories(self, relations: Relations) -> None:
        file_id = await file_of(relations)
        for category in CATEGORIES[:4]:
            await entered(relations, file_id, category, "2025-03-01")
        wrong = (await entered(relations, file_id, "education", "2025-03-02")).json()
        await entered(relations, file_id, "rules", "2024-12-31")
        path = f"/archive-entries/{wrong['id']}/void"
        await relations.old.post(path, {"reason": "归错类别"}, version=1)

        assert await lacking(relations, "2025-03-03") == ["education", "rules"]
        assert await lacking(relations, "2024-12-31") == [one for one in CATEGORIES if one != "rules"]
        await entered(relations, file_id, "education", "2025-01-01")
        await entered(relations, file_id, "rules", "2025-03-03")
        assert await lacking(relations, "2025-01-01") == []

    async def test_takes_files_of_the_organisation_and_no_day_to_come(self, relations: Relations) -> None:
        foreign = (await relations.new.attached(relations.district.branches[1])).json()["id"]

        ahead = await entered(relations, await file_of(relations), "rules", "2025-03-04")
        other = await entered(relations, foreign, "rules", "2025-03-01")
        elsewhere = await entered(
            relations, foreign, "rules", "2025-03-01", organization_id=relations.district.branches[1]["id"]
        )

        codes = [one.json()["code"] for one in (ahead, other, elsewhere)]
        assert codes == ["wrong-dates", "unknown-archive-file", "unknown-archive-organization"]

    async def test_is_judged_by_what_was_there_when_the_quarter_ended(self, relations: Relations) -> None:
        file_id = await file_of(relations)
        first = [(await entered(relations, file_id, one, "2025-03-01")).json() for one in CATEGORIES]
        await relations.on("2025-04-01")
        await relations.night()
        path = f"/archive-entries/{first[0]['id']}/void"
        await relations.old.post(path, {"reason": "不是本支部的"}, version=1)
        await entered(relations, file_id, CATEGORIES[0], "2025-03-31")
        await relations.night()

        told = [one for one in relations.registers.events(JUDGED) if one["quarter_ends_on"] == "2025-03-31"]
        assert [(one["revision"], one["empty"], one["is_complete"]) for one in told] == [(1, 0, True), (2, 1, False)]
