"""Steps that were asked for: how one is refused, and the row that keeps who took it."""

from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import Integer, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from kit import problems
from kit.access import Actor
from kit.database import stored_enum
from kit.edge import LabelledEnum, Schema
from kit.ids import uuid7
from records.procedures import Act, Missing, Procedure

Flags = TypeVar("Flags", bound=BaseModel)
Stage = TypeVar("Stage", bound=LabelledEnum)
Facts = TypeVar("Facts")
FLAG = "may_"


class StepSkipped(problems.Conflict):
    code = "step-order"
    detail = "{title}现处于“{stage}”,不能直接到“{to}”:{why}"


class StepNotFinished(problems.Conflict):
    code = "step-not-finished"
    detail = "“{stage}”尚未完成:{missing}"


class StepNotEarlier(problems.Conflict):
    code = "reopen-refused"
    detail = "{title}现处于“{stage}”,只能退回到更早的步骤"


class WrongStep(problems.Conflict):
    code = "wrong-step"
    detail = "{title}现处于“{stage}”,{why}"


def require_next(procedure: Procedure[Stage, Facts], stage: Stage, to: Stage) -> None:
    if procedure.after(stage) is not to:
        raise StepSkipped(title=procedure.title, stage=stage.label, to=to.label, why=_why_not(procedure, stage, to))


def _why_not(procedure: Procedure[Stage, Facts], stage: Stage, to: Stage) -> str:
    if skipped := procedure.between(stage, to):
        return f"须先完成{_quoted(skipped)}"
    following = procedure.after(stage)
    ahead = f"下一步是“{following.label}”" if following else "没有下一步"
    return f"{ahead},退回由{procedure.back_by.label}办理"


def _quoted(stages: tuple[Stage, ...]) -> str:
    return "".join(f"“{one.label}”" for one in stages)


def require_finished(procedure: Procedure[Stage, Facts], stage: Stage, facts: Facts) -> None:
    """Every need that is missing stands in the sentence, and in the errors with its code."""
    if missing := procedure.step(stage).missing(facts):
        fields = [problems.FieldError(*one) for one in missing]
        raise StepNotFinished(stage=stage.label, missing=";".join(one.text for one in missing), fields=fields)


def require_earlier(procedure: Procedure[Stage, Facts], stage: Stage, to: Stage) -> None:
    if not procedure.is_earlier(to, stage):
        raise StepNotEarlier(title=procedure.title, stage=stage.label)


def require_act(procedure: Procedure[Stage, Facts], stage: Stage, act: Act[Facts]) -> None:
    stages = procedure.stages_of(act)
    if stage not in stages:
        named = "、".join(one.label for one in stages)
        why = f"这项操作只能在“{named}”进行" if stages else "这一流程没有这项操作"
        raise WrongStep(title=procedure.title, stage=stage.label, why=why)


class MissingRead(Schema):
    code: str = Field(title="代码")
    text: str = Field(title="尚缺")


def shown_missing(missing: list[Missing]) -> list[MissingRead]:
    return [MissingRead(code=one.code, text=one.text) for one in missing]


def flags(schema: type[Flags], allowed: frozenset[str]) -> Flags:
    """`may_report` is true when `report` is allowed."""
    return schema(**{name: name.removeprefix(FLAG) in allowed for name in schema.model_fields})


class StepKind(LabelledEnum):
    OPENED = "opened", "启动"
    ADVANCED = "advanced", "推进"
    REOPENED = "reopened", "退回重议"


class StepTaken:
    """Append-only. Its table adds what was moved, `from_state` and `to_state`, with its own enum."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    root_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[StepKind] = mapped_column(stored_enum(StepKind))
    actor_id: Mapped[UUID]
    person_id: Mapped[UUID | None]
    occurred_on: Mapped[date]
    occurred_at: Mapped[datetime]
    output: Mapped[dict[str, Any]]
    reason: Mapped[str | None]


async def keep_step(
    db: AsyncSession, row: StepTaken, of: InstrumentedAttribute[UUID], *, today: date, now: datetime, actor: Actor
) -> None:
    """Written after the others `of` the same thing; who locked the thing has its next position for themselves."""
    positions = type(row).position
    last = await db.scalar(select(func.max(positions)).where(of == getattr(row, of.key)))
    row.position, row.occurred_on, row.occurred_at = 1 + (last or 0), today, now
    row.actor_id, row.person_id = actor.subject, actor.person
    db.add(row)
    await db.flush()
