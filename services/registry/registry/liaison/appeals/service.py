from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import Payload, record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.liaison.appeals import queries
from registry.liaison.appeals.events import AppealAnswered, AppealRaised, AppealVoided, Author
from registry.liaison.appeals.models import Appeal
from registry.liaison.appeals.rules import APPEAL_DATES
from registry.liaison.appeals.schemas import AppealAnswer, AppealCreate, AppealRead, AppealTopic, AppealTopics
from registry.links import refuse_wrong_dates
from registry.members.members import queries as member_queries
from registry.members.members.service import MEMBERS
from registry.own_cases import refuse_own_case
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS

OFFICES = frozenset({"district_officer", "town_officer", "branch_secretary"})


class AppealNotFound(problems.NotFound):
    code = "appeal-not-found"
    detail = "没有这条意见诉求,或不在您的管理范围内"


class UnknownAppealOrganization(problems.Unprocessable):
    code = "unknown-appeal-organization"
    detail = "承办党组织不存在、已撤销,或不在您的管理范围内"


class UnknownAppealPerson(problems.Unprocessable):
    code = "unknown-appeal-person"
    detail = "提出人或承办人不存在、已离开,或不在您的管理范围内"


class OneAuthor(problems.Unprocessable):
    code = "one-author"
    detail = "提出人是党员的只选党员,不另写姓名"


class OnlyInOnesOwnName(problems.Forbidden):
    code = "only-in-ones-own-name"
    detail = "党员只以本人名义提出意见诉求,承办人由党组织指定"


class AppealAlreadyAnswered(problems.Conflict):
    code = "appeal-already-answered"
    detail = "这条意见诉求已经答复"


APPEALS = Register(
    "意见诉求",
    Appeal,
    AppealRead,
    AppealNotFound,
    queries.seen,
    derived={
        "organization_name": organization_queries.name_of(Appeal.organization_id),
        "author_member_name": member_queries.name_of(Appeal.author_member_id),
        "owner_member_name": member_queries.name_of(Appeal.owner_member_id),
    },
)


async def raise_appeal(db: AsyncSession, entry: AppealCreate, *, actor: Actor, today: date) -> Appeal:
    organization = await ORGANIZATIONS.find(db, actor, entry.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownAppealOrganization
    author_member_id = await _author(db, entry, organization.root_id, actor=actor)
    if entry.owner_member_id is not None:
        await _require_person(db, entry.owner_member_id, organization.root_id, actor=actor)
    refuse_wrong_dates(APPEAL_DATES, {"raised_on": entry.raised_on, "due_on": entry.due_on}, today)
    appeal = Appeal(
        **{**entry.model_dump(), "author_member_id": author_member_id},
        root_id=organization.root_id,
        recorded_by=actor.subject,
    )
    db.add(appeal)
    await db.flush()
    await _tell(db, AppealRaised.model_validate(appeal), appeal, actor=actor)
    return appeal


async def _author(db: AsyncSession, entry: AppealCreate, root_id: UUID, *, actor: Actor) -> UUID | None:
    if not actor.roles & OFFICES:
        if entry.author_name or entry.owner_member_id or entry.author_member_id not in (None, actor.person):
            raise OnlyInOnesOwnName
        return actor.person
    if entry.author_member_id is None:
        return None
    if entry.author_name is not None:
        raise OneAuthor
    await _require_person(db, entry.author_member_id, root_id, actor=actor)
    return entry.author_member_id


async def _require_person(db: AsyncSession, member_id: UUID, root_id: UUID, *, actor: Actor) -> None:
    member = await MEMBERS.find(db, actor, member_id)
    if member is None or not member.is_active or member.root_id != root_id:
        raise UnknownAppealPerson


async def answer_appeal(db: AsyncSession, appeal: Appeal, entry: AppealAnswer, *, actor: Actor, today: date) -> Appeal:
    """Nobody says of one's own appeal that it was solved."""
    refuse_own_case(actor, appeal.author_member_id)
    refuse_void(appeal)
    if appeal.answered_on is not None:
        raise AppealAlreadyAnswered
    dates = {"raised_on": appeal.raised_on, "answered_on": entry.answered_on}
    refuse_wrong_dates(APPEAL_DATES, dates, today)
    appeal.answer, appeal.answered_on, appeal.is_solved = entry.answer, entry.answered_on, entry.is_solved
    appeal.answered_by = actor.subject
    await db.flush()
    await _tell(db, _answered(appeal, entry.answered_on, is_solved=entry.is_solved), appeal, actor=actor)
    return appeal


async def void_appeal(db: AsyncSession, appeal: Appeal, reason: str, *, actor: Actor) -> Appeal:
    refuse_own_case(actor, appeal.author_member_id)
    void_row(db, appeal, reason)
    await db.flush()
    await _tell(db, AppealVoided.model_validate(appeal), appeal, actor=actor)
    if appeal.answered_on is not None:
        await _tell(db, _answered(appeal, appeal.answered_on, is_solved=False), appeal, actor=actor)
    return appeal


def _answered(appeal: Appeal, answered_on: date, *, is_solved: bool) -> AppealAnswered:
    authors = [Author(member_id=appeal.author_member_id)] if appeal.author_member_id else []
    return AppealAnswered(
        id=appeal.id,
        organization_id=appeal.organization_id,
        authors=authors,
        answered_on=answered_on,
        is_solved=is_solved,
        revision=appeal.version,
    )


async def _tell(db: AsyncSession, payload: Payload, appeal: Appeal, *, actor: Actor) -> None:
    [(_, path, _)] = await organization_queries.resolve_paths(db, [appeal.organization_id])
    version, root_id = appeal.version, appeal.root_id
    await record_event(db, payload, subject=appeal.id, version=version, root_id=root_id, path=path, actor=actor)


async def topics(
    db: AsyncSession, actor: Actor, *, organization_id: UUID | None, least: int, today: date
) -> AppealTopics:
    conditions = [queries.seen(actor)]
    if organization_id is not None:
        conditions.append(organization_queries.below(Appeal.organization_id)(organization_id))
    found = await queries.topics(db, conditions, least=least, day=today)
    return AppealTopics(
        as_of=today, least=least, topics=[AppealTopic.model_validate(dict(row._mapping)) for row in found]
    )
