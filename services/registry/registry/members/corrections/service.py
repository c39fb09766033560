"""A wrong ID number is corrected in two hands; a member entered by mistake is void."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import Payload, record_event
from records.history import because
from records.registers import Register
from records.voiding import refuse_void
from registry.liaison.instructors import service as instructors
from registry.links import refuse_wrong_dates
from registry.members.corrections import queries
from registry.members.corrections.events import IdNumberCorrectionAsked, IdNumberCorrectionDecided
from registry.members.corrections.kinds import CorrectionState
from registry.members.corrections.models import IdNumberCorrection
from registry.members.corrections.schemas import (
    IdNumberCorrectionAsk,
    IdNumberCorrectionDecide,
    IdNumberCorrectionRead,
)
from registry.members.members import queries as member_queries
from registry.members.members import service as members
from registry.members.members.models import Member
from registry.members.members.rules import MEMBER_DATES, id_number_facts, id_number_fault
from registry.members.members.service import MEMBERS, IdNumberTaken, WrongIdNumber
from registry.own_cases import OwnCase, is_superior, refuse_own_case
from registry.seals import Seals
from registry.tree.organizations import queries as organization_queries


class CorrectionNotFound(problems.NotFound):
    code = "id-number-correction-not-found"
    detail = "没有这项更正申请,或不在您的管理范围内"


class SameIdNumber(problems.Unprocessable):
    code = "same-id-number"
    detail = "与现有的公民身份号码相同"


class CorrectionPending(problems.Conflict):
    code = "id-number-correction-pending"
    detail = "这名党员已有一项更正申请等待上级审批"


class CorrectionDecided(problems.Conflict):
    code = "id-number-correction-decided"
    detail = "这项更正申请已经审批"


class OnlyTheSuperior(problems.Forbidden):
    code = "only-the-superior"
    detail = "须由上级党组织审批"


class MemberInUse(problems.Conflict):
    code = "member-in-use"
    detail = "这名党员还有任职或指导员登记,请先作废任职;确有其人的请办理更正"


CORRECTIONS = Register(
    "公民身份号码更正",
    IdNumberCorrection,
    IdNumberCorrectionRead,
    CorrectionNotFound,
    queries.seen,
    derived={
        "member_name": member_queries.name_of(IdNumberCorrection.member_id),
        "organization_name": organization_queries.name_of(IdNumberCorrection.organization_id),
        "old_id_number_masked": IdNumberCorrection.old_id_number_sealed,
        "new_id_number_masked": IdNumberCorrection.new_id_number_sealed,
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_id_number_corrections_member_id": CorrectionPending}


async def ask(
    db: AsyncSession,
    member_id: UUID,
    entry: IdNumberCorrectionAsk,
    *,
    if_match: int,
    actor: Actor,
    today: date,
    seals: Seals,
) -> IdNumberCorrection:
    member = await MEMBERS.require(db, actor, member_id, if_match=if_match)
    refuse_own_case(actor, member.id)
    refuse_void(member)
    await _refuse_wrong(db, member, entry.id_number, today=today, seals=seals)
    correction = IdNumberCorrection(
        **entry.model_dump(exclude={"id_number"}),
        member_id=member.id,
        organization_id=member.organization_id,
        root_id=member.root_id,
        recorded_by=actor.subject,
        old_id_number_sealed=member.id_number_sealed,
        new_id_number_sealed=seals.seal_id_number(entry.id_number),
        asked_on=today,
    )
    db.add(correction)
    await db.flush()
    await _tell(db, IdNumberCorrectionAsked.model_validate(correction), correction, member, actor=actor)
    return correction


async def _refuse_wrong(db: AsyncSession, member: Member, number: str, *, today: date, seals: Seals) -> None:
    if fault := id_number_fault(number, today):
        raise WrongIdNumber(fault=fault)
    index = seals.index_id_number(number)
    if index == member.id_number_index:
        raise SameIdNumber
    if await member_queries.is_known(db, index):
        raise IdNumberTaken
    days = {name: getattr(member, name) for name in MEMBER_DATES.titles}
    refuse_wrong_dates(MEMBER_DATES, {**days, "birth_on": id_number_facts(number).birth_on}, today)


async def decide(
    db: AsyncSession,
    correction: IdNumberCorrection,
    decision: IdNumberCorrectionDecide,
    *,
    actor: Actor,
    today: date,
    seals: Seals,
) -> IdNumberCorrection:
    member = await MEMBERS.require(db, actor, correction.member_id, lock=True)
    await _refuse_all_but_the_superior(db, correction, member, actor=actor)
    if correction.state is not CorrectionState.ASKED:
        raise CorrectionDecided
    correction.state = CorrectionState.APPROVED if decision.is_approved else CorrectionState.REJECTED
    correction.decided_on, correction.decided_by = today, actor.subject
    correction.decision_reason = decision.reason
    if decision.is_approved:
        await _correct(db, correction, member, actor=actor, today=today, seals=seals)
    await db.flush()
    told = IdNumberCorrectionDecided(id=correction.id, member_id=member.id, is_approved=decision.is_approved)
    await _tell(db, told, correction, member, actor=actor)
    return correction


async def _refuse_all_but_the_superior(
    db: AsyncSession, correction: IdNumberCorrection, member: Member, *, actor: Actor
) -> None:
    """Of a member of the district committee itself, which has none above it, another officer."""
    refuse_own_case(actor, member.id)
    if correction.recorded_by == actor.subject:
        raise OwnCase
    path = await member_queries.path_of(db, member)
    has_superior = member.organization_id != member.root_id
    if has_superior and not is_superior(actor, path):
        raise OnlyTheSuperior


async def _correct(
    db: AsyncSession, correction: IdNumberCorrection, member: Member, *, actor: Actor, today: date, seals: Seals
) -> None:
    """Seal, index, birth date and sex follow, also where the same person is registered as instructor."""
    refuse_void(member)
    number = seals.open_id_number(correction.new_id_number_sealed)
    await _refuse_wrong(db, member, number, today=today, seals=seals)
    because(db, correction.reason)
    index = seals.index_id_number(number)
    member.id_number_sealed, member.id_number_index = correction.new_id_number_sealed, index
    member.birth_on, member.sex = id_number_facts(number)
    await members.announce(db, member, actor=actor, today=today)
    for instructor in await queries.instructors_of(db, member.id, index):
        instructor.member_id = member.id
        instructor.id_number_sealed, instructor.id_number_index = correction.new_id_number_sealed, index
        await instructors.announce(db, instructor, actor=actor, today=today)


async def void_member(db: AsyncSession, member: Member, reason: str, *, actor: Actor, today: date) -> Member:
    refuse_own_case(actor, member.id)
    if await queries.is_in_use(db, member.id):
        raise MemberInUse
    return await members.void(db, member, reason, actor=actor, today=today)


async def _tell(
    db: AsyncSession, payload: Payload, correction: IdNumberCorrection, member: Member, *, actor: Actor
) -> None:
    path = await member_queries.path_of(db, member)
    version, root_id = correction.version, correction.root_id
    await record_event(db, payload, subject=correction.id, version=version, root_id=root_id, path=path, actor=actor)
