"""新申请建站先放在后台培育,必备项一票否决,核准上线;长期不更新或末位撤到后台,整改检查后可再上线 (seed 3.3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from records.columns import Owned
from records.events import Payload, record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.queries import name_of, organization_within, resolve_paths
from training.branch_sites.sites import queries
from training.branch_sites.sites.events import BranchSiteChanged
from training.branch_sites.sites.kinds import MustHave, SiteState, WithdrawalReason
from training.branch_sites.sites.models import BranchSite
from training.branch_sites.sites.schemas import BranchSiteCorrect, BranchSiteCreate, BranchSiteRead, SiteFigures


class BranchSiteNotFound(problems.NotFound):
    code = "branch-site-not-found"
    detail = "没有这个网上支部,或不在您的管理范围内"


class UnknownSiteOrganization(problems.Unprocessable):
    code = "unknown-site-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


class SiteExists(problems.Conflict):
    code = "site-exists"
    detail = "这个党组织已申请过网上支部"


class MustHavesMissing(problems.Conflict):
    code = "must-haves-missing"
    detail = "必备项一票否决,尚缺:{missing}"


class WrongSiteState(problems.Conflict):
    code = "wrong-site-state"
    detail = "网上支部{state},不能办理这一步"


MUST_HAVES: Mapping[str, MustHave] = {one.value: one for one in MustHave}


def with_must_haves(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**row, "met": [MUST_HAVES[one] for one in row["met"]]}


SITES = Register(
    "网上支部",
    BranchSite,
    BranchSiteRead,
    BranchSiteNotFound,
    queries.open_to(BranchSite.organization_id),
    derived={
        "organization_name": name_of(BranchSite.organization_id),
        "last_updated_on": queries.last_updated_on(),
    },
    readable=with_must_haves,
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_branch_sites_organization_id": SiteExists}
IN_THE_BACKGROUND = (SiteState.APPLIED, SiteState.NURTURED, SiteState.WITHDRAWN)


async def apply(db: AsyncSession, entry: BranchSiteCreate, *, actor: Actor, today: date) -> BranchSite:
    organization = await organization_within(db, actor.paths, entry.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownSiteOrganization
    site = BranchSite(
        **entry.model_dump(),
        state=SiteState.APPLIED,
        applied_on=today,
        met=[],
        recorded_at=await business_now(db),
        root_id=organization.root_id,
        recorded_by=actor.subject,
    )
    db.add(site)
    return await _tell(db, site, actor)


async def correct(db: AsyncSession, site: BranchSite, change: BranchSiteCorrect, *, actor: Actor) -> BranchSite:
    refuse_void(site)
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(site, name, value)
    return await _tell(db, site, actor)


async def check(db: AsyncSession, site: BranchSite, met: list[MustHave], *, actor: Actor, today: date) -> BranchSite:
    """What an applicant or a withdrawn site has by now; it is tended in the background until nothing is missing."""
    refuse_other_states(site, IN_THE_BACKGROUND)
    site.met, site.checked_on = [one.value for one in MustHave if one in met], today
    if site.state is SiteState.APPLIED:
        site.state = SiteState.NURTURED
    return await _tell(db, site, actor)


async def go_online(db: AsyncSession, site: BranchSite, *, actor: Actor, today: date) -> BranchSite:
    refuse_other_states(site, IN_THE_BACKGROUND)
    missing = [one.label for one in MustHave if one.value not in site.met]
    if missing:
        raise MustHavesMissing(missing="、".join(missing))
    site.state, site.online_on = SiteState.ONLINE, today
    site.withdrawn_on, site.withdrawal = None, None
    return await _tell(db, site, actor)


async def withdraw(
    db: AsyncSession, site: BranchSite, reason: WithdrawalReason, *, actor: Actor, today: date
) -> BranchSite:
    """Back on line only after another check."""
    refuse_other_states(site, (SiteState.ONLINE,))
    site.state, site.withdrawn_on, site.withdrawal = SiteState.WITHDRAWN, today, reason
    site.met, site.is_exemplary = [], False
    return await _tell(db, site, actor)


async def name_exemplary(db: AsyncSession, site: BranchSite, *, is_exemplary: bool, actor: Actor) -> BranchSite:
    refuse_other_states(site, (SiteState.ONLINE,))
    site.is_exemplary = is_exemplary
    return await _tell(db, site, actor)


async def void(db: AsyncSession, site: BranchSite, reason: str, *, actor: Actor) -> BranchSite:
    void_row(db, site, reason)
    return await _tell(db, site, actor)


async def read_figures(db: AsyncSession, *, planned: int | None, actor: Actor) -> SiteFigures:
    counted = (await db.execute(queries.figures(SITES.seen(actor)))).mappings().one()
    lacking = None if planned is None else max(planned - counted["online"], 0)
    return SiteFigures(**counted, planned=planned, lacking=lacking)


def refuse_other_states(site: BranchSite, states: tuple[SiteState, ...]) -> None:
    refuse_void(site)
    if site.state not in states:
        raise WrongSiteState(state=site.state.label)


async def _tell(db: AsyncSession, site: BranchSite, actor: Actor) -> BranchSite:
    await db.flush()
    told = BranchSiteChanged(
        id=site.id,
        organization_id=site.organization_id,
        state=site.state,
        online_on=site.online_on,
        withdrawal=site.withdrawal,
        is_exemplary=site.is_exemplary,
        is_void=site.void_reason is not None,
    )
    await tell(db, told, site, actor=actor)
    return site


async def tell(db: AsyncSession, payload: Payload, row: Owned, *, actor: Actor) -> None:
    """What happened to something of a site, at the place of its organisation."""
    await db.flush()
    [(_, path, _)] = await resolve_paths(db, [row.organization_id])
    await record_event(db, payload, subject=row.id, version=row.version, root_id=row.root_id, path=path, actor=actor)
