from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import void_row
from registry.liaison.talks.events import TalkChanged
from registry.liaison.talks.models import Talk
from registry.liaison.talks.rules import TALK_DATES
from registry.liaison.talks.schemas import TalkCreate, TalkRead
from registry.links import refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS


class TalkNotFound(problems.NotFound):
    code = "talk-not-found"
    detail = "没有这条沟通记录,或不在您的管理范围内"


class UnknownTalkOrganization(problems.Unprocessable):
    code = "unknown-talk-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


TALKS = Register(
    "双向沟通",
    Talk,
    TalkRead,
    TalkNotFound,
    organization_queries.belonging(Talk.organization_id),
    derived={"organization_name": organization_queries.name_of(Talk.organization_id)},
)


async def record_talk(db: AsyncSession, entry: TalkCreate, *, actor: Actor, today: date) -> Talk:
    organization = await ORGANIZATIONS.find(db, actor, entry.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownTalkOrganization
    refuse_wrong_dates(TALK_DATES, {"held_on": entry.held_on}, today)
    talk = Talk(**entry.model_dump(), root_id=organization.root_id, recorded_by=actor.subject)
    db.add(talk)
    await _tell(db, talk, actor=actor)
    return talk


async def void_talk(db: AsyncSession, talk: Talk, reason: str, *, actor: Actor) -> Talk:
    void_row(db, talk, reason)
    await _tell(db, talk, actor=actor)
    return talk


async def _tell(db: AsyncSession, talk: Talk, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, _)] = await organization_queries.resolve_paths(db, [talk.organization_id])
    told = TalkChanged(
        id=talk.id,
        organization_id=talk.organization_id,
        way=talk.way,
        held_on=talk.held_on,
        is_void=talk.void_reason is not None,
    )
    version, root_id = talk.version, talk.root_id
    await record_event(db, told, subject=talk.id, version=version, root_id=root_id, path=path, actor=actor)
