"""What cannot be seen by any system: people claim it, and the branch decides it month by month."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from demo.tour.cast import Branch
from demo.tour.stage import Stage
from demo.tour.year import POINTS_YEAR
from deploy.calling import Caller

SCORING = "/api/v1/scoring"
CLAIM_DAY, REFUSED_SHARE = 20, 0.05
CLAIM_MONTHS: Mapping[str, Sequence[int]] = {
    "month": range(1, 13),
    "quarter": (3, 6, 9, 12),
    "half-year": (6, 12),
    "year": (11,),
    "event": (2, 5, 8, 10),
}
GRADES, GRADE_WEIGHTS = ("good", "fair", "average"), (5, 3, 1)


@dataclass(frozen=True, slots=True)
class Claim:
    branch: Branch
    subject_kind: str
    subject_id: str
    code: str
    name: str
    claimant_id: str


async def claimable(stage: Stage, subject_kind: str) -> list[Mapping[str, Any]]:
    """Indicators of the published catalogue that are earned by claim."""
    district = stage.caller("district_officer")
    found = await district.get(f"{SCORING}/catalogues", subject_kind=subject_kind, state="published")
    catalogue = await district.get(f"{SCORING}/catalogues/{found['items'][0]['id']}")
    return [indicator for indicator in catalogue["indicators"] if indicator["earning"] == "claim"]


def diligence(kind: str, subject_id: str) -> float:
    """Branches claim nearly everything they may; of the members some do, some claim half of it."""
    return Random(subject_id).uniform(0.5 if kind == "member" else 0.95, 1.0)


def claims_of_month(
    branch: Branch, month: int, member_indicators: Sequence[Any], branch_indicators: Sequence[Any]
) -> Iterator[Claim]:
    subjects = [("member", one, one, member_indicators) for one in branch.member_ids if branch.is_reviewed]
    subjects.append(("organization", branch.id, branch.secretary_id, branch_indicators))
    for kind, subject_id, claimant_id, indicators in subjects:
        for indicator in indicators:
            months = CLAIM_MONTHS[indicator["cadence"]][: indicator["max_times_per_year"]]
            chance = Random(f"{subject_id}/{indicator['code']}/{month}")
            if month in months and chance.random() < diligence(kind, subject_id):
                yield Claim(branch, kind, subject_id, indicator["code"], indicator["name"], claimant_id)


async def play_claims(stage: Stage, branches: Sequence[Branch], month: int) -> None:
    indicators = [await claimable(stage, kind) for kind in ("member", "organization")]
    claims = [one for branch in branches for one in claims_of_month(branch, month, *indicators)]
    await stage.for_each(f"{month} 月 积分申报", claims, lambda one: file(stage, one, month))
    await stage.for_each(f"{month} 月 每月评价", branches, lambda branch: evaluate(stage, branch, month))


async def file(stage: Stage, claim: Claim, month: int) -> None:
    body = {
        "subject_kind": claim.subject_kind,
        "subject_id": claim.subject_id,
        "indicator_code": claim.code,
        "occurred_on": date(POINTS_YEAR, month, CLAIM_DAY).isoformat(),
        "description": f"{month} 月:{claim.name}",
    }
    claimant = stage.person(claim.claimant_id)
    await stage.post(claimant, f"{SCORING}/claims", body, claim.subject_id, claim.code, month)


async def evaluate(stage: Stage, branch: Branch, month: int) -> None:
    """The secretary decides the month; what concerns the secretary or the branch itself is the town's to decide."""
    secretary, town = stage.person(branch.secretary_id), stage.town_officer(branch.town_id)
    body = {"organization_id": branch.id, "month": f"{POINTS_YEAR}-{month:02}"}
    opened = await stage.post(secretary, f"{SCORING}/monthly-evaluations", body, branch.id, month)
    path = f"{SCORING}/monthly-evaluations/{opened['id']}"
    current = await secretary.get(path)
    if current["state"] == "confirmed":
        return
    own = {branch.secretary_id, branch.id}
    for judge, is_own in ((secretary, False), (town, True)):
        claims = [one for one in current["claims"] if (one["subject_id"] in own) is is_own]
        await decide(judge, path, claims)
        await grade(judge, path, [one for one in branch.member_ids if (one in own) is is_own], month)
    version = (await secretary.get(path))["version"]
    await stage.post(secretary, f"{path}/confirmation", {}, version=version)


async def decide(judge: Caller, path: str, claims: Sequence[Mapping[str, Any]]) -> None:
    if not claims:
        return
    decisions = [_decision(claim) for claim in claims]
    version = (await judge.get(path))["version"]
    await judge.request("PUT", f"{path}/decisions", json={"decisions": decisions}, version=version)


def _decision(claim: Mapping[str, Any]) -> dict[str, str]:
    """One in twenty cannot be shown and is refused with its reason."""
    if Random(claim["id"]).random() < REFUSED_SHARE:
        return {"claim_id": claim["id"], "decision": "refuse", "reason": "佐证材料不足,请补充后下月再报"}
    return {"claim_id": claim["id"], "decision": "confirm"}


async def grade(judge: Caller, path: str, member_ids: Sequence[str], month: int) -> None:
    if not member_ids:
        return
    grades = [
        {"member_id": one, "grade": Random(f"{one}/{month}").choices(GRADES, GRADE_WEIGHTS)[0]} for one in member_ids
    ]
    version = (await judge.get(path))["version"]
    await judge.request("PUT", f"{path}/grades", json={"grades": grades}, version=version)
