from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import void_row
from registry.links import refuse_wrong_dates
from registry.members.ledger_checks.events import LedgerChecked
from registry.members.ledger_checks.models import LedgerCheck
from registry.members.ledger_checks.rules import CHECK_DATES, is_quarter_end
from registry.members.ledger_checks.schemas import LedgerCheckCreate, LedgerCheckRead
from registry.members.members.kinds import ENROLLED
from registry.members.members.models import Member
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.service import ORGANIZATIONS


class LedgerCheckNotFound(problems.NotFound):
    code = "ledger-check-not-found"
    detail = "没有这次台账核对,或不在您的管理范围内"


class UnknownLedgerOrganization(problems.Unprocessable):
    code = "unknown-ledger-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


class NotAQuarterEnd(problems.Unprocessable):
    code = "not-a-quarter-end"
    detail = "季度末须为 3 月 31 日、6 月 30 日、9 月 30 日或 12 月 31 日"


class DifferenceNeedsNote(problems.Unprocessable):
    code = "ledger-difference-needs-note"
    detail = "名册在季度末有 {counted} 名党员,与所报 {stated} 名不一致,请说明原因,或先更正名册"


class AlreadyChecked(problems.Conflict):
    code = "ledger-already-checked"
    detail = "这个党组织本季度已经核对过台账,要重新核对请先作废原记录"


LEDGER_CHECKS = Register(
    "党员台账核对",
    LedgerCheck,
    LedgerCheckRead,
    LedgerCheckNotFound,
    organization_queries.belonging(LedgerCheck.organization_id),
    derived={
        "organization_name": organization_queries.name_of(LedgerCheck.organization_id),
        "is_consistent": LedgerCheck.stated == LedgerCheck.counted,
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {
    "uq_ledger_checks_organization_id_quarter_ends_on": AlreadyChecked
}


async def record_check(db: AsyncSession, entry: LedgerCheckCreate, *, actor: Actor, today: date) -> LedgerCheck:
    organization = await ORGANIZATIONS.find(db, actor, entry.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownLedgerOrganization
    if not is_quarter_end(entry.quarter_ends_on):
        raise NotAQuarterEnd
    days = {"quarter_ends_on": entry.quarter_ends_on, "checked_on": entry.checked_on}
    refuse_wrong_dates(CHECK_DATES, days, today)
    counted = await _enrolled(db, organization, entry.quarter_ends_on)
    if counted != entry.stated and entry.note is None:
        raise DifferenceNeedsNote(counted=counted, stated=entry.stated)
    check = LedgerCheck(**entry.model_dump(), counted=counted, root_id=organization.root_id, recorded_by=actor.subject)
    db.add(check)
    await _tell(db, check, actor=actor)
    return check


async def _enrolled(db: AsyncSession, organization: PartyOrganization, day: date) -> int:
    """Formal and probationary members of the organisation and below it who had joined and not left by then."""
    enrolled = (
        organization_queries.below(Member.organization_id)(organization.id),
        Member.stage.in_(ENROLLED),
        Member.void_reason.is_(None),
        or_(Member.joined_on.is_(None), Member.joined_on <= day),
        or_(Member.arrived_on.is_(None), Member.arrived_on <= day),
        or_(Member.left_on.is_(None), Member.left_on > day),
    )
    return await db.scalar(select(func.count()).where(*enrolled)) or 0


async def void(db: AsyncSession, check: LedgerCheck, reason: str, *, actor: Actor) -> LedgerCheck:
    void_row(db, check, reason)
    await _tell(db, check, actor=actor)
    return check


async def _tell(db: AsyncSession, check: LedgerCheck, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, _)] = await organization_queries.resolve_paths(db, [check.organization_id])
    told = LedgerChecked(
        id=check.id,
        organization_id=check.organization_id,
        quarter_ends_on=check.quarter_ends_on,
        stated=check.stated,
        counted=check.counted,
        holds=check.void_reason is None and check.stated == check.counted,
        revision=check.version,
    )
    version, root_id = check.version, check.root_id
    await record_event(db, told, subject=check.id, version=version, root_id=root_id, path=path, actor=actor)
