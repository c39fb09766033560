"""A branch of seven in the year after its points year, and the steps of its review as its people take them."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from sqlalchemy import select

from kit.database import app_transaction
from scoring.points.indicators.models import Catalogue, Indicator
from scoring.points.ledger.service import Booking, record
from scoring.subjects import SubjectKind
from tests.support.pictures import picture

API = "/api/v1/scoring"
NEWBORN, UNNAMED = 1, 0
GRADES = ("excellent", "qualified", "basically_qualified", "unqualified")


def hash_of(token: str) -> dict[str, str]:
    return {"token_hash": sha256(token.encode()).hexdigest()}


def headers_of(version: int) -> dict[str, str]:
    """A new key for every call, and the version of what it changes: that of a new thing unless another is named."""
    return {"Idempotency-Key": uuid4().hex, **({"If-Match": f'"{version}"'} if version != UNNAMED else {})}


class Caller:
    def __init__(self, http: httpx2.AsyncClient, person: UUID | None = None) -> None:
        self.http, self.person = http, person

    async def get(self, path: str, **params: Any) -> Any:
        answer = await self.http.get(API + path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, json: Any = None, *, expect: int | None = None, version: int = NEWBORN) -> Any:
        """The body of the answer; any 2xx unless a status is expected."""
        answer = await self.http.post(API + path, json=json or {}, headers=headers_of(version))
        assert answer.status_code == expect if expect else answer.is_success, answer.text
        return answer.json()

    async def token(self, ballot_id: str) -> str:
        """Made here; the service is told its hash."""
        made = secrets.token_urlsafe(32)
        await self.post(f"/ballots/{ballot_id}/tokens", hash_of(made))
        return made

    async def refused(self, path: str, json: Any = None, *, version: int = NEWBORN) -> tuple[int, str]:
        answer = await self.http.post(API + path, json=json or {}, headers=headers_of(version))
        return answer.status_code, answer.json()["code"]


@dataclass
class Stage:
    """The district, its callers, and the review they work on."""

    district: Any
    town: UUID
    branch: UUID
    ids: list[UUID]
    probationer: UUID
    secretary: Caller
    members: list[Caller]
    probationary: Caller
    town_officer: Caller
    district_officer: Caller
    foreign_secretary: Caller
    stranger: Caller
    make_caller: Callable[..., Awaitable[Caller]]
    cycle_id: str = ""
    review_id: str = ""

    @property
    def everybody(self) -> list[UUID]:
        return [*self.ids, self.probationer]

    async def earn(self, subjects: Sequence[UUID], share: float, kind: SubjectKind = SubjectKind.MEMBER) -> None:
        """That share of the catalogue's indicators, each fully, in 2025."""
        async with app_transaction(self.district.app) as db:
            catalogue = (
                await db.scalars(select(Catalogue).where(Catalogue.root_id.is_(None), Catalogue.subject_kind == kind))
            ).one()
            query = select(Indicator).where(Indicator.catalogue_id == catalogue.id).order_by(Indicator.position)
            indicators = (await db.scalars(query)).all()
            chosen = indicators[: round(len(indicators) * share)]
            await record(
                db, [one for subject in subjects for item in chosen for one in self._bookings(item, subject, kind)]
            )

    def _bookings(self, item: Indicator, subject: UUID, kind: SubjectKind) -> list[Booking]:
        months = {"month": range(1, 13), "quarter": (1, 4, 7, 10), "half-year": (1, 7)}.get(item.cadence, (1,))
        times = item.max_times_per_year if len(list(months)) == 1 else 1
        return [
            Booking(
                subject_kind=kind,
                subject_id=subject,
                root_id=self.district.root,
                catalogue_id=item.catalogue_id,
                indicator_code=item.code,
                cadence=item.cadence,
                annual_cap=item.annual_cap,
                requested=item.points * times,
                occurred_on=date(2025, month, 15),
                source="test",
                source_ref=f"{subject}/{item.code}/{month}",
            )
            for month in months
        ]

    async def open(self, kind: str = "member", **scheme: Any) -> None:
        owner = {
            "organization_id": str(self.district.root),
            "year": 2026,
            "subject_kind": kind,
            "name": "2026 年度评议",
        }
        self.cycle_id = (await self.district_officer.post("/cycles", {**owner, **scheme}, expect=201))["id"]
        conductor, place = (self.secretary, self.branch) if kind == "member" else (self.town_officer, self.town)
        plan = {"cycle_id": self.cycle_id, "organization_id": str(place)}
        self.review_id = (await conductor.post("/reviews", plan, expect=201))["id"]

    async def version(self) -> int:
        """Of the review, as its superior sees it."""
        return int((await self.town_officer.get(f"/reviews/{self.review_id}"))["version"])

    async def advance(self, to: str, by: Caller | None = None) -> Any:
        path, version = f"/reviews/{self.review_id}/advance", await self.version()
        return await (by or self.secretary).post(path, {"to": to}, version=version)

    async def advance_refused(self, to: str, by: Caller | None = None) -> tuple[int, str]:
        path, version = f"/reviews/{self.review_id}/advance", await self.version()
        return await (by or self.secretary).refused(path, {"to": to}, version=version)

    async def pledge(self) -> None:
        for caller in [*self.members, self.probationary]:
            mine = {"review_id": self.review_id, "subject_id": str(caller.person), "contents": ["按时参加", "带头创新"]}
            for pledge in (await caller.post("/pledges", mine, expect=201))["items"]:
                approver = self.town_officer if caller.person == self.secretary.person else self.secretary
                await approver.post(f"/pledges/{pledge['id']}/decision", {"approved": True}, version=pledge["version"])

    async def report(self) -> None:
        for caller in [*self.members, self.probationary]:
            told = {
                "review_id": self.review_id,
                "subject_id": str(caller.person),
                "content": "一年来按承诺完成各项工作",
            }
            await caller.post("/reports", told, expect=201)

    async def vote(self, voters: Sequence[Caller] | None = None, kind: str = "democratic") -> str:
        """Everybody grades everybody else: the first two members excellent, the others qualified."""
        plan = {"review_id": self.review_id, "kind": kind}
        ballot = await self.secretary.post("/ballots", plan, expect=201)
        for caller in voters if voters is not None else self.members:
            token = await caller.token(str(ballot["id"]))
            choices = [
                {"subject_id": str(one), "grade": GRADES[0] if one in self.ids[:2] else GRADES[1]}
                for one in self.ids
                if one != caller.person
            ]
            await self.stranger.post(f"/ballots/{ballot['id']}/votes", {"token": token, "choices": choices}, expect=201)
        await self.secretary.post(f"/ballots/{ballot['id']}/closure", version=ballot["version"])
        return str(ballot["id"])

    async def sheet(self, by: Caller | None = None) -> str:
        answer = await (by or self.secretary).http.post(
            API + "/files", files={"file": ("统计表.png", picture())}, headers={"Idempotency-Key": uuid4().hex}
        )
        assert answer.is_success, answer.text
        return str(answer.json()["id"])

    async def survey(self, subjects: Sequence[UUID]) -> Any:
        """Entered by the secretary, and by the town where it is about the secretary."""
        answers = {"good": 20, "fairly_good": 6, "ordinary": 62, "poor": 12, "asked": 100}
        entered: dict[str, Any] = {}
        for by, about in (
            (self.secretary, [one for one in subjects if one != self.secretary.person]),
            (self.town_officer, [one for one in subjects if one == self.secretary.person]),
        ):
            counts = [{"subject_id": str(one), "sheet_file_id": await self.sheet(by), **answers} for one in about]
            told = {"review_id": self.review_id, "held_on": "2026-03-01", "results": counts}
            if about:
                entered = await by.post("/surveys", told, expect=201)
        return entered

    async def appraise(self) -> None:
        """The last formal member and the probationer are left out of the survey, with a reason."""
        await self.vote()
        await self.survey(self.ids[:-1])
        for one in (self.ids[-1], self.probationer):
            absence = {"review_id": self.review_id, "subject_id": str(one), "reason": "长期在外,未纳入调查范围"}
            await self.secretary.post("/survey-absences", absence, expect=201)

    async def until(self, step: str) -> None:
        """Play the review from its opening up to `step`."""
        for to, work in (
            ("practise", self.pledge),
            ("report", None),
            ("appraise", self.report),
            ("compare", self.appraise),
            ("publicise", None),
            ("deliberate", self.let_the_notice_run_out),
            ("final", self.resolve),
        ):
            if work is not None:
                await work()
            await self.advance(to)
            if to == step:
                return

    async def let_the_notice_run_out(self) -> None:
        await self.district.clock("2026-03-31T09:00:00")

    async def resolve(self, adjustments: Sequence[dict[str, Any]] = ()) -> Any:
        told = {
            "review_id": self.review_id,
            "held_on": "2026-03-31",
            "present_member_ids": [str(one) for one in self.ids],
            "sheet_file_id": await self.sheet(),
            "confirmation": {"votes_for": 5},
            "adjustments": list(adjustments),
        }
        made = await self.secretary.post("/resolutions", told, expect=201)
        if not any(one["awaits_superior"] for one in made["decisions"]):
            return made
        return await self.town_officer.post(f"/resolutions/{made['id']}/confirmation", expect=201)

    async def result(self, subject: UUID, by: Caller | None = None) -> Any:
        return await (by or self.secretary).get(f"/reviews/{self.review_id}/results/{subject}")


@pytest.fixture
async def stage(
    district: Any,
    service_client: Callable[..., AbstractAsyncContextManager[httpx2.AsyncClient]],
    issue_token: Callable[..., str],
) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as stack:

        async def caller(*grants: tuple[str, UUID], person: UUID | None = None) -> Caller:
            token = issue_token(grants=grants, person=person) if grants else None
            return Caller(await stack.enter_async_context(service_client(district.app, token)), person)

        yield await set_stage(district, caller)


async def set_stage(district: Any, caller: Callable[..., Awaitable[Caller]]) -> Stage:
    """A town and its branch of seven in that district; what they attended in 2025 is told."""
    await district.clock("2026-03-02T09:00:00")
    town = await district.organization("committee", district.root, level=3)
    branch = await district.organization("branch", town, level=4)
    other = await district.organization("branch", town, level=4)
    ids = [await district.member(branch) for _ in range(6)]
    probationer = await district.member(branch, stage="probationary")
    secretary = await caller(("branch_secretary", branch), ("member", branch), person=ids[0])
    one = Stage(
        district=district,
        town=town,
        branch=branch,
        ids=ids,
        probationer=probationer,
        secretary=secretary,
        members=[secretary, *[await caller(("member", branch), person=one) for one in ids[1:]]],
        probationary=await caller(("member", branch), person=probationer),
        town_officer=await caller(("town_officer", town)),
        district_officer=await caller(("district_officer", district.root)),
        foreign_secretary=await caller(("branch_secretary", other)),
        stranger=await caller(),
        make_caller=caller,
    )
    for attended in (ids, ids[:5], ids[:5], ids[:4]):
        people = [{"member_id": str(m), "attended": m in attended, "hours": "2"} for m in one.everybody]
        await district.meeting(branch, [], participants=people)
    return one
