"""百日攻坚: a hundred days by the business clock, meetings on the way, and samples that anybody can draw again."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import md5
from typing import Any

import pytest

from kit.clock import set_offset
from kit.database import app_transaction
from registry.app import create_app

pytestmark = pytest.mark.anyio
CAMPAIGN = {"title": "覆盖质量提升百日攻坚", "goal": "应建尽建,空白点清零", "first_on": "2025-03-01"}
CHECKED = {"checked_on": "2025-03-10", "is_passed": False, "result": "没有指导员"}
Answer = dict[str, Any]


class Drive:
    """A district with twenty units in the first town and three in the second, on the tenth day of a campaign."""

    def __init__(self, registers: Any, district: Any) -> None:
        self.registers, self.district = registers, district

    async def arrive(self) -> "Drive":
        self.officer = await self.registers.office("district_officer", self.district.root)
        self.town_officer = await self.registers.office("town_officer", self.district.towns[0])
        self.codes = {}
        for town, number in zip(self.district.towns, (20, 3), strict=True):
            for _ in range(number):
                unit = await self.registers.unit(town)
                self.codes[unit["id"]] = unit["code"]
        await self.on("2025-03-10")
        self.campaign = await self.begun()
        return self

    async def on(self, day: str) -> None:
        moment = datetime.fromisoformat(f"{day}T12:00:00+08:00")
        async with app_transaction(self.registers.app) as db:
            await set_offset(db, int((moment - datetime.now(UTC)).total_seconds()))

    async def begun(self, **fields: Any) -> Answer:
        return dict(
            await self.officer.made("/campaigns", organization_id=self.district.root["id"], **CAMPAIGN, **fields)
        )

    async def draw(self, size: int = 8, by: Any = None, **fields: Any) -> Any:
        body = {"subject_kind": "unit", "size": size, **fields}
        return await (by or self.officer).post(f"/campaigns/{self.campaign['id']}/samples", body)

    async def drawn(self, sample: Any, by: Any = None) -> list[str]:
        """Units in the order drawn."""
        listed = await (by or self.officer).get("/campaign-checks", sample_id=sample.json()["id"], sort="position")
        return [one["unit_id"] or one["checked_organization_id"] for one in listed.json()["items"]]


@pytest.fixture
async def drive(registers: Any) -> Drive:
    return await Drive(registers, await registers.district()).arrive()


class TestCampaign:
    async def test_out_of_reach_answers_like_a_missing_one(self, drive: Drive) -> None:
        unseen = await drive.town_officer.get(f"/campaigns/{drive.campaign['id']}")
        body = {"organization_id": drive.district.root["id"], **CAMPAIGN}
        refused = await drive.town_officer.post("/campaigns", body)

        assert (unseen.status_code, unseen.json()["code"]) == (404, "campaign-not-found")
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown-campaign-organization")

    @pytest.mark.feature("R59")
    async def test_counts_its_hundred_days_by_the_business_date(self, drive: Drive) -> None:
        counted = {}
        for day in ("2025-02-28", "2025-03-01", "2025-06-08", "2025-06-09"):
            await drive.on(day)
            found = (await drive.officer.get(f"/campaigns/{drive.campaign['id']}")).json()
            counted[day] = (found["state"], found["day_number"], found["days_left"])

        assert (drive.campaign["days"], drive.campaign["last_on"]) == (100, "2025-06-08")
        assert counted == {
            "2025-02-28": ("upcoming", 0, 100),
            "2025-03-01": ("running", 1, 99),
            "2025-06-08": ("running", 100, 0),
            "2025-06-09": ("over", 100, 0),
        }

    async def test_lists_those_that_run_on_a_day(self, drive: Drive) -> None:
        short = await drive.begun(days=30)

        running = {
            day: {one["id"] for one in (await drive.officer.get("/campaigns", running_on=day)).json()["items"]}
            for day in ("2025-02-28", "2025-03-30", "2025-03-31")
        }

        assert running == {
            "2025-02-28": set(),
            "2025-03-30": {short["id"], drive.campaign["id"]},
            "2025-03-31": {drive.campaign["id"]},
        }

    async def test_notes_its_meetings_with_their_days(self, drive: Drive) -> None:
        path = f"/campaigns/{drive.campaign['id']}/meetings"
        second = {"held_on": "2025-03-10", "content": "第二次调度:空白点还剩 12 家"}

        early = await drive.officer.post(path, {**second, "held_on": "2025-02-28"}, version=1)
        ahead = await drive.officer.post(path, {**second, "held_on": "2025-03-11"}, version=1)
        noted = await drive.officer.post(path, second, version=1)
        first = {"held_on": "2025-03-05", "content": "第一次调度"}
        found = (await drive.officer.post(path, first, version=2)).json()

        assert [one.json()["code"] for one in (early, ahead)] == ["wrong-dates", "wrong-dates"]
        assert (noted.status_code, found["meetings"], found["version"]) == (201, [first, second], 3)


class TestSample:
    @pytest.mark.feature("R59")
    async def test_is_the_same_for_the_same_seed_also_by_hand_and_after_a_restart(self, drive: Drive) -> None:
        """The first eight by the MD5 of seed and code, out of the twenty-three of the district."""
        first = await drive.draw(seed="第一周")
        restarted = create_app(drive.registers.app.state.settings, drive.registers.app.state.verifier)
        later = replace(drive.registers, app=restarted, offices={})
        again = await drive.draw(seed="第一周", by=await later.office("district_officer", drive.district.root))
        other = await drive.draw(seed="第二周")
        by_hand = sorted(drive.codes, key=lambda one: md5(f"第一周:{drive.codes[one]}".encode()).hexdigest())[:8]  # noqa: S324 - drawn by lot, not kept secret

        assert (first.status_code, first.json()["population"], first.json()["size"]) == (201, 23, 8)
        assert await drive.drawn(first) == await drive.drawn(again) == by_hand
        assert set(await drive.drawn(other)) != set(by_hand)

    async def test_is_kept_with_its_day_seed_and_who_drew_it_when_the_register_grows(self, drive: Drive) -> None:
        sample = await drive.draw(size=23)
        before = await drive.drawn(sample)
        await drive.registers.unit(drive.district.towns[0])

        kept = (await drive.officer.get(f"/campaign-samples/{sample.json()['id']}")).json()

        assert await drive.drawn(sample) == before
        assert (kept["population"], kept["drawn_on"], len(kept["seed"])) == (23, "2025-03-10", 16)
        assert kept["recorded_by"] is not None

    async def test_of_organisations_holds_only_those_below(self, drive: Drive) -> None:
        sample = await drive.draw(size=5, subject_kind="organization")
        district = drive.district

        below = [district.work, *district.towns, *district.branches]
        assert set(await drive.drawn(sample)) == {one["id"] for one in below}

    async def test_larger_than_what_there_is_or_outside_the_days_is_refused(self, drive: Drive) -> None:
        large = await drive.draw(size=24)
        await drive.on("2025-06-09")
        late = await drive.draw()

        assert (large.status_code, large.json()["code"]) == (422, "sample-too-large")
        assert "23" in large.json()["detail"]
        assert (late.status_code, late.json()["code"]) == (409, "campaign-not-running")

    async def test_that_is_void_stays_on_record_and_takes_no_results(self, drive: Drive) -> None:
        sample = (await drive.draw()).json()
        path = f"/campaign-samples/{sample['id']}"

        void = await drive.officer.post(f"{path}/void", {"reason": "抽错范围"}, version=1)
        checks = (await drive.officer.get("/campaign-checks", sample_id=sample["id"], is_void=True)).json()["items"]
        refused = await drive.officer.post(f"/campaign-checks/{checks[0]['id']}/result", CHECKED, version=1)

        assert (void.status_code, void.json()["void_reason"]) == (200, "抽错范围")
        assert len(checks) == 8
        assert (refused.status_code, refused.json()["code"]) == (409, "record-void")

    async def test_of_a_void_campaign_is_void_with_it(self, drive: Drive) -> None:
        sample = (await drive.draw()).json()
        path = f"/campaigns/{drive.campaign['id']}/void"
        void = await drive.officer.post(path, {"reason": "区域重复"}, version=drive.campaign["version"])
        shown = (await drive.officer.get(f"/campaign-samples/{sample['id']}")).json()

        assert (void.status_code, shown["void_reason"]) == (200, "区域重复")
        assert (await drive.officer.get("/campaign-checks", sample_id=sample["id"])).json()["items"] == []


class TestResult:
    async def test_is_recorded_for_each_one_by_whoever_drew_and_not_by_the_one_checked(self, drive: Drive) -> None:
        sample = (await drive.draw(size=23)).json()
        own = (await drive.town_officer.get("/campaign-checks", sample_id=sample["id"])).json()["items"]
        path = f"/campaign-checks/{own[0]['id']}/result"

        early = await drive.officer.post(path, {**CHECKED, "checked_on": "2025-03-09"}, version=1)
        by_town = await drive.town_officer.post(path, CHECKED, version=1)
        recorded = await drive.officer.post(path, CHECKED, version=1)
        changed = await drive.officer.post(path, {**CHECKED, "is_passed": True}, version=2)
        counted = (await drive.officer.get(f"/campaign-samples/{sample['id']}")).json()
        open_ones = await drive.officer.get("/campaign-checks", is_checked=False, with_total=True)

        assert len(own) == 20
        assert (early.json()["code"], by_town.json()["code"]) == ("wrong-dates", "only-who-drew")
        assert (recorded.status_code, recorded.json()["is_passed"]) == (201, False)
        assert changed.json()["is_passed"] is True
        assert (counted["checked"], counted["passed"], open_ones.json()["total"]) == (1, 1, 22)
        assert drive.registers.events("registry.campaign_check.recorded.v1")[-1]["is_passed"] is True
