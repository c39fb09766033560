"""Transfers: the old branch issues a letter, the new one receives; whoever has only a number asks the owner first."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import Payload, record_event
from records.history import because
from records.procedures import Act
from records.registers import Register
from records.steps import require_act, require_finished, require_next
from records.voiding import refuse_void, void_row
from registry.limits import limits_on, months_from
from registry.links import refuse_wrong_dates
from registry.members.integrity_cards.queries import entries_of
from registry.members.members import queries as member_queries
from registry.members.members import service as members
from registry.members.members.models import Member
from registry.members.members.rules import MEMBER_DATES
from registry.members.members.service import MEMBERS, UnknownOrganization
from registry.members.transfers import queries, rules
from registry.members.transfers.events import (
    TransferAsked,
    TransferClosed,
    TransferIssued,
    TransferReceived,
    TransferVoided,
)
from registry.members.transfers.kinds import TransferOrigin, TransferSide, TransferState
from registry.members.transfers.models import Transfer
from registry.members.transfers.rules import TRANSFER_DATES, TransferFacts
from registry.members.transfers.schemas import Letter, TransferAsk, TransferOpen, TransferRead, TransferRequestRead
from registry.own_cases import refuse_own_case
from registry.seals import Seals
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.queries import belonging
from registry.tree.organizations.service import ORGANIZATIONS


class TransferNotFound(problems.NotFound):
    code = "transfer-not-found"
    detail = "没有这项组织关系转接,或不在您的管理范围内"


class TransferRequestNotFound(problems.NotFound):
    code = "transfer-request-not-found"
    detail = "没有这项转入申请,或不在您的管理范围内"


class TransferPending(problems.Conflict):
    code = "transfer-pending"
    detail = "这名党员已有一项组织关系转接正在办理"


class NotRegistered(problems.Unprocessable):
    code = "id-number-not-registered"
    detail = "本区没有可以转入的这个公民身份号码;尚未登记的请直接登记党员"


class AlreadyThere(problems.Conflict):
    code = "already-in-organization"
    detail = "这名党员已经在这个党组织"


class LetterTooLong(problems.Unprocessable):
    code = "letter-too-long"
    detail = "介绍信的有效期须在开具之日以后,最长 {months} 个月"


class OtherSide(problems.Forbidden):
    code = "other-side"
    detail = "这一步由{side}办理"


class NotInOrganization(problems.Conflict):
    code = "member-left-organization"
    detail = "这名党员已离开转入的党组织,不能作废这项转接"


TRANSFERS = Register(
    "组织关系转接",
    Transfer,
    TransferRead,
    TransferNotFound,
    queries.seen,
    derived={
        "member_name": member_queries.name_of(Transfer.member_id),
        "organization_name": organization_queries.name_of(Transfer.organization_id),
        "to_organization_name": organization_queries.name_of(Transfer.to_organization_id),
        "integrity_entries": entries_of(Transfer.member_id),
    },
)
REQUESTS = Register(
    "转入申请",
    Transfer,
    TransferRequestRead,
    TransferRequestNotFound,
    belonging(Transfer.to_organization_id),
    derived={"to_organization_name": organization_queries.name_of(Transfer.to_organization_id)},
    only=Transfer.origin == TransferOrigin.NEW_BRANCH,
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_transfers_member_id": TransferPending}


async def ask(db: AsyncSession, entry: TransferAsk, *, actor: Actor, today: date, seals: Seals) -> Transfer:
    """The answer is the same whoever has the number: that there is somebody, and that the owner was asked."""
    organization = await ORGANIZATIONS.find(db, actor, entry.to_organization_id)
    if organization is None or not organization.is_active:
        raise UnknownOrganization
    member = await queries.find_member(db, seals.index_id_number(entry.id_number), organization.root_id)
    if member is None:
        raise NotRegistered
    transfer = _begun(member, organization.id, entry.reason, actor=actor, today=today)
    transfer.origin, transfer.state = TransferOrigin.NEW_BRANCH, TransferState.ASKED
    await _add(db, transfer, actor=actor)
    await _tell(db, TransferAsked.model_validate(transfer), transfer, actor=actor)
    return transfer


async def open_letter(db: AsyncSession, member_id: UUID, entry: TransferOpen, *, actor: Actor, today: date) -> Transfer:
    member = await MEMBERS.require(db, actor, member_id, lock=True)
    refuse_void(member)
    if not member.is_active:
        raise NotRegistered
    if await queries.organization_of_district(db, entry.to_organization_id, member.root_id) is None:
        raise UnknownOrganization
    transfer = _begun(member, entry.to_organization_id, entry.reason, actor=actor, today=today)
    transfer.origin, transfer.state = TransferOrigin.OLD_BRANCH, TransferState.ISSUED
    _write_letter(transfer, entry, today)
    await _add(db, transfer, actor=actor)
    await _tell(db, TransferIssued.model_validate(transfer), transfer, actor=actor)
    return transfer


def _begun(member: Member, to_organization_id: UUID, reason: str, *, actor: Actor, today: date) -> Transfer:
    if member.organization_id == to_organization_id:
        raise AlreadyThere
    return Transfer(
        member_id=member.id,
        organization_id=member.organization_id,
        to_organization_id=to_organization_id,
        root_id=member.root_id,
        recorded_by=actor.subject,
        reason=reason,
        asked_on=today,
    )


async def _add(db: AsyncSession, transfer: Transfer, *, actor: Actor) -> None:
    refuse_own_case(actor, transfer.member_id)
    db.add(transfer)
    await db.flush()


def _write_letter(transfer: Transfer, letter: Letter, today: date) -> None:
    months = limits_on(today)["letter_months"]
    latest = months_from(today, months)
    valid_until = letter.valid_until or latest
    if not today <= valid_until <= latest:
        raise LetterTooLong(months=months)
    transfer.letter_number, transfer.issued_on, transfer.valid_until = letter.letter_number, today, valid_until
    transfer.first_valid_until = transfer.first_valid_until or valid_until


async def issue(db: AsyncSession, transfer: Transfer, letter: Letter, *, actor: Actor, today: date) -> Transfer:
    """The owner's answer to the branch that asked, or a new letter in place of one that has run out."""
    await _require_side(db, transfer, TransferSide.OLD_BRANCH, actor=actor)
    if transfer.state is TransferState.ISSUED:
        require_act(rules.TRANSFERS, transfer.state, rules.RENEW_LETTER)
    else:
        require_next(rules.TRANSFERS, transfer.state, TransferState.ISSUED)
    _write_letter(transfer, letter, today)
    transfer.state = TransferState.ISSUED
    await db.flush()
    await _tell(db, TransferIssued.model_validate(transfer), transfer, actor=actor)
    return transfer


async def receive(db: AsyncSession, transfer: Transfer, received_on: date, *, actor: Actor, today: date) -> Transfer:
    """The receipt: from its day on the member belongs to the new branch, the integrity card with the member."""
    await _require_side(db, transfer, TransferSide.NEW_BRANCH, actor=actor)
    require_next(rules.TRANSFERS, transfer.state, TransferState.RECEIVED)
    member = await db.get_one(Member, transfer.member_id, with_for_update=True, populate_existing=True)
    is_away = not member.is_active or member.organization_id != transfer.organization_id
    facts = TransferFacts(received_on, transfer.valid_until, is_away)
    require_finished(rules.TRANSFERS, transfer.state, facts)
    refuse_wrong_dates(TRANSFER_DATES, {"issued_on": transfer.issued_on, "received_on": received_on}, today)
    if await queries.organization_of_district(db, transfer.to_organization_id, member.root_id) is None:
        raise UnknownOrganization
    transfer.state, transfer.received_on = TransferState.RECEIVED, received_on
    transfer.former_arrived_on = member.arrived_on
    await _place(db, member, transfer.to_organization_id, received_on, transfer.reason, actor=actor, today=today)
    await _tell(db, TransferReceived.model_validate(transfer), transfer, actor=actor)
    return transfer


async def _place(
    db: AsyncSession,
    member: Member,
    organization_id: UUID,
    arrived_on: date | None,
    reason: str,
    *,
    actor: Actor,
    today: date,
) -> None:
    because(db, reason)
    member.organization_id, member.arrived_on = organization_id, arrived_on
    refuse_wrong_dates(MEMBER_DATES, {name: getattr(member, name) for name in MEMBER_DATES.titles}, today)
    await members.announce(db, member, actor=actor, today=today)


async def refuse(db: AsyncSession, transfer: Transfer, reason: str, *, actor: Actor, today: date) -> Transfer:
    """The owner says no to who asked; or the new branch sends the letter back."""
    is_asked = transfer.state is TransferState.ASKED
    act, side = (
        (rules.REFUSE_REQUEST, TransferSide.OLD_BRANCH) if is_asked else (rules.RETURN_LETTER, TransferSide.NEW_BRANCH)
    )
    await _require_side(db, transfer, side, actor=actor)
    return await _close(db, transfer, act, TransferState.REFUSED, reason, actor=actor, today=today)


async def withdraw(db: AsyncSession, transfer: Transfer, reason: str, *, actor: Actor, today: date) -> Transfer:
    act, state = rules.WITHDRAW_REQUEST, TransferState.WITHDRAWN
    return await _close(db, transfer, act, state, reason, actor=actor, today=today)


async def _close(
    db: AsyncSession,
    transfer: Transfer,
    act: Act[TransferFacts],
    state: TransferState,
    reason: str,
    *,
    actor: Actor,
    today: date,
) -> Transfer:
    refuse_void(transfer)
    refuse_own_case(actor, transfer.member_id)
    require_act(rules.TRANSFERS, transfer.state, act)
    transfer.state, transfer.closed_on, transfer.closing_reason = state, today, reason
    await db.flush()
    await _tell(db, TransferClosed.model_validate(transfer), transfer, actor=actor)
    return transfer


async def void(db: AsyncSession, transfer: Transfer, reason: str, *, actor: Actor, today: date) -> Transfer:
    """As if it had never been: a member who was received by it is again where they were, since when they were."""
    await _require_side(db, transfer, TransferSide.OLD_BRANCH, actor=actor)
    require_act(rules.TRANSFERS, transfer.state, rules.VOID)
    void_row(db, transfer, reason)
    await db.flush()
    if transfer.state is TransferState.RECEIVED:
        member = await db.get_one(Member, transfer.member_id, with_for_update=True, populate_existing=True)
        if member.organization_id != transfer.to_organization_id:
            raise NotInOrganization
        former = transfer.former_arrived_on
        await _place(db, member, transfer.organization_id, former, reason, actor=actor, today=today)
    await _tell(db, TransferVoided.model_validate(transfer), transfer, actor=actor)
    return transfer


async def _require_side(db: AsyncSession, transfer: Transfer, side: TransferSide, *, actor: Actor) -> None:
    """Whoever stands above both branches may act for either; nobody in a case of their own."""
    refuse_void(transfer)
    refuse_own_case(actor, transfer.member_id)
    is_old = side is TransferSide.OLD_BRANCH
    path = await queries.path_of(db, transfer.organization_id if is_old else transfer.to_organization_id)
    if not any(path.startswith(one) for one in actor.paths):
        raise OtherSide(side=side.label)


async def _tell(db: AsyncSession, payload: Payload, transfer: Transfer, *, actor: Actor) -> None:
    path = await queries.path_of(db, transfer.organization_id)
    version, root_id = transfer.version, transfer.root_id
    await record_event(db, payload, subject=transfer.id, version=version, root_id=root_id, path=path, actor=actor)
