"""A person goes through 25 steps into the Party; no step without its papers, none out of turn."""

from typing import Any

import pytest

from services.registry.tests.members.developments.cases import BOTH, Case
from services.registry.tests.members.relations import Relations

pytestmark = pytest.mark.anyio
MILESTONES, GUIDES = "registry.development_milestone.changed.v1", "registry.development_guide.changed.v1"


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def missing(answer: Any) -> list[str]:
    return [one["pointer"] for one in answer.json()["errors"]]


@pytest.fixture
async def case(relations: Relations) -> Case:
    return await Case(relations).open(tag="two_pushes", is_backbone=True)


class TestSteps:
    async def test_lead_from_the_application_to_a_formal_member(self, case: Case) -> None:
        stages = []
        for last in ("activist_filed", "prospect_filed", "receiving_filed", "closed"):
            remaining = await case.until(last)
            stages.append((await case.member())["stage"])
            assert remaining == last

        member = await case.member()
        assert stages == ["activist", "prospect", "probationary", "formal"]
        assert (member["joined_on"], member["confirmed_on"]) == ("2022-06-20", "2023-06-25")
        told = case.relations.registers.events(MILESTONES)
        assert [(one["milestone"], one["occurred_on"], one["is_backbone"]) for one in told] == [
            ("activist", "2021-03-01", True),
            ("received", "2022-06-20", True),
            ("confirmed", "2023-06-25", True),
        ]
        assert refused(await case.take("archiving")) == (409, "development-over")

    async def test_come_one_after_the_other(self, case: Case) -> None:
        skipped = await case.take("activist_chosen")

        assert refused(skipped) == (409, "step-order")
        assert "“递交入党申请书”" in skipped.json()["detail"]

    async def test_of_the_superior_are_the_superior_s(self, case: Case) -> None:
        await case.until("activist_filed")

        assert refused(await case.take("activist_filed", case.secretary)) == (403, "only-the-superior")
        assert (await case.take("activist_filed")).status_code == 201

    async def test_are_dated_in_their_order_and_not_ahead(self, case: Case) -> None:
        early = await case.take("application", done_on="2021-01-03")
        ahead = await case.take("application", done_on="2025-03-04")

        assert refused(early) == refused(ahead) == (422, "wrong-dates")

    async def test_are_nobody_s_in_their_own_case(self, case: Case) -> None:
        branch = case.relations.district.branches[0]
        own = await case.relations.registers.office("branch_secretary", branch, person=case.person["id"])

        assert refused(await case.take("application", own)) == (403, "own-case")

    async def test_need_a_year_as_activist_and_two_checks(self, case: Case) -> None:
        await case.until("cultivation")
        for kind in (*BOTH, "check"):
            await case.paper("activist", kind)

        early = await case.take("cultivation", done_on="2022-02-28")

        assert refused(early) == (409, "step-not-finished")
        assert missing(early) == ["activist-too-short", "checks-missing"]

    async def test_after_their_limit_are_found_and_kept_as_late(self, case: Case) -> None:
        await case.take("application")
        (found,) = (await case.secretary.get("/findings", code=["development_overdue"])).json()["items"]
        await case.paper("apply", "talk")

        late = await case.take("first_talk", done_on="2021-02-10")

        assert (found["subject_id"], found["due_on"]) == (case.person["id"], "2021-02-05")
        assert late.json()["late_on"] == "2021-02-10"


class TestInputs:
    @pytest.mark.feature("R45")
    @pytest.mark.parametrize(
        ("stage", "step"),
        [
            *(("activist", "cultivation"), ("prospect", "training")),
            *(("receive", "receiving_approval"), ("confirm", "confirming_approval")),
        ],
    )
    @pytest.mark.parametrize("kind", ["masses_recommend", "members_appraise"])
    async def test_of_a_stage_are_two_recommendations_and_two_appraisals(
        self, case: Case, stage: str, step: str, kind: str
    ) -> None:
        await case.until(step)
        await case.prepare(step, without=(stage, kind))
        without = await case.take(step)
        await case.paper(stage, kind)

        assert refused(without) == (409, "step-not-finished")
        assert missing(without) == ["recommendations-missing" if kind.endswith("recommend") else "appraisals-missing"]
        assert (await case.take(step)).status_code == 201

    @pytest.mark.feature("R46")
    async def test_of_a_confirmation_are_a_talk_on_record(self, case: Case) -> None:
        await case.until("confirming_approval")
        await case.prepare("confirming_approval", without=("confirm", "talk"))

        without = await case.take("confirming_approval")
        await case.paper("confirm", "talk", happened_on="2023-06-28")

        assert refused(without) == (422, "talk-missing")
        assert (await case.take("confirming_approval")).status_code == 201
        assert (await case.member())["stage"] == "formal"

    async def test_that_are_void_do_not_count(self, case: Case) -> None:
        await case.take("application")
        paper = (await case.paper("apply", "talk")).json()
        await case.relations.above.post(f"/development-papers/{paper['id']}/void", {"reason": "误传"}, version=1)

        assert missing(await case.take("first_talk")) == ["talk-missing"]
        detail = (await case.secretary.get(case.path)).json()
        assert [one["code"] for one in detail["missing"]] == ["talk-missing"]
        assert detail["stage"] == "apply"

    async def test_are_twenty_four_hours_of_training_and_five_days_of_publicity(self, case: Case) -> None:
        await case.until("training")
        for kind in BOTH:
            await case.paper("prospect", kind)
        await case.paper("prospect", "training", hours="23.5")
        await case.paper("prospect", "publicity", ends_on="2022-05-12")

        assert missing(await case.take("training")) == ["training-missing", "publicity-missing"]
        await case.paper("prospect", "training", hours="0.5")
        await case.paper("prospect", "publicity")
        assert (await case.take("training")).status_code == 201


class TestGuides:
    async def test_are_formal_members_two_at_most_and_told_by_their_id(self, case: Case) -> None:
        applicant = await case.paper("activist", "mentor", person_id=case.person["id"])
        made = [(await case.paper("activist", "mentor")).json() for _ in range(2)]
        third = await case.paper("activist", "mentor", person_id=case.guides[0])
        await case.relations.above.post(f"/development-papers/{made[0]['id']}/void", {"reason": "误传"}, version=1)

        assert refused(applicant) == (422, "guide-not-formal")
        assert refused(third) == (409, "too-many-guides")
        told = case.relations.registers.events(GUIDES)
        assert [(one["person_id"], one["holds"], one["revision"]) for one in told] == [
            (case.guides[0], True, 1),
            (case.guides[1], True, 1),
            (case.guides[0], False, 2),
        ]

    async def test_stand_only_where_the_paper_has_them(self, case: Case) -> None:
        wrong = await case.paper("activist", "talk", person_id=case.guides[0], hours="2")

        assert wrong.status_code == 422
        assert missing(wrong) == ["/body/hours", "/body/person_id"]


class TestMistake:
    async def test_is_void_and_the_person_is_what_they_were(self, case: Case) -> None:
        await case.until("receiving_filed")

        voided = await case.relations.above.post(
            f"{case.path}/void", {"reason": "录错了人"}, version=case.shown["version"]
        )

        assert voided.status_code == 200, voided.text
        member = await case.member()
        assert (member["stage"], member["joined_on"]) == ("applicant", None)
        taken_back = [one for one in case.relations.registers.events(MILESTONES) if not one["holds"]]
        assert [(one["milestone"], one["revision"]) for one in taken_back] == [("activist", 2), ("received", 2)]

    async def test_or_a_change_of_mind_lets_another_case_begin(self, case: Case) -> None:
        path = f"/members/{case.person['id']}/developments"
        twice = await case.secretary.post(path, {"applied_on": "2021-01-04"})
        ended = await case.secretary.post(
            f"{case.path}/end", {"ended_on": "2021-02-01", "reason": "本人撤回申请"}, version=1
        )
        again = await case.secretary.post(path, {"applied_on": "2022-01-04"})

        assert refused(twice) == (409, "already-developing")
        assert (ended.status_code, again.status_code) == (200, 201)


class TestTags:
    @pytest.mark.feature("R40")
    async def test_filter_who_was_developed_how(self, relations: Relations) -> None:
        """21 by 双推双培 and 59 activists by 一帮一, among others."""
        branch, registers = relations.district.branches[0], relations.registers
        wanted = [("two_pushes", 21), ("one_helps_one", 59), ("three_pushes", 2)]
        for tag, number in wanted:
            for _ in range(number):
                person = await registers.member(branch, stage="applicant")
                await relations.old.made(f"/members/{person['id']}/developments", applied_on="2021-01-04", tag=tag)
        registers.execute("UPDATE developments SET step = 'oath', received_on = '2024-06-20' WHERE tag = 'two_pushes'")
        registers.execute("UPDATE developments SET step = 'cultivation' WHERE tag = 'one_helps_one'")

        developed = {"tag": "two_pushes", "received_from": "2024-01-01", "received_to": "2024-12-31"}
        activists = {"tag": "one_helps_one", "stage": "activist"}
        totals = [
            (await relations.old.get("/developments", with_total="true", **one)).json()["total"]
            for one in (developed, activists)
        ]
        assert totals == [21, 59]
