"""A district scores itself by its superior's table, and what the superior gave stands beside it."""

from typing import Any

import pytest

from services.scoring.tests.conftest import API, District, People
from services.scoring.tests.contests.test_contests import made, refused, stepped
from services.scoring.tests.sheets import opened
from tests.support.pictures import picture

pytestmark = pytest.mark.anyio
TABLE = (("组织覆盖", "30", "28", "27.5"), ("工作覆盖", "30", "30", "30"), ("品牌创建", "40", "36", "38"))


def item_of(district: District, **changes: Any) -> dict[str, Any]:
    common = {"organization_id": str(district.root), "year": 2025, "position": 1, "name": "组织覆盖", "maximum": "30"}
    return {**common, **changes}


async def corrected(client: Any, one: Any, body: Any) -> Any:
    headers = {"If-Match": f'"{one["version"]}"'}
    return await client.http.patch(f"{API}/upper-items/{one['id']}", json=body, headers=headers)


class TestAnUpperTable:
    @pytest.mark.feature("S29")
    async def test_is_exported_with_own_and_upper_score_evidence_and_difference(
        self, district: District, people: People
    ) -> None:
        officer = people.district_officer
        paper = (await officer.upload("证明.png", picture())).json()["id"]
        for position, (name, maximum, own, upper) in enumerate(TABLE, start=1):
            body = item_of(district, position=position, name=name, maximum=maximum, own_score=own)
            one = await made(officer, "/upper-items", **body, evidence_link="甬两新〔2025〕3号", evidence_file_id=paper)
            answer = await corrected(officer, one, {"upper_score": upper})
            assert (answer.status_code, answer.json()["own_score"]) == (200, f"{float(own):.2f}")

        answer = await officer.get("/upper-items/export", year=2025, format="xlsx")

        title, rows = opened(answer.content)
        assert title == "上级考核表自评"
        told = [(row["考核项目"], row["满分"], row["自评分"], row["上级评分"], row["上级评分减自评分"]) for row in rows]
        assert told == [
            ("组织覆盖", 30, 28, 27.5, -0.5), ("工作覆盖", 30, 30, 30, 0), ("品牌创建", 40, 36, 38, 2),
        ]  # fmt: skip
        assert {(row["佐证所在"], row["佐证文件"]) for row in rows} == {("甬两新〔2025〕3号", "证明.png")}
        sums = (await officer.get("/upper-sums", organization_id=str(district.root), year=2025)).json()
        assert (sums["maximum"], sums["own_score"], sums["upper_score"], sums["difference"]) == (
            "100.00", "94.00", "95.50", "1.50",
        )  # fmt: skip

    async def test_says_what_is_not_scored_or_proved_and_leaves_out_what_was_void(
        self, district: District, people: People
    ) -> None:
        officer = people.district_officer
        first = await made(officer, "/upper-items", **item_of(district, own_score="28"))
        second = await made(officer, "/upper-items", **item_of(district, position=2, evidence_link="甬〔2025〕3号"))
        assert await refused(officer, "/upper-items", item_of(district)) == (409, "position-taken")
        place = {"organization_id": str(district.root), "year": 2025}
        sums = (await officer.get("/upper-sums", **place)).json()
        bare = {name: sums[f"without_{name}"] for name in ("own_score", "upper_score", "evidence")}
        assert (sums["items"], bare) == (2, {"own_score": 1, "upper_score": 2, "evidence": 1})

        await stepped(officer, f"/upper-items/{first['id']}/void", {"reason": "录错年度"}, 1)

        assert (await officer.get("/upper-sums", **place)).json()["items"] == 1
        again = await made(officer, "/upper-items", **item_of(district, own_score="20"))
        listed = (await officer.get("/upper-items", scored=False)).json()["items"]
        assert [one["id"] for one in listed] == [again["id"], second["id"]]
        assert (await corrected(officer, {**first, "version": 2}, {"own_score": "1"})).json()["code"] == "record-void"

    async def test_takes_no_score_above_the_maximum_and_no_evidence_of_somebody_else(
        self, district: District, people: People
    ) -> None:
        officer = people.district_officer
        high = item_of(district, own_score="30.01")
        assert await refused(officer, "/upper-items", high) == (422, "score-above-maximum")
        one = await made(officer, "/upper-items", **item_of(district, own_score="30"))
        assert (await corrected(officer, one, {"upper_score": "30.01"})).json()["code"] == "score-above-maximum"
        unknown = {"evidence_file_id": str(people.branch)}
        assert (await corrected(officer, one, unknown)).json()["code"] == "unknown-evidence"
        kept = (await corrected(officer, one, {"own_score": None})).json()
        assert (kept["own_score"], kept["difference"], kept["version"]) == (None, None, 2)
        changes = (await officer.get(f"/upper-items/{one['id']}/history")).json()["items"]
        assert [(each["field"], each["old"], each["new"]) for each in changes] == [("own_score", "30.00", None)]

    async def test_is_kept_by_the_district_and_hidden_from_others(self, district: District, people: People) -> None:
        one = await made(people.district_officer, "/upper-items", **item_of(district))

        assert await refused(people.town_officer, "/upper-items", item_of(district, position=2)) == (403, "forbidden")
        assert (await people.town_officer.get(f"/upper-items/{one['id']}")).status_code == 403
        asked = {"organization_id": str(people.branch), "year": 2025}
        assert (await people.district_officer.get("/upper-sums", **asked)).json()["items"] == 0
