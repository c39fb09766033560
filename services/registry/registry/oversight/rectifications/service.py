from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.columns import touch
from records.events import record_event
from records.history import because, note_change
from records.registers import Register
from records.steps import require_act, require_finished, require_next
from records.voiding import refuse_void, void_row
from registry.links import refuse_wrong_dates
from registry.oversight.rectifications import proposals, queries
from registry.oversight.rectifications.events import RectificationChanged
from registry.oversight.rectifications.kinds import RectificationStage as Stage
from registry.oversight.rectifications.models import Rectification, RectificationNote
from registry.oversight.rectifications.rules import (
    DECIDE,
    EXTENDED_DATES,
    LISTED_DATES,
    NOTE,
    NOTED_DATES,
    RECTIFICATION,
    RectificationFacts,
)
from registry.oversight.rectifications.schemas import (
    RectificationCorrect,
    RectificationCreate,
    RectificationDecide,
    RectificationNoteCreate,
    RectificationNoteRead,
    RectificationRead,
    RectificationSubmit,
)
from registry.own_cases import is_superior, refuse_own_case
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS
from registry.tree.posts.queries import officers_of


class RectificationNotFound(problems.NotFound):
    code = "rectification-not-found"
    detail = "没有这项整顿,或不在您的管理范围内"


class UnknownRectifiedOrganization(problems.Unprocessable):
    code = "unknown-rectified-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


class OnlyTheSuperiorRectifies(problems.Forbidden):
    code = "only-the-superior-rectifies"
    detail = "列入整顿、变更和验收须由上级党组织办理,不能由本组织办理"


class GroundNotFound(problems.Unprocessable):
    code = "rectification-ground-not-found"
    detail = "按规则没有查出“{ground}”;确需列入的,请以“上级研究列入”登记"


class RectifyingAlready(problems.Conflict):
    code = "rectifying-already"
    detail = "这个党组织已列入整顿,尚未销号"


class RectificationClosed(problems.Conflict):
    code = "rectification-closed"
    detail = "这项整顿已经验收销号"


class NewDayMissing(problems.Unprocessable):
    code = "rectification-day-missing"
    detail = "验收不通过的须写明新的整顿期限"


def _readable(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**row, "notes": [RectificationNoteRead.model_validate(one) for one in row["notes"] or ()]}


RECTIFICATIONS = Register(
    "软弱涣散党组织整顿",
    Rectification,
    RectificationRead,
    RectificationNotFound,
    organization_queries.belonging(Rectification.organization_id),
    derived={
        "organization_name": organization_queries.name_of(Rectification.organization_id),
        "notes": queries.notes_of(Rectification.id),
    },
    readable=_readable,
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_rectifications_organization_id": RectifyingAlready}


async def enter(db: AsyncSession, body: RectificationCreate, *, actor: Actor, today: date) -> Rectification:
    """Neither a rule nor the organisation lists anybody: the superior does, and says why."""
    organization = await ORGANIZATIONS.find(db, actor, body.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownRectifiedOrganization
    if not is_superior(actor, organization.path):
        raise OnlyTheSuperiorRectifies
    refuse_wrong_dates(LISTED_DATES, {"listed_on": body.listed_on, "due_on": body.due_on}, today)
    if await queries.is_running(db, organization.id):
        raise RectifyingAlready
    if not await proposals.holds(db, body.ground, organization.id, body.listed_on):
        raise GroundNotFound(ground=body.ground.label)
    rectification = Rectification(
        **body.model_dump(), root_id=organization.root_id, recorded_by=actor.subject, stage=Stage.RECTIFYING
    )
    db.add(rectification)
    await _tell(db, rectification, actor=actor)
    return rectification


async def correct(
    db: AsyncSession, rectification: Rectification, body: RectificationCorrect, *, actor: Actor, today: date
) -> Rectification:
    await _refuse_all_but_the_superior(db, rectification, actor=actor, today=today)
    refuse_void(rectification)
    if rectification.stage is Stage.CLOSED:
        raise RectificationClosed
    changes = body.model_dump(exclude_none=True)
    days = {"listed_on": rectification.listed_on, "due_on": changes.get("due_on", rectification.due_on)}
    refuse_wrong_dates(LISTED_DATES, days, today)
    for name, value in changes.items():
        setattr(rectification, name, value)
    await _tell(db, rectification, actor=actor)
    return rectification


async def note(
    db: AsyncSession, rectification: Rectification, body: RectificationNoteCreate, *, actor: Actor, today: date
) -> Rectification:
    refuse_void(rectification)
    require_act(RECTIFICATION, rectification.stage, NOTE)
    refuse_wrong_dates(NOTED_DATES, {"listed_on": rectification.listed_on, "noted_on": body.noted_on}, today)
    db.add(
        RectificationNote(
            **body.model_dump(),
            rectification_id=rectification.id,
            organization_id=rectification.organization_id,
            root_id=rectification.root_id,
            recorded_by=actor.subject,
        )
    )
    touch(rectification)
    await _tell(db, rectification, actor=actor)
    await note_change(db, rectification, "notes", old=None, new=body.content)
    return rectification


async def submit(
    db: AsyncSession, rectification: Rectification, body: RectificationSubmit, *, actor: Actor, today: date
) -> Rectification:
    refuse_void(rectification)
    require_next(RECTIFICATION, rectification.stage, Stage.SUBMITTED)
    facts = RectificationFacts(await queries.notes(db, rectification.id))
    require_finished(RECTIFICATION, rectification.stage, facts)
    rectification.stage, rectification.submitted_on = Stage.SUBMITTED, today
    rectification.submission = body.submission
    await _tell(db, rectification, actor=actor)
    return rectification


async def decide(
    db: AsyncSession, rectification: Rectification, body: RectificationDecide, *, actor: Actor, today: date
) -> Rectification:
    """What is not accepted goes on, to a new day; the reports and opinions before stay in the history."""
    await _refuse_all_but_the_superior(db, rectification, actor=actor, today=today)
    refuse_void(rectification)
    require_act(RECTIFICATION, rectification.stage, DECIDE)
    because(db, body.opinion)
    if body.is_accepted:
        rectification.stage, rectification.closed_on = Stage.CLOSED, today
    else:
        if body.due_on is None:
            raise NewDayMissing
        refuse_wrong_dates(EXTENDED_DATES, {"decided_on": today, "due_on": body.due_on}, today)
        rectification.stage, rectification.due_on = Stage.RECTIFYING, body.due_on
        rectification.rejections += 1
    rectification.decided_on, rectification.decided_by, rectification.opinion = today, actor.subject, body.opinion
    await _tell(db, rectification, actor=actor)
    return rectification


async def void(
    db: AsyncSession, rectification: Rectification, reason: str, *, actor: Actor, today: date
) -> Rectification:
    await _refuse_all_but_the_superior(db, rectification, actor=actor, today=today)
    void_row(db, rectification, reason)
    await _tell(db, rectification, actor=actor)
    return rectification


async def _refuse_all_but_the_superior(
    db: AsyncSession, rectification: Rectification, *, actor: Actor, today: date
) -> None:
    """Nor may one of its own committee who has another office above it."""
    [(_, path, _)] = await organization_queries.resolve_paths(db, [rectification.organization_id])
    if not is_superior(actor, path):
        raise OnlyTheSuperiorRectifies
    refuse_own_case(actor, *await officers_of(db, rectification.organization_id, today))


async def _tell(db: AsyncSession, rectification: Rectification, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [rectification.organization_id])
    names = RectificationChanged.model_fields.keys() - {"is_void"}
    fields = {name: getattr(rectification, name) for name in names}
    told = RectificationChanged(**fields, is_void=rectification.void_reason is not None)
    subject, version = rectification.id, rectification.version
    await record_event(db, told, subject=subject, version=version, root_id=root_id, path=path, actor=actor)
