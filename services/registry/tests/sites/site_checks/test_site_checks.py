"""Checks of sites: by 六有 or 五有五上墙 with pictures, by the ten standards of the level, by park."""

from dataclasses import dataclass
from typing import Any

import pytest

from registry.sites.site_checks.kinds import ITEMS_OF

pytestmark = pytest.mark.anyio
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"
ITEMS = {one.value: items for one, items in ITEMS_OF.items()}
SIX, TEN, PARK = "six_haves", "five_and_five", "park_links"
YEAR = "registry.site_year.changed.v1"


def standards(prefix: str, number: int = 10) -> list[str]:
    return [f"{prefix}第{one}条" for one in range(1, number + 1)]


@dataclass
class Story:
    registers: Any
    district: Any
    officer: Any
    photo_id: str

    @property
    def branch(self) -> dict[str, Any]:
        return dict(self.district.branches[0])

    def items(self, check_list: str, *unmet: str, photo: bool = True) -> list[dict[str, Any]]:
        named = [one.value for one in ITEMS.get(check_list, ())] or [str(one) for one in range(1, 11)]
        picture = {"photo_id": self.photo_id} if photo else {}
        return [
            {"item": one, "is_met": False} if one in unmet else {"item": one, "is_met": True, **picture}
            for one in named
        ]

    def body(self, check_list: str, *unmet: str, photo: bool = True, **fields: Any) -> dict[str, Any]:
        items = self.items(check_list, *unmet, photo=photo)
        about = {"organization_id": self.branch["id"], "checked_on": "2025-03-10"}
        return {"check_list": check_list, "items": items, **about, **fields}

    async def check(self, check_list: str, *unmet: str, **fields: Any) -> Any:
        return await self.officer.post("/site-checks", self.body(check_list, *unmet, **fields))

    async def cover(self, kind: str) -> None:
        unit = await self.registers.unit(self.branch, kind)
        link = {"organization_id": self.branch["id"], "mode": "single", "valid_from": "2021-01-01"}
        await (await self.registers.administrator()).made(f"/units/{unit['id']}/coverage-links", **link)


@pytest.fixture
async def story(registers: Any) -> Story:
    district = await registers.district()
    officer = await registers.office("town_officer", district.towns[0])
    photo = (await officer.attached(district.branches[0])).json()
    return Story(registers, district, officer, photo["id"])


class TestSiteFile:
    async def test_is_kept_and_read_by_who_sees_the_organisation(self, story: Story) -> None:
        path = f"/site-files/{story.photo_id}/content"
        stranger = await story.registers.office("town_officer", story.district.towns[1])

        read, foreign = await story.officer.get(path), await stranger.get(path)

        assert (read.status_code, read.headers["content-type"]) == (200, "image/png")
        assert (foreign.status_code, foreign.json()["code"]) == (404, "site-file-not-found")
        there = await stranger.attached(story.branch)
        assert (there.status_code, there.json()["code"]) == (422, "unknown-file-organization")

    @pytest.mark.parametrize("name", ["台账.xlsx", "说明.docx", "照片.gif", "照片", "照片.pdf"])
    async def test_that_is_no_picture_or_pdf_is_refused(self, story: Story, name: str) -> None:
        answer = await story.officer.attached(story.branch, name)

        assert (answer.status_code, answer.json()["code"]) == (422, "file-refused")
        assert (await story.officer.attached(story.branch, "制度.pdf", PDF)).status_code == 201


class TestSixHaves:
    @pytest.mark.feature("R35")
    async def test_pass_only_with_six_of_six(self, story: Story) -> None:
        whole = (await story.check(SIX)).json()
        without_flag = (await story.check(SIX, "flag")).json()

        assert (whole["met"], whole["expected"], whole["is_passed"]) == (6, 6, True)
        assert (without_flag["met"], without_flag["expected"], without_flag["is_passed"]) == (5, 6, False)
        assert {one["photo_name"] for one in whole["items"]} == {"照片.png"}
        passed = (await story.officer.get("/site-checks", is_passed=True)).json()["items"]
        latest = (await story.officer.get("/site-checks", latest_on="2025-03-10")).json()["items"]
        assert [one["id"] for one in passed] == [whole["id"]]
        assert [one["id"] for one in latest] == [without_flag["id"]]
        assert (await story.officer.get("/site-checks", latest_on="2025-03-09")).json()["items"] == []

    async def test_are_met_with_a_picture_of_the_organisation_only(self, story: Story) -> None:
        sibling = await story.registers.office("town_officer", story.district.towns[1])
        foreign = (await sibling.attached(story.district.branches[1])).json()["id"]
        items = story.items(SIX)
        items[0]["photo_id"] = foreign

        without, another = await story.check(SIX, photo=False), await story.check(SIX, items=items)

        assert [(one.status_code, one.json()["code"]) for one in (without, another)] == [(422, "photo-missing")] * 2
        assert "有场所" in another.json()["detail"]

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"checked_on": "2099-01-01"}, "wrong-dates"),
            ({"organization_id": "00000000-0000-7000-8000-000000000000"}, "unknown-checked-organization"),
            ({"items": [{"item": "place", "is_met": False}]}, "wrong-check-items"),
        ],
    )
    async def test_that_cannot_be_are_refused(self, story: Story, fields: dict[str, Any], code: str) -> None:
        answer = await story.check(SIX, **fields)

        assert (answer.status_code, answer.json()["code"]) == (422, code)


class TestLists:
    @pytest.mark.feature("R36")
    @pytest.mark.parametrize(
        ("kind", "right", "number", "wrong"),
        [("non_public_enterprise", SIX, 6, TEN), ("social_group", TEN, 10, SIX)],
    )
    async def test_of_an_enterprise_have_6_items_and_of_a_social_organisation_10(
        self, story: Story, kind: str, right: str, number: int, wrong: str
    ) -> None:
        await story.cover(kind)

        refused, check = await story.check(wrong), (await story.check(right)).json()

        assert (refused.status_code, refused.json()["code"]) == (422, "wrong-check-list")
        assert (check["expected"], check["met"], check["is_passed"]) == (number, number, True)

    async def test_are_both_for_who_covers_both(self, story: Story) -> None:
        for kind in ("non_public_enterprise", "social_group"):
            await story.cover(kind)

        assert {(await story.check(one)).status_code for one in (SIX, TEN)} == {201}


class TestTenStandards:
    async def set_up(self, story: Story, level: str, **fields: Any) -> Any:
        district_officer = await story.registers.office("district_officer", story.district.root)
        body = {"organization_id": story.district.root["id"], "level": level, "valid_from": "2024-01-01"}
        return await district_officer.post("/site-standards", {**body, "items": standards(level), **fields})

    @pytest.mark.feature("R37")
    async def test_are_ten_and_free_in_content(self, story: Story) -> None:
        lengths = {number: await self.set_up(story, "town", items=standards("镇", number)) for number in (9, 10, 11)}

        assert {number: one.status_code for number, one in lengths.items()} == {9: 422, 10: 201, 11: 422}
        with pytest.raises(Exception, match="ck_site_standards_ten_items"):
            story.registers.execute("UPDATE site_standards SET items = items[1:9]")

    @pytest.mark.feature("R09")
    async def test_of_each_level_are_its_own_list(self, story: Story) -> None:
        for level in ("city", "district", "town"):
            await self.set_up(story, level)
        newer = await self.set_up(story, "town", valid_from="2025-01-01", items=standards("新"))
        town_officer, twice = story.officer, await self.set_up(story, "town")

        lists = {
            level: (await town_officer.get("/site-standards", level=level, as_of="2024-06-30")).json()["items"]
            for level in ("city", "district", "town")
        }
        latest = (await town_officer.get("/site-standards", level="town", as_of="2025-06-30")).json()["items"]

        assert {level: [(one["focus"], one["items"]) for one in found] for level, found in lists.items()} == {
            "city": [("抓提高", standards("city"))],
            "district": [("抓规范", standards("district"))],
            "town": [("抓基础", standards("town"))],
        }
        assert [one["id"] for one in latest] == [newer.json()["id"]]
        assert (twice.status_code, twice.json()["code"]) == (409, "standard-of-that-day-already")

    async def test_are_set_by_the_district(self, story: Story) -> None:
        answer = await self.set_up(story, "town", organization_id=story.district.towns[0]["id"])

        assert (answer.status_code, answer.json()["code"]) == (422, "not-for-the-district")

    async def test_are_what_a_demonstration_point_of_the_level_is_checked_by(self, story: Story) -> None:
        too_early = await story.check("ten_standards")
        point = {"organization_id": story.branch["id"], "level": "town", "valid_from": "2024-06-01"}
        await story.officer.made("/demonstration-points", **point)
        no_list = await story.check("ten_standards")
        await self.set_up(story, "city")
        made = await self.set_up(story, "town")

        check = (await story.check("ten_standards", "3", photo=False)).json()

        assert {(one.status_code, one.json()["code"]) for one in (too_early, no_list)} == {(422, "wrong-check-list")}
        assert (check["standard_id"], check["met"], check["is_passed"]) == (made.json()["id"], 9, False)
        assert check["standard_name"] == "镇街级示范点标准(自 2024-01-01 施行)"
        assert [one["name"] for one in check["items"]] == standards("town")


class TestYear:
    async def test_is_told_after_every_check_and_corrected_by_a_void(self, story: Story) -> None:
        check = (await story.check(SIX, "books")).json()
        await story.check(SIX, "place", "books", checked_on="2025-04-10")
        await story.officer.post(f"/site-checks/{check['id']}/void", {"reason": "查错了支部"}, version=1)

        told = story.registers.events(YEAR)

        assert [(one["revision"], one["has_place"], one["has_books"]) for one in told] == [
            (1, True, False),
            (2, True, False),
            (3, False, False),
        ]
        assert {(one["organization_id"], one["year"]) for one in told} == {(story.branch["id"], 2025)}

    async def test_is_not_told_of_other_lists(self, story: Story) -> None:
        park = await story.registers.organization("work_committee", story.district.root, host_kind="park")
        officer = await story.registers.office("district_officer", story.district.root)
        body = story.body(PARK, photo=False, organization_id=park["id"])

        assert (await officer.post("/site-checks", body)).status_code == 201
        assert story.registers.events(YEAR) == []


class TestPark:
    @pytest.mark.feature("R38")
    async def test_is_reported_with_its_six_flags(self, story: Story) -> None:
        """Each park by its newest check; one that was never checked is there too, with no flag."""
        officer = await story.registers.office("district_officer", story.district.root)
        parks = [
            await story.registers.organization("work_committee", story.district.root, host_kind="park", name=name)
            for name in ("东园", "南园", "西园")
        ]
        for park, unmet, day in (
            (parks[0], ("one_region", "joint_sites"), "2025-01-10"),
            (parks[0], ("one_region",), "2025-03-10"),
            (parks[1], (), "2025-03-11"),
        ):
            items = story.items(PARK, *unmet, photo=False)
            body = {"check_list": PARK, "items": items, "organization_id": park["id"], "checked_on": day}
            await officer.made("/site-checks", **body)

        report = (await officer.get("/park-links", as_of="2025-03-31")).json()["items"]
        earlier = (await officer.get("/park-links", as_of="2025-01-31")).json()["items"]

        flags = ("joint_setting_up", "joint_members", "joint_activities", "joint_sites", "joint_services", "one_region")
        assert {one["organization_name"]: [one[flag] for flag in flags] for one in report} == {
            "东园": [True, True, True, True, True, False],
            "南园": [True] * 6,
            "西园": [False] * 6,
        }
        assert {one["organization_name"]: (one["met"], one["is_passed"]) for one in report} == {
            "东园": (5, False),
            "南园": (6, True),
            "西园": (0, False),
        }
        assert {one["organization_name"]: one["met"] for one in earlier} == {"东园": 4, "南园": 0, "西园": 0}
        branch = await story.check(PARK, photo=False)
        assert (branch.status_code, branch.json()["code"]) == (422, "wrong-check-list")
