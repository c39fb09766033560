"""What a service tells others: each type of event is a class, and all of them together are its `events.json`."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema
from sqlalchemy.ext.asyncio import AsyncSession

from kit.events.log import Acting, append_many

Amount = Annotated[Decimal, WithJsonSchema({"type": "string", "format": "decimal"})]
Month = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}$")]


class Payload(BaseModel):
    """The data of one type of event; `type` ends in its version, and a change of fields makes a new one.

    The class has a Chinese title. A field with a default travels only where it was given. ID numbers, phones and birth
    dates never belong in it (D7). A class without `type` holds what several types share.
    """

    model_config = ConfigDict(from_attributes=True, extra="ignore", frozen=True, ser_json_inf_nan="null")
    type: ClassVar[str]


class ExportMade(Payload, title="导出了列表"):
    title: str
    rows: int
    operation: str = ""
    filters: list[str] = []


@cache
def export_of(service: str) -> type[ExportMade]:
    """Every service tells of its exports alike, under its own name."""
    return type("ExportMade", (ExportMade,), {"__module__": __name__, "type": f"{service}.export.made.v1"})


async def record_event(
    db: AsyncSession,
    payload: Payload,
    *,
    subject: UUID,
    version: int = 1,
    root_id: UUID | None = None,
    path: str | None = None,
    actor: Acting | None = None,
) -> None:
    """In the transaction of the business write; `path` says where in the tree it happened."""
    await record_events(db, [entry(payload, subject=subject, version=version, root_id=root_id, path=path)], actor)


async def record_events(db: AsyncSession, entries: Iterable[Mapping[str, Any]], actor: Acting | None = None) -> None:
    await append_many(db, entries, actor)


def entry(
    payload: Payload, *, subject: UUID, version: int = 1, root_id: UUID | None = None, path: str | None = None
) -> dict[str, Any]:
    """One of the entries of `record_events`."""
    data = payload.model_dump(mode="json", exclude_unset=True)
    return {
        "type": payload.type, "subject": subject, "version": version, "data": data, "root_id": root_id, "path": path,
    }  # fmt: skip


def described(service: str) -> dict[str, Any]:
    """Type to JSON Schema of every event that the service tells, sorted: what `events.json` holds."""
    export_of(service)
    found = {kind.type: kind for kind in _kinds(Payload) if kind.type.startswith(f"{service}.")}
    return {name: found[name].model_json_schema(mode="serialization") for name in sorted(found)}


def _kinds(base: type[Payload]) -> Iterator[type[Payload]]:
    for kind in base.__subclasses__():
        if "type" in vars(kind):
            yield kind
        yield from _kinds(kind)
