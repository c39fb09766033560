"""A service about nothing, to try the kit as a service uses it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from fastapi import APIRouter, FastAPI, Response, UploadFile
from sqlalchemy import MetaData, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from hosting.application import create_service
from hosting.settings import ServiceSettings
from hosting.tokens import Verifier
from kit import etags, events, paging, problems
from kit.access import CurrentActor, within
from kit.clock import Today
from kit.database import C_TEXT, NAMING, TYPES, Db, Versioned
from kit.domains import Domain
from kit.edge import BusinessDate, Count, LabelledEnum, Points, Schema, Text
from kit.events.consumer import Consumer
from kit.ids import uuid7
from kit.routing import KitRoute, business_router, plain_router
from records import slices

ROOT = UUID(int=1)
MIGRATIONS = Path(__file__).parents[3] / "tests" / "support" / "kit_migrations"
CREATE_THINGS = (
    "CREATE TABLE things (id uuid PRIMARY KEY, name text NOT NULL CONSTRAINT uq_things_name UNIQUE, "
    'path text COLLATE "C" NOT NULL, version int NOT NULL)'
)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES


class Thing(Versioned, Base):
    __tablename__ = "things"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    name: Mapped[str]
    path: Mapped[str] = mapped_column(C_TEXT)


class Colour(LabelledEnum):
    RED = "red", "红"


class NameTaken(problems.Conflict):
    code = "name-taken"
    detail = "这个名称已被使用,请换一个"


class ThingMake(Schema):
    name: Text
    points: Points = Decimal(0)
    count: Count = 0
    day: BusinessDate | None = None
    colour: Colour | None = None


class ThingChange(Schema):
    name: Text


class ThingRead(Schema):
    id: UUID
    name: str


things = business_router("/things", ["things"])
doors = plain_router("/doors", ["doors"])


class GateRoute(KitRoute):
    largest_body = 128 * 1024


gates = APIRouter(prefix="/gates", tags=["doors"], route_class=GateRoute)


@things.post("", status_code=201, response_model=ThingRead)
async def make_thing(db: Db, actor: CurrentActor, body: ThingMake, response: Response) -> Thing:
    thing = Thing(name=body.name, path=actor.paths[0])
    db.add(thing)
    await db.flush()
    await events.append(
        db, type="kit.thing.changed.v1", subject=thing.id, version=1, data={"name": thing.name}, actor=actor
    )
    if body.name == "explode":
        raise RuntimeError("nobody expected this")
    etags.tag(response, thing)
    return thing


@things.get("", response_model=paging.Page[ThingRead])
async def list_things(db: Db, actor: CurrentActor, page: paging.PageOf) -> slices.Slice:
    return await slices.paginate(
        db, select(Thing).where(within(Thing.path, actor.paths)).order_by(Thing.name, Thing.id), page
    )


@things.get("/names", response_model=paging.Page[str])
async def list_names(db: Db, actor: CurrentActor, page: paging.PageOf) -> slices.Slice:
    return await slices.paginate(
        db, select(Thing.name).where(within(Thing.path, actor.paths)).order_by(Thing.name), page
    )


@things.patch("/{thing_id}", response_model=ThingRead)
async def change_thing(
    thing_id: UUID, db: Db, actor: CurrentActor, body: ThingChange, version: etags.IfMatch, response: Response
) -> Thing:
    thing = await db.scalar(select(Thing).where(Thing.id == thing_id, within(Thing.path, actor.paths)))
    if thing is None:
        raise problems.NotFound
    etags.check_version(thing, version)
    thing.name = body.name
    await db.flush()
    etags.tag(response, thing)
    return thing


@doors.get("/me")
async def whoami(actor: CurrentActor, today: Today) -> dict[str, str | date]:
    return {"subject": str(actor.subject), "today": today}


@doors.post("/open")
async def open_door() -> dict[str, bool]:
    return {"open": True}


@doors.post("/things", status_code=201)
async def make_nameless(db: Db) -> dict[str, bool]:
    db.add(Thing(name="nameless", path="0001/"))
    await db.flush()
    return {"made": True}


@doors.post("/name")
async def name_door(body: ThingChange) -> str:
    return body.name


@gates.post("/name")
async def name_gate(body: ThingChange) -> str:
    return body.name


@doors.post("/file")
async def weigh_file(file: UploadFile) -> int | None:
    return file.size


@doors.get("/forgotten")
async def forgotten() -> dict[str, bool]:
    return {"open": True}


async def resolve_paths(_: AsyncSession, ids: Sequence[UUID]) -> list[tuple[UUID, str, UUID]]:
    return [(one, f"{one.int:04d}/", ROOT) for one in ids]


def create_app(database_url: str, verifier: Verifier, consumers: Sequence[Consumer] = (), **settings: Any) -> FastAPI:
    app = create_service(
        ServiceSettings(database_url=database_url, run_consumers=False, **settings),
        name="kit",
        title="kit",
        package_file=__file__,
        domains=[Domain([things, doors, gates], constraint_errors={"uq_things_name": NameTaken}, consumers=consumers)],
        resolve_paths=resolve_paths,
        verifier=verifier,
    )
    app.state.migrations = MIGRATIONS
    return app
