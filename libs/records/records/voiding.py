"""A record made by mistake is void: as if it had never been for whoever counts, still there, marked, for who looks."""

from typing import Any, TypeVar

from pydantic import Field
from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from kit import problems
from kit.edge import Schema, Text
from records.bitemporal import Bitemporal, believed, succeed
from records.history import because
from records.listing import Where

VOID_REASON = "作废原因"


class RecordVoid(problems.Conflict):
    code = "record-void"
    detail = "这条记录因录入有误已作废,不能再变更"


class VoidCreate(Schema):
    reason: Text = Field(title=VOID_REASON)


class Voidable:
    """`void_reason` marks a record that was a mistake."""

    void_reason: Mapped[str | None] = mapped_column(default=None)


class DatedVoidable(Bitemporal, Voidable):
    """A void record of two times was never believed."""


Dated = TypeVar("Dated", bound=DatedVoidable)


def standing_or_void(model: type[DatedVoidable]) -> ColumnElement[bool]:
    """One record of each thing: the one that is believed, or the one that marks it as a mistake."""
    return or_(believed(model), model.void_reason.is_not(None))


def void_or_not(model: type[Voidable]) -> Where:
    """A filter: only what is void, or only what is not."""
    return Where(lambda wanted: model.void_reason.is_not(None) if wanted else model.void_reason.is_(None))


def refuse_void(row: Voidable) -> None:
    if row.void_reason is not None:
        raise RecordVoid


async def void_record(db: AsyncSession, record: Dated, reason: str, **changes: Any) -> Dated:
    refuse_void(record)
    because(db, reason)
    voided = await succeed(db, record, recorded_to=func.now(), void_reason=reason, **changes)
    await db.refresh(voided, ["recorded_to"])
    return voided


def void_row(db: AsyncSession, row: Voidable, reason: str) -> None:
    """A row without times of its own; its domain also takes back what makes others count it."""
    refuse_void(row)
    because(db, reason)
    row.void_reason = reason
