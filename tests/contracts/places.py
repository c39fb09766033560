"""The same small world in every service: two districts, and a thing of each kind at every place in them.

Places: `root` above `town` above `branch`, a `sibling` branch of another town, a `foreign` branch of another district;
a member of the branch has a `colleague`.
"""

from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.support.applications import Service
from tests.support.clients import ServiceClient
from tests.support.tokens import IssueToken

PLACES = ("root", "town", "branch", "sibling", "foreign")
MEETING_PLACES = ("town", "branch", "sibling", "foreign")
BRANCHES = ("branch", "sibling", "foreign")
SIX = ("place", "equipment", "signs", "flag", "books", "rules")
STANDARDS = [f"第{number}条" for number in range(1, 11)]
Objects = dict[str, dict[str, str]]


@dataclass
class World:
    service: Service
    issue_token: IssueToken
    service_client: ServiceClient
    stack: AsyncExitStack
    objects: Objects = field(default_factory=lambda: defaultdict(dict))
    home: Any = None
    """Who makes more of the first district than the world needs: its registers, or the district as it is told."""

    def put(self, kind: str, place: str, thing: Any) -> str:
        self.objects[kind][place] = str(thing)
        return str(thing)

    def at(self, kind: str, place: str) -> UUID:
        return UUID(self.objects[kind][place])

    def token(self, role: str, place: str, person: UUID | None = None) -> str:
        return self.issue_token(grants=[(role, self.at("organization_id", place))], person=person)

    async def client(self, role: str, place: str, person: UUID | None = None) -> Any:
        token = self.token(role, place, person)
        return await self.stack.enter_async_context(self.service_client(self.service.app, token))


async def answered(call: Any) -> dict[str, Any]:
    answer = await call
    assert answer.is_success, answer.text
    return dict(answer.json())
