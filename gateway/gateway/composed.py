"""The two answers that need more than one service: who am I, and how does the district stand."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from gateway.calendar import Calendar
from gateway.dispatching import CALLER, Caller
from gateway.headers import Pairs
from gateway.merging import ANSWER_OF
from gateway.parts import MissingPart, Part, gather
from gateway.settings import Settings
from gateway.upstreams import Upstreams
from kit.claims import Claims
from kit.edge import BusinessDate, Schema
from kit.parameters import StrictRoute
from kit.problems import Unauthenticated

JsonObject = dict[str, Any]
MISSING = Field(title="暂缺的部分", description="某项服务不可用或未授权时,其余部分照常返回,这里说明缺了什么")
router = APIRouter(prefix="/api/v1", tags=["综合视图"], route_class=StrictRoute)


def answer_of(path: str, title: str) -> Any:
    """What a service answers there: the merged document puts that service's own shape in its place."""
    return Field(title=title, json_schema_extra={ANSWER_OF: path})


class Overview(Schema):
    as_of: BusinessDate = Field(title="截至日期")
    registry: JsonObject | None = answer_of("/api/v1/registry/overview", "组织与覆盖")
    scoring: JsonObject | None = answer_of("/api/v1/scoring/overview", "积分与星级")
    training: JsonObject | None = answer_of("/api/v1/training/overview", "组织生活与学习")
    missing: list[MissingPart] = MISSING


class Me(Schema):
    account: JsonObject | None = answer_of("/api/v1/registry/accounts/me", "本人账号")
    balance: JsonObject | None = answer_of("/api/v1/scoring/balances/{subject_id}", "本人积分")
    stars: JsonObject | None = answer_of("/api/v1/scoring/star-history/{subject_id}", "本人星级")
    study_hours: JsonObject | None = answer_of("/api/v1/training/study-hours/{member_id}", "本人学时")
    missing: list[MissingPart] = MISSING


class SignedIn:
    """The verified caller, and the pools to ask on their behalf."""

    def __init__(self, request: Request) -> None:
        caller: Caller = request.scope[CALLER]
        if caller.claims is None:
            raise Unauthenticated
        self.claims: Claims = caller.claims
        self.headers: Pairs = [pair for pair in caller.onward if pair[0] not in UNWANTED]
        self.upstreams: Upstreams = request.app.state.upstreams
        settings: Settings = request.app.state.settings
        self.seconds = settings.compose_seconds
        self.calendar: Calendar = request.app.state.calendar

    async def today(self) -> date:
        return await self.calendar.today(self.headers)


UNWANTED = frozenset(("accept", "accept-encoding", "if-none-match", "if-modified-since", "range", "content-type"))
Asker = Annotated[SignedIn, Depends(SignedIn)]


@router.get("/overview", summary="全区总览")
async def read_overview(
    asker: Asker, as_of: Annotated[BusinessDate | None, Query(title="截至日期", description="不填为今天")] = None
) -> Overview:
    day = as_of or await asker.today()
    parts = [Part(name, name, f"/api/v1/{name}/overview?as_of={day}") for name in ("registry", "scoring", "training")]
    gathered = await gather(parts, asker.upstreams, asker.headers, seconds=asker.seconds)
    given = {part.name: gathered.found.get(part.name) for part in parts}
    return Overview(as_of=day, missing=gathered.missing, **given)


@router.get("/me", summary="我的")
async def read_me(asker: Asker) -> Me:
    person = asker.claims.person
    parts = [Part("account", "registry", "/api/v1/registry/accounts/me")]
    if person is not None:
        year = (await asker.today()).year
        parts += [
            Part("balance", "scoring", f"/api/v1/scoring/balances/{person}?year={year}"),
            Part("stars", "scoring", f"/api/v1/scoring/star-history/{person}"),
            Part("study_hours", "training", f"/api/v1/training/study-hours/{person}?year={year}"),
        ]
    gathered = await gather(parts, asker.upstreams, asker.headers, seconds=asker.seconds)
    found = gathered.found
    return Me(
        account=found.get("account"),
        balance=found.get("balance"),
        stars=found.get("stars"),
        study_hours=found.get("study_hours"),
        missing=gathered.missing,
    )
