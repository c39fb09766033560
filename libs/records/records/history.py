"""Who changed what of a row, when: a line for every field that became different, kept with the change itself.

A flush writes the lines of every versioned row that the service loaded and changed; what a statement of its own
changes, and what takes the place of a dated record, is given to `keep_changes`. Sealed values stay sealed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field, TypeAdapter
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Enum,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
    Uuid,
    event,
    func,
    insert,
    inspect,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session
from sqlalchemy.sql.visitors import replacement_traverse

from kit.calendar import SHANGHAI
from kit.database import Versioned
from kit.edge import Schema
from kit.paging import Page, PageQuery
from records.slices import paginate

TABLE = "field_changes"
ANYTHING = TypeAdapter[Any](Any)
ACTOR, REASON, AUTHOR = "actor", "reason", "author_name"
UNRECORDED = frozenset({"version", "search_keys", "recorded_from", "recorded_to", "recorded_by", "record_id"})
UNRECORDED_ENDINGS = ("_index", "_hash")
ID, NAME = "_id", "_name"
Opened = Callable[[str, bytes], str | None]


class ChangeRead(Schema):
    version: int = Field(title="变更后的版本")
    changed_at: datetime = Field(title="变更时刻")
    changed_by: UUID | None = Field(title="办理账号编号", description="系统自动办理的为空")
    changed_by_name: str | None = Field(title="办理人")
    field: str = Field(title="字段")
    title: str = Field(title="变更内容")
    old: str | None = Field(title="原值", description="需要隐藏的部分已隐藏")
    new: str | None = Field(title="新值", description="需要隐藏的部分已隐藏")
    reason: str | None = Field(title="变更事由")


def changes_table(metadata: MetaData) -> Table:
    """Each service has one, in its own database."""
    return Table(
        TABLE,
        metadata,
        Column("id", BigInteger, Identity(always=True), primary_key=True),
        Column("register", Text, nullable=False),
        Column("row_id", Uuid, nullable=False),
        Column("root_id", Uuid),
        Column("version", Integer, nullable=False),
        Column("changed_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        Column("changed_by", Uuid),
        Column("person_id", Uuid),
        Column("reason", Text),
        Column("field", Text, nullable=False),
        Column("old", JSONB(none_as_null=True)),
        Column("new", JSONB(none_as_null=True)),
        Column("old_sealed", LargeBinary),
        Column("new_sealed", LargeBinary),
        Index(f"ix_{TABLE}_row_id_id", "row_id", "id"),
    )


def name_authors(changes: Table, author_name: Callable[[Any], Any]) -> None:
    """Told once by the service: the name of who made a change, as a column of the row that has the ids."""
    changes.info[AUTHOR] = author_name(changes.c)


def because(db: AsyncSession, reason: str) -> None:
    """The reason of the changes that follow in this transaction."""
    db.info[REASON] = reason


def keep_changes(
    db: AsyncSession | Session, old: Mapping[str, Any], row: Any, **others: tuple[Any, Any]
) -> list[dict[str, Any]]:
    """The lines for a row whose fields `old` were different before, and for `others`: what was, and what is."""
    told = {name: (before, getattr(row, name)) for name, before in old.items()} | others
    actor = db.info.get(ACTOR)
    said = {
        "register": row.__tablename__,
        "row_id": row.id,
        "root_id": getattr(row, "root_id", None),
        "version": row.version,
        "changed_by": actor.subject if actor else None,
        "person_id": actor.person if actor else None,
        "reason": db.info.get(REASON),
    }
    return [{**said, "field": name, **_values(*values)} for name, values in told.items()]


def _values(before: Any, after: Any) -> dict[str, Any]:
    if isinstance(before, bytes) or isinstance(after, bytes):
        return {"old": None, "new": None, "old_sealed": before, "new_sealed": after}
    told = {"old": before, "new": after, "old_sealed": None, "new_sealed": None}
    return {name: ANYTHING.dump_python(value, mode="json") for name, value in told.items()}


def _is_recorded(name: str) -> bool:
    return name not in UNRECORDED and not name.endswith(UNRECORDED_ENDINGS)


def replaced(before: Any, after: Any) -> dict[str, Any]:
    """The fields of a dated record that are different in the one that takes its place, as they were."""
    names = filter(_is_recorded, inspect(type(after)).column_attrs.keys())
    return {name: getattr(before, name) for name in names if getattr(before, name) != getattr(after, name)}


async def note_change(db: AsyncSession, row: Any, field: str, *, old: str | None, new: str | None) -> None:
    """A line in words, for a field that is no column of the row itself."""
    (line,) = keep_changes(db, {}, row, **{field: (old, new)})
    await db.execute(insert(row.metadata.tables[TABLE]), [line])


async def keep_replaced(db: AsyncSession, before: Any, after: Any) -> None:
    if lines := keep_changes(db, replaced(before, after), after):
        await db.execute(insert(after.metadata.tables[TABLE]), lines)


def _changed(row: Any) -> Iterator[tuple[str, Any]]:
    state = inspect(row)
    for name in filter(_is_recorded, state.mapper.column_attrs.keys()):
        told = state.attrs[name].history
        if told.has_changes() and told.deleted and told.deleted[0] != told.added[0]:
            yield name, told.deleted[0]


@event.listens_for(Session, "after_flush")
def _keep_flushed(session: Session, _: Any) -> None:
    for row in session.dirty:
        is_kept = isinstance(row, Versioned) and isinstance(row, DeclarativeBase) and hasattr(row, "id")
        changes = row.metadata.tables.get(TABLE) if is_kept else None
        if changes is not None and (lines := keep_changes(session, dict(_changed(row)), row)):
            session.connection().execute(insert(changes), lines)


@dataclass(frozen=True, slots=True)
class Fields:
    """What a register shows of its rows, so that a change of it can be told in its words."""

    model: type[DeclarativeBase]
    read: type[BaseModel]
    derived: Mapping[str, Any]

    def shown(self) -> dict[str, str]:
        """Column to field: its own, or the one that is derived from nothing but it."""
        columns = inspect(self.model).column_attrs.keys()
        direct = {name: name for name in columns if name in self.read.model_fields}
        behind = {
            source.key: name
            for name, source in self.derived.items()
            if isinstance(source, InstrumentedAttribute) and name in self.read.model_fields
        }
        return {**behind, **direct}

    def title(self, field: str) -> str:
        named = field.removesuffix(ID) + NAME
        known = self.read.model_fields
        return known[named if field.endswith(ID) and named in known else field].title or field

    def name_of(self, column: str, value: UUID) -> Any:
        """What stands beside an id, with the id of then in the place of today's."""
        source = self.derived.get(column.removesuffix(ID) + NAME)
        if source is None or not column.endswith(ID):
            return None
        table = self.model.__table__

        def then(element: Any, **_: Any) -> Any:
            is_it = getattr(element, "table", None) is table and getattr(element, "key", None) == column
            return literal(value, Uuid()) if is_it else None

        return replacement_traverse(
            source.__clause_element__() if hasattr(source, "__clause_element__") else source, {}, then
        )

    def text(self, column: str, value: Any) -> str | None:
        if value is None:
            return None
        columns = inspect(self.model).columns
        kind = columns[column].type if column in columns else None
        if isinstance(kind, Boolean):
            return "是" if value else "否"
        if isinstance(kind, Enum) and kind.enum_class is not None:
            return str(getattr(kind.enum_class(value), "label", value))
        if isinstance(kind, DateTime):
            return datetime.fromisoformat(value).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
        return "、".join(map(str, value)) if isinstance(value, list) else str(value)


async def page_of(
    db: AsyncSession, fields: Fields, row_id: UUID, page: PageQuery, opened: Opened | None = None
) -> Page[ChangeRead]:
    """The newest change first; of what the register does not show, nothing."""
    found = await paginate(db, _changes(fields, row_id), page)
    names = await _names(db, fields, found.items)
    items = [_told(fields, line, names, opened) for line in found.items]
    return Page[ChangeRead].model_construct(items=items, next=found.next, total=None)


def _changes(fields: Fields, row_id: UUID) -> Select[Any]:
    changes = fields.model.metadata.tables[TABLE]
    author = changes.info.get(AUTHOR, literal(None, Text))
    query = select(*changes.c, author.label("changed_by_name"))
    query = query.where(changes.c.row_id == row_id, changes.c.register == fields.model.__tablename__)
    known = changes.c.field.in_([*fields.shown(), *fields.read.model_fields])
    return query.where(known).order_by(changes.c.id.desc())


async def _names(db: AsyncSession, fields: Fields, lines: Iterable[Any]) -> dict[str, str]:
    """Of everything an id among the lines stands for, in one statement."""
    ids = {(line.field, value) for line in lines if line.field.endswith(ID) for value in (line.old, line.new) if value}
    named = {value: fields.name_of(column, UUID(value)) for column, value in sorted(ids)}
    columns = [expression.label(value) for value, expression in named.items() if expression is not None]
    if not columns:
        return {}
    return {key: name for key, name in (await db.execute(select(*columns))).one()._mapping.items() if name}


def _told(fields: Fields, line: Any, names: Mapping[str, str], opened: Opened | None) -> ChangeRead:
    field = fields.shown().get(line.field, line.field)

    def readable(value: Any, sealed: bytes | None) -> str | None:
        if sealed is not None:
            return opened(line.field, sealed) if opened else None
        return names.get(str(value)) or fields.text(line.field, value)

    return ChangeRead.model_construct(
        version=line.version,
        changed_at=line.changed_at,
        changed_by=line.changed_by,
        changed_by_name=line.changed_by_name,
        field=field,
        title=fields.title(field),
        old=readable(line.old, line.old_sealed),
        new=readable(line.new, line.new_sealed),
        reason=line.reason,
    )
