from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.ids import uuid7
from records.events import record_events
from records.registers import Register
from registry.links import refuse_wrong_dates
from registry.names import search_keys
from registry.tree.organizations import events, moves, queries
from registry.tree.organizations.kinds import CARRYING_HOSTS, HostKind, JointReason, OrganizationKind, OrganizationLevel
from registry.tree.organizations.models import OrganizationRevision, PartyOrganization, Placement, next_root_step
from registry.tree.organizations.rules import (
    KIND_DIGITS,
    LARGEST_SEQUENCE,
    ORGANIZATION_DATES,
    Place,
    code_fault,
    is_directly_managed,
    level_below,
    organization_code,
    path_step,
)
from registry.tree.organizations.schemas import (
    OrganizationCorrect,
    OrganizationCreate,
    OrganizationMove,
    OrganizationRead,
)


class OrganizationNotFound(problems.NotFound):
    code = "organization-not-found"
    detail = "没有这个党组织,或不在您的管理范围内"


class UnknownParent(problems.Unprocessable):
    code = "unknown-parent"
    detail = "上级组织不存在、已撤销,或不在您的管理范围内"


class WrongLevel(problems.Unprocessable):
    code = "wrong-level"
    detail = "{kind}不能设在这个上级之下"


class JointReasonRequired(problems.Unprocessable):
    code = "joint-reason-required"
    detail = "联合党支部须至少填写一项联合原因:行业相近、产业相关、地域相邻、资产相连或规模适当"


class UnknownCarrier(problems.Unprocessable):
    code = "unknown-carrier"
    detail = "依托的党组织须是本区在册的商会、协会或专业市场党组织,且不是自己"


class OnlyIndustryCommitteesGuide(problems.Unprocessable):
    code = "only-industry-committees-guide"
    detail = "只有第三级的行业党委填写归口指导范围"


class WrongOrganizationCode(problems.Unprocessable):
    code = "wrong-organization-code"
    detail = "{fault}"


class OrganizationCodesExhausted(problems.Conflict):
    code = "organization-codes-exhausted"
    detail = "这个行政区划下「{kind}」的组织代码已经用完,请填写其他行政区划代码"


class OrganizationCodeTaken(problems.Conflict):
    code = "organization-code-taken"
    detail = "这个组织代码已被使用"


class RootNeedsSystemAdministrator(problems.Forbidden):
    code = "root-needs-system-administrator"
    detail = "区委一级只能由系统管理员建立"


class OrganizationInactive(problems.Conflict):
    code = "organization-inactive"
    detail = "这个党组织已撤销,不能再变更"


def place_of(organization: PartyOrganization) -> Place:
    return Place(organization.kind, OrganizationLevel(organization.level))


ORGANIZATIONS = Register(
    "党组织",
    PartyOrganization,
    OrganizationRead,
    OrganizationNotFound,
    queries.seen,
    derived={
        "parent_name": queries.name_of(PartyOrganization.parent_id),
        "carrier_name": queries.name_of(PartyOrganization.carrier_id),
        "is_pilot": PartyOrganization.is_directly_managed,
    },
)


CARRIED = replace(ORGANIZATIONS, title="所带的小微组织", seen=queries.carried)
"""What a carrier reads of the organisations that rely on it; it changes nothing of them."""


async def require_locked(db: AsyncSession, actor: Actor, organization_id: UUID, if_match: int) -> PartyOrganization:
    found = await ORGANIZATIONS.require(db, actor, organization_id, if_match=if_match)
    if not found.is_active:
        raise OrganizationInactive
    return found


async def _require_parent(db: AsyncSession, actor: Actor, parent_id: UUID | None) -> PartyOrganization | None:
    if parent_id is None:
        if not actor.reaches_all:
            raise RootNeedsSystemAdministrator
        return None
    parent = await ORGANIZATIONS.find(db, actor, parent_id)
    if parent is None or not parent.is_active:
        raise UnknownParent
    return parent


async def create_organization(
    db: AsyncSession, entry: OrganizationCreate, *, actor: Actor, today: date
) -> PartyOrganization:
    parent = await _require_parent(db, actor, entry.parent_id)
    level = level_below(place_of(parent) if parent else None, entry.kind)
    if level is None:
        raise WrongLevel(kind=entry.kind.label)
    _refuse_joint_without_reason(entry.kind, entry.joint_reasons)
    await _refuse_unknown_carrier(db, entry.carrier_id, root_id=parent.root_id if parent else None)
    dates = {"founded_on": entry.founded_on, "term_ends_on": entry.term_ends_on}
    refuse_wrong_dates(ORGANIZATION_DATES, dates, today)
    organization = PartyOrganization(
        **entry.model_dump(exclude={"code", "division"}),
        code=await _code_for(db, entry, parent),
        level=level.value,
        search_keys=search_keys(entry.name),
        is_directly_managed=is_directly_managed(place_of(parent) if parent else None, level),
    )
    _refuse_scope_of_others(organization)
    await _stand(db, organization, parent)
    db.add(organization)
    await db.flush()
    db.add(_placement(organization))
    await announce(db, organization, change="建立", actor=actor, today=today)
    return organization


def _refuse_joint_without_reason(kind: OrganizationKind, reasons: Sequence[JointReason]) -> None:
    if kind is OrganizationKind.JOINT_BRANCH and not reasons:
        raise JointReasonRequired


async def _refuse_unknown_carrier(
    db: AsyncSession, carrier_id: UUID | None, *, root_id: UUID | None, carried_id: UUID | None = None
) -> None:
    if carrier_id is None:
        return
    carrier = await db.get(PartyOrganization, carrier_id)
    if carrier is None or not carrier.is_active or carrier.root_id != root_id or carrier.id == carried_id:
        raise UnknownCarrier
    if carrier.host_kind not in CARRYING_HOSTS:
        raise UnknownCarrier


def _refuse_scope_of_others(organization: PartyOrganization) -> None:
    is_industry = organization.host_kind is HostKind.INDUSTRY and organization.level == OrganizationLevel.TOWN
    if organization.guided_scope and not is_industry:
        raise OnlyIndustryCommitteesGuide


async def _stand(db: AsyncSession, organization: PartyOrganization, parent: PartyOrganization | None) -> None:
    organization.id = uuid7()
    if parent is None:
        organization.root_id = organization.id
        organization.path = path_step(await db.scalar(next_root_step) or 1)
        return
    taken = await queries.take_step(db, parent.id)
    if not taken.is_active:
        raise UnknownParent
    organization.root_id = parent.root_id
    organization.path = taken.path + path_step(taken.children_counter)


def _placement(organization: PartyOrganization) -> Placement:
    return Placement(
        organization_id=organization.id,
        organization_no=organization.organization_no,
        parent_id=organization.parent_id,
        root_id=organization.root_id,
        path=organization.path,
        is_directly_managed=organization.is_directly_managed,
        valid_from=organization.founded_on,
    )


async def _code_for(db: AsyncSession, entry: OrganizationCreate, parent: PartyOrganization | None) -> str:
    if entry.code is not None:
        if fault := code_fault(entry.code, entry.kind):
            raise WrongOrganizationCode(fault=fault)
        return entry.code
    division = entry.division or (parent.code[:6] if parent else None)
    if division is None:
        raise WrongOrganizationCode(fault="请填写组织代码或行政区划代码")
    number = await queries.next_sequence(db, division + KIND_DIGITS[entry.kind], LARGEST_SEQUENCE)
    if number is None:
        raise OrganizationCodesExhausted(kind=entry.kind.label)
    return organization_code(division, entry.kind, number)


async def correct_organization(
    db: AsyncSession,
    organization_id: UUID,
    correction: OrganizationCorrect,
    *,
    if_match: int,
    actor: Actor,
    today: date,
) -> PartyOrganization:
    organization = await require_locked(db, actor, organization_id, if_match)
    for field, value in correction.model_dump(exclude_unset=True).items():
        if field in ("name", "joint_reasons", "guided_scope") and value is None:
            raise problems.Unprocessable(fields=[problems.FieldError(f"/body/{field}", "不能清空")])
        setattr(organization, field, value)
    if "joint_reasons" in correction.model_fields_set:
        _refuse_joint_without_reason(organization.kind, organization.joint_reasons)
    _refuse_scope_of_others(organization)
    if "carrier_id" in correction.model_fields_set:
        root_id, carried_id = organization.root_id, organization.id
        await _refuse_unknown_carrier(db, organization.carrier_id, root_id=root_id, carried_id=carried_id)
    if "term_ends_on" in correction.model_fields_set:
        dates = {"founded_on": organization.founded_on, "term_ends_on": organization.term_ends_on}
        refuse_wrong_dates(ORGANIZATION_DATES, dates, today)
    organization.search_keys = search_keys(organization.name)
    await announce(db, organization, change="更正", actor=actor, today=today)
    return organization


async def move_organization(
    db: AsyncSession, organization_id: UUID, move: OrganizationMove, *, if_match: int, actor: Actor, today: date
) -> PartyOrganization:
    seen = await ORGANIZATIONS.require(db, actor, organization_id)
    await queries.lock_tree(db, seen.root_id)
    organization = await require_locked(db, actor, organization_id, if_match)
    parent = await ORGANIZATIONS.find(db, actor, move.parent_id, lock=True)
    if parent is None or not parent.is_active or parent.root_id != organization.root_id:
        raise UnknownParent
    moves.refuse_impossible(organization, parent, move.moved_on, today)
    level = level_below(place_of(parent), organization.kind)
    if level is None or level.value != organization.level:
        raise WrongLevel(kind=organization.kind.label)
    directly = is_directly_managed(place_of(parent), level)
    old_path = await moves.repath(db, organization, parent, moved_on=move.moved_on, directly=directly)
    await record(db, organization, change="调整隶属关系", actor=actor, today=today)
    await record_events(db, [events.moved(organization, old_path)], actor)
    if organization.is_directly_managed != directly:
        organization.is_directly_managed = directly
        await announce(db, organization, change="直管关系变更", actor=actor, today=today)
    return organization


async def record(db: AsyncSession, organization: PartyOrganization, *, change: str, actor: Actor, today: date) -> None:
    await db.flush()
    db.add(
        OrganizationRevision(
            organization_id=organization.id,
            version=organization.version,
            root_id=organization.root_id,
            changed_by=actor.subject,
            changed_on=today,
            change=change,
            state=events.state_of(organization).model_dump(mode="json"),
        )
    )


async def announce(
    db: AsyncSession, organization: PartyOrganization, *, change: str, actor: Actor, today: date
) -> None:
    await record(db, organization, change=change, actor=actor, today=today)
    await record_events(db, [events.changed(organization)], actor)


CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_party_organizations_code": OrganizationCodeTaken}
