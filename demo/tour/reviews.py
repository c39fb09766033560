"""The seven steps of the member reviews of every town's branch and of one town's branches."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from demo.tour import opinions
from demo.tour.cast import Branch
from demo.tour.claims import SCORING
from demo.tour.opinions import Conducted
from demo.tour.stage import Stage
from demo.tour.year import POINTS_YEAR

RATED_YEAR = POINTS_YEAR + 1
REPORTING, VOTING, POSTING = date(RATED_YEAR, 1, 12), date(RATED_YEAR, 3, 3), date(RATED_YEAR, 4, 13)
REPLYING, DELIBERATING = date(RATED_YEAR, 4, 16), date(RATED_YEAR, 5, 12)
Reviews = Sequence[Conducted]


async def open_cycles(stage: Stage, root_id: str) -> dict[str, str]:
    district, cycles = stage.caller("district_officer"), {}
    for kind, name in (("member", "党员"), ("organization", "党组织")):
        body = {
            "organization_id": root_id,
            "year": RATED_YEAR,
            "subject_kind": kind,
            "name": f"{RATED_YEAR} 年度{name}星级评定",
        }
        opened = await stage.post(district, f"{SCORING}/cycles", body, kind)
        cycles[kind] = str(opened["id"])
    return cycles


async def open_member_review(stage: Stage, branch: Branch, cycle_id: str) -> Conducted:
    secretary = stage.person(branch.secretary_id)
    body = {"cycle_id": cycle_id, "organization_id": branch.id}
    opened = await stage.post(secretary, f"{SCORING}/reviews", body, branch.id, "member")
    body_ids = branch.leader_ids if len(branch.leader_ids) > 2 else tuple(branch.voter_ids)  # noqa: PLR2004 - ADR 13
    return Conducted(
        id=opened["id"],
        title=branch.name,
        organization_id=branch.id,
        speakers={one: one for one in branch.member_ids},
        conductor_id=branch.secretary_id,
        superior=stage.town_officer(branch.town_id),
        superior_id=stage.town_secretaries[branch.town_id],
        voters={one: one for one in branch.member_ids},
        body_ids=body_ids,
    )


async def open_town_review(stage: Stage, town: dict[str, Any], branches: Sequence[Branch], cycle_id: str) -> Conducted:
    officer = stage.town_officer(town["id"])
    body = {"cycle_id": cycle_id, "organization_id": town["id"]}
    opened = await stage.post(officer, f"{SCORING}/reviews", body, town["id"], "organization")
    voters = {one: branch.id for branch in branches for one in branch.leader_ids}
    return Conducted(
        id=opened["id"],
        title=town["name"],
        organization_id=town["id"],
        speakers={branch.id: branch.secretary_id for branch in branches},
        conductor_id=stage.town_secretaries[town["id"]],
        superior=stage.caller("district_officer"),
        superior_id="",
        voters=voters,
        body_ids=town["leader_ids"],
    )


async def advance(stage: Stage, review: Conducted, to: str, *names: object) -> None:
    conductor, path = stage.person(review.conductor_id), f"{SCORING}/reviews/{review.id}"
    version = (await conductor.get(path))["version"]
    await stage.post(conductor, f"{path}/advance", {"to": to}, to, *names, version=version)


async def pledge_all(stage: Stage, reviews: Reviews) -> None:
    async def one(review: Conducted) -> None:
        await opinions.pledge(stage, review)
        await advance(stage, review, "practise", "first")

    await stage.for_each("诺 承诺并公开", reviews, one)


async def report_all(stage: Stage, reviews: Reviews) -> None:
    await stage.move_clock(REPORTING)

    async def one(review: Conducted) -> None:
        await advance(stage, review, "report", "first")
        await opinions.report(stage, review)
        await advance(stage, review, "appraise", "first")

    await stage.for_each("践讲 述职", reviews, one)


async def appraise_all(stage: Stage, reviews: Reviews) -> None:
    """In the first review one subject has no survey, in the second one is vetoed."""
    await stage.move_clock(VOTING)

    async def one(review: Conducted) -> None:
        await opinions.vote(stage, review, "first")
        absent = list(review.speakers)[1] if review is reviews[0] else None
        await opinions.survey(stage, review, VOTING.isoformat(), absent)
        if review is reviews[1]:
            subject_id = review.ordinary_subject()
            body = {
                "review_id": review.id,
                "subject_id": subject_id,
                "ground": "受到党内警告处分",
                "reason": "处分期内",
            }
            await stage.post(review.superior, f"{SCORING}/vetoes", body, review.id)
        await advance(stage, review, "compare", "first")

    await stage.for_each("评 民主测评与民意调查", reviews, one)


async def reopen_one(stage: Stage, review: Conducted) -> None:
    """The superior sends one review back from 比 to 评; the branch votes again."""
    body = {"to": "appraise", "reason": "部分党员反映测评当日通知不到位,请重新组织测评"}
    path = f"{SCORING}/reviews/{review.id}"
    version = (await review.superior.get(path))["version"]
    await stage.post(review.superior, f"{path}/reopen", body, version=version)
    await opinions.vote(stage, review, "again")
    await advance(stage, review, "compare", "again")
    stage.console.print(f"  {review.title}:上级退回“评”,重新测评后再次进入“比”")


async def publicise_all(stage: Stage, reviews: Reviews) -> None:
    await stage.settle()
    await stage.move_clock(POSTING)
    await stage.for_each("比示 综合得分公示", reviews, lambda review: advance(stage, review, "publicise", "first"))
    upheld, rejected = reviews[2], reviews[3]
    filed = [await object_to(stage, upheld), await object_to(stage, rejected)]
    await stage.move_clock(REPLYING)
    decisions = (
        {"upheld": True, "reply": "经核实,民意调查计票有误,该项不计,重新计算并重新公示", "set_aside": ["survey"]},
        {"upheld": False, "reply": "经核查,积分流水与佐证材料一致,维持原结果"},
    )
    for review, objection, decision in zip((upheld, rejected), filed, decisions, strict=True):
        path = f"{SCORING}/objections/{objection['id']}/decision"
        await stage.post(review.superior, path, decision, version=objection["version"])
    stage.console.print("  示 收到两条异议:一条成立并重新公示,一条不成立")


async def object_to(stage: Stage, review: Conducted) -> Any:
    subject_id = review.ordinary_subject()
    body = {"review_id": review.id, "subject_id": subject_id, "content": "我认为民意调查的计票与实际不符,请求核查"}
    speaker = stage.person(review.speakers[subject_id])
    return await stage.post(speaker, f"{SCORING}/objections", body, review.id)


async def deliberate_all(stage: Stage, reviews: Reviews) -> None:
    await stage.move_clock(DELIBERATING)

    async def one(review: Conducted) -> None:
        await advance(stage, review, "deliberate", "first")
        results = stage.person(review.conductor_id).every(f"{SCORING}/reviews/{review.id}/results")
        present = len(review.body_ids)
        unrated = [one["subject_id"] async for one in results if one["proposed_stars"] is None]
        votes = {"votes_for": max(present - 1, present // 2 + 1)}
        conductor, name = stage.person(review.conductor_id), f"resolution-{review.id}.xlsx"
        sheet = await opinions.upload(stage, conductor, name, {"present": present, **votes})
        body = {
            "review_id": review.id,
            "held_on": DELIBERATING.isoformat(),
            "present_member_ids": list(review.body_ids),
            "sheet_file_id": sheet,
            "confirmation": votes,
            "adjustments": [
                {"subject_id": one, "stars": 0, "reason": "综合得分未达起评线,本年度不评星", **votes} for one in unrated
            ],
        }
        made = await stage.post(conductor, f"{SCORING}/resolutions", body, review.id)
        if any(one["awaits_superior"] for one in made["decisions"]):
            path = f"{SCORING}/resolutions/{made['id']}/confirmation"
            await stage.post(review.superior, path, None, version=made["version"])
        await advance(stage, review, "final", "first")

    await stage.for_each("议 审定并公布", reviews, one)


async def close_cycles(stage: Stage, cycles: dict[str, str]) -> None:
    district = stage.caller("district_officer")
    for cycle_id in cycles.values():
        version = (await district.get(f"{SCORING}/cycles/{cycle_id}"))["version"]
        await stage.post(district, f"{SCORING}/cycles/{cycle_id}/closure", None, version=version)
