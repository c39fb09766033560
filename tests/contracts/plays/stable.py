"""The same example after every playing: ids, moments and secrets get names that stay, and lists are cut short."""

import csv
import io
import re
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tests.contracts.plays.recording import Played

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|[+-]\d\d:\d\d)")
CELL_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d(\.\d+)?)?")
SOME_MOMENT, SOME_CELL_MOMENT = "2025-04-02T12:00:00+08:00", "2025-04-02 12:00:00"
SECRETS = frozenset({
    "access_token", "refresh_token", "activation_token", "token", "token_hash", "signature", "next", "after", "href",
    "password", "current_password", "new_password", "client_secret", "expires", "kid", "x", "y",
})  # fmt: skip
OF_ONE = {("issue_check_in_code", "code"), ("check_in", "code")}
NUMBERS = {"revoked_at_epoch": 1_743_566_400, "offset_seconds": -86_400}
MOST_LINES, MOST_ITEMS = 2, 3


class Names:
    """Ids of the world by what they are, others by the operation that shows them first, in the order it does."""

    def __init__(self, objects: Mapping[str, Mapping[str, str]]) -> None:
        self._names = {one: f"{kind} {place}" for kind, places in objects.items() for place, one in places.items()}
        self._counted: dict[str, int] = {}

    def example(self, one: Played) -> dict[str, Any]:
        name = one.operation.name
        found = {
            "by": one.by,
            "parameters": self.stable(one.parameters, name),
            "status": one.answer.status_code,
        }
        if one.body is not None and "requestBody" in one.operation.described:
            found["body"] = self.stable(one.body, name)
        described = one.operation.described["responses"].get(str(one.answer.status_code), {})
        if one.media_type in described.get("content", {}):
            found |= {"media_type": one.media_type, "answer": self.stable(content_of(one), name)}
        return found

    def stable(self, value: Any, operation: str, field: str = "") -> Any:
        if isinstance(value, dict):
            return {name: self.stable(one, operation, name) for name, one in value.items()}
        if isinstance(value, list):
            return [self.stable(one, operation, field) for one in value[:MOST_ITEMS]]
        if not isinstance(value, str):
            return NUMBERS.get(field, value)
        if field in SECRETS or (operation, field) in OF_ONE:
            return f"<{field}>"
        value = ID.sub(lambda found: self._id(found[0], operation), value)
        return CELL_MOMENT.sub(SOME_CELL_MOMENT, MOMENT.sub(SOME_MOMENT, value))

    def _id(self, one: str, operation: str) -> str:
        if one not in self._names:
            self._counted[operation] = self._counted.get(operation, 0) + 1
            self._names[one] = f"{operation} {self._counted[operation]}"
        return str(uuid5(NAMESPACE_URL, self._names[one]))


def content_of(one: Played) -> Any:
    if one.media_type.endswith("json"):
        return one.answer.json()
    lines = list(csv.reader(io.StringIO(one.answer.content.decode("utf-8-sig"))))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines[:MOST_LINES])
    return text.getvalue()
