"""What a service tells others: each type of event is a class, and all of them together are its `events.json`."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Payload(BaseModel):
    """The data of one type of event; `type` ends in its version, and a change of fields makes a new one.

    ID numbers, phones and birth dates never belong in it (D7).
    """

    model_config = ConfigDict(from_attributes=True, extra="ignore", frozen=True, ser_json_inf_nan="null")
    type: ClassVar[str]


def entry(
    payload: Payload, *, subject: UUID, version: int, root_id: UUID | None = None, path: str | None = None
) -> dict[str, Any]:
    """Keyword arguments of kit.events.append, and a row of append_many; `path` says where in the tree it happened."""
    data = payload.model_dump(mode="json")
    return {
        "type": payload.type, "subject": subject, "version": version, "data": data, "root_id": root_id, "path": path,
    }  # fmt: skip


def described(payloads: Iterable[type[Payload]]) -> dict[str, Any]:
    """Type to JSON Schema, in the order of the types: what `events.json` holds."""
    return {
        one.type: one.model_json_schema(mode="serialization") for one in sorted(payloads, key=lambda kind: kind.type)
    }
