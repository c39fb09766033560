"""What registry might tell of a district in which organisations and members move, and where everybody is at the end."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.events import Event
from kit.ids import uuid7
from records.events import Payload
from roster.consumers import REGISTRY
from roster.models import Member, PartyOrganization
from tests.support import facts


@dataclass
class Story:
    """Parents and own segments are the truth; a path is what follows from them when an event is written."""

    random: Random
    parents: dict[UUID, UUID | None] = field(default_factory=dict)
    segments: dict[UUID, str] = field(default_factory=dict)
    homes: dict[UUID, UUID] = field(default_factory=dict)
    versions: Counter[UUID] = field(default_factory=Counter)
    events: list[Event] = field(default_factory=list)

    def path(self, one: UUID) -> str:
        parent = self.parents[one]
        return (self.path(parent) if parent else "") + self.segments[one]

    def found(self, parent: UUID | None) -> UUID:
        one = uuid7()
        self.parents[one], self.segments[one] = parent, f"{len(self.segments) + 1:04}/"
        self.change(one)
        return one

    def change(self, one: UUID) -> None:
        self._tell(facts.organization(one, self.parents[one], self.path(one), uuid7()))

    def move(self, one: UUID, parent: UUID) -> None:
        old = self.path(one)
        self.parents[one], self.segments[one] = parent, f"{len(self.events) + 100:04}/"
        self._tell(facts.moved(one, parent, old, self.path(one)))

    def place(self, member: UUID, home: UUID) -> None:
        self.homes[member] = home
        self._tell(facts.member(member, home, self.path(home), uuid7()))

    def wander(self) -> None:
        """One thing happens: somebody or something is new, changes or moves to where it may."""
        one, other = self.random.choice([*self.parents]), self.random.choice([*self.parents])
        what = self.random.choice(["found", "change", "move", "move", "move", "place", "replace"])
        if what == "found":
            self.found(one)
        elif what == "change":
            self.change(one)
        elif what == "move" and self.parents[one] and not self.path(other).startswith(self.path(one)):
            self.move(one, other)
        elif what == "place" or not self.homes:
            self.place(uuid7(), one)
        elif what == "replace":
            self.place(self.random.choice([*self.homes]), one)

    def paths(self) -> dict[UUID, str]:
        """Of every organisation and member at the end."""
        return {one: self.path(one) for one in self.parents} | {one: self.path(at) for one, at in self.homes.items()}

    def _tell(self, payload: Payload) -> None:
        data = payload.model_dump(mode="json")
        subject = UUID(data["id"])
        self.versions[subject] += 1
        version = self.versions[subject]
        self.events.append(Event(uuid7(), payload.type, subject, version, None, None, datetime.now(UTC), data, None))


def shuffled_story(seed: int) -> tuple[Story, list[Event]]:
    """Any order, with repeats, with moves told before their organisation, and with circles on the way."""
    story = Story(Random(seed))
    story.found(None)
    while len(story.events) < 12:
        story.wander()
    events = [*story.events, *story.random.sample(story.events, 3)]
    story.random.shuffle(events)
    return story, events


def race() -> tuple[Story, list[list[Event]]]:
    """A member placed in a branch while its town moves: the two orders a service may be told it in."""
    story = Story(Random(0))
    root = story.found(None)
    first, second = story.found(root), story.found(root)
    town = story.found(first)
    branch = story.found(town)
    story.place(uuid7(), branch)
    story.move(town, second)
    *before, placed, moved = story.events
    return story, [[*before, placed, moved], [*before, moved, placed]]


async def told(app: FastAPI, events: Sequence[Event]) -> dict[UUID, str]:
    """Where organisations and members are after the events; nothing of it stays."""
    async with AsyncSession(app.state.engine) as db:
        for event in events:
            await REGISTRY.handlers[event.type](db, event)
        organizations = await db.execute(select(PartyOrganization.id, PartyOrganization.path))
        members = await db.execute(select(Member.id, Member.path))
        return dict(organizations.all()) | dict(members.all())
