"""Everything that is counted of the members of a day, in one statement; what is kept without days counts as today."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Subquery, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import within
from records.bitemporal import valid_on
from registry.limits import MONTHS_OF_A_YEAR, months_from
from registry.members.members.kinds import ENROLLED, Education, Sex
from registry.members.members.models import Member
from registry.oversight.statistics.kinds import StatisticGroup as Group
from registry.tree.cross_appointments.models import UnitPost
from registry.tree.organizations.models import Placement
from registry.tree.posts.kinds import PostKind
from registry.tree.posts.models import Post
from registry.units.coverage.queries import Question, units_in
from registry.units.units.kinds import UnitKind
from registry.units.units.models import Unit

YOUNGEST, OLDEST = 0, 200
AGES = ((YOUNGEST, 35), (36, 45), (46, 55), (56, 60), (61, OLDEST))
POSTGRADUATE, BACHELOR, COLLEGE, SECONDARY, OTHER = "2", "3", "4", "7", "9"
"""Codes of GB/T 4658 begin with the level: 1 is the highest, 8 the lowest, 9 is another one."""


class Item(NamedTuple):
    """`holds` is the condition on the row of a member, as of a day."""

    group: Group
    code: str
    label: str
    holds: Callable[[Any, date], Any]


class StaffCount(NamedTuple):
    enterprises: int
    uncounted: int
    staff: int
    members: int


def items() -> Iterator[Item]:
    for sex in Sex:
        yield Item(Group.SEX, sex.value, sex.label, _is("sex", sex))
    for least, most in AGES:
        yield Item(Group.AGE, f"age_{least}_{most}", _band(least, most), _aged(least, most))
    for code, label, above in (
        ("postgraduate_and_above", "研究生", POSTGRADUATE),
        ("bachelor_and_above", "本科及以上", BACHELOR),
        ("college_and_above", "大专及以上", COLLEGE),
        ("secondary_and_above", "高中、中专及以上", SECONDARY),
        ("any_level", "初中、小学及以上", OTHER),
    ):
        yield Item(Group.EDUCATION, code, label, _educated(above))
    yield Item(Group.EDUCATION, "not_known", "未登记或其他", _of_no_level)
    for kind in PostKind:
        yield Item(Group.POST, kind.value, kind.label, _holding(kind))
    yield Item(Group.POST, "any_post", "担任党内职务的", lambda row, _: or_(*(row[kind.value] for kind in PostKind)))
    yield Item(Group.UNIT_POST, "any_unit_post", "担任单位职务的", lambda row, _: row.holds_unit_post)
    for unit_kind in UnitKind:
        yield Item(Group.WORKPLACE, unit_kind.value, unit_kind.label, _is("workplace", unit_kind))
    yield Item(Group.WORKPLACE, "none", "没有登记工作单位", lambda row, _: row.workplace.is_(None))


def _band(least: int, most: int) -> str:
    if least == YOUNGEST:
        return f"{most} 岁及以下"
    return f"{least} 岁及以上" if most == OLDEST else f"{least}–{most} 岁"


def _aged(least: int, most: int) -> Callable[[Any, date], Any]:
    """Full years; who turns 36 on the day is 36."""

    def holds(row: Any, day: date) -> Any:
        oldest, youngest = (months_from(day, -MONTHS_OF_A_YEAR * years) for years in (most + 1, least))
        return and_(row.birth_on > oldest, row.birth_on <= youngest)

    return holds


def _educated(above: str) -> Callable[[Any, date], Any]:
    codes = [one for one in Education if one.value < above]
    return lambda row, _: row.education.in_(codes)


def _of_no_level(row: Any, _: date) -> Any:
    return or_(row.education.is_(None), row.education == Education.OTHER)


def _is(name: str, value: Sex | UnitKind) -> Callable[[Any, date], Any]:
    return lambda row, _: row[name] == value


def _holding(kind: PostKind) -> Callable[[Any, date], Any]:
    return lambda row, _: row[kind.value]


def _enrolled(day: date) -> Any:
    """By the days of joining and leaving; who was entered by mistake never counts."""
    return and_(
        Member.void_reason.is_(None),
        Member.stage.in_(ENROLLED),
        or_(Member.left_on.is_(None), Member.left_on > day),
        or_(Member.joined_on.is_(None), Member.joined_on <= day),
    )


def _members(paths: Sequence[str], day: date, unit_kinds: Sequence[UnitKind]) -> Subquery:
    kinds = [func.bool_or(Post.kind == kind).label(kind.value) for kind in PostKind]
    posts = select(Post.member_id, *kinds).where(valid_on(Post, day)).group_by(Post.member_id).subquery()
    held = (UnitPost.void_reason.is_(None), UnitPost.valid_from <= day)
    not_ended = or_(UnitPost.ended_on.is_(None), UnitPost.ended_on > day)
    unit_posts = select(UnitPost.member_id).where(*held, not_ended).distinct().subquery()
    columns: tuple[Any, ...] = (
        *(Member.birth_on, Member.sex, Member.education.label("education"), Unit.kind.label("workplace")),
        unit_posts.c.member_id.is_not(None).label("holds_unit_post"),
        *(func.coalesce(posts.c[kind.value], False).label(kind.value) for kind in PostKind),
    )
    query = (
        select(*columns)
        .join(Placement, and_(Placement.organization_id == Member.organization_id, valid_on(Placement, day)))
        .outerjoin(Unit, Unit.id == Member.unit_id)
        .outerjoin(posts, posts.c.member_id == Member.id)
        .outerjoin(unit_posts, unit_posts.c.member_id == Member.id)
        .where(within(Placement.path, paths), _enrolled(day))
    )
    return (query.where(Unit.kind.in_(unit_kinds)) if unit_kinds else query).subquery()


async def count(
    db: AsyncSession, paths: Sequence[str], day: date, unit_kinds: Sequence[UnitKind]
) -> tuple[int, dict[Item, int]]:
    """All members of the area on a day, and how many of them each item holds of."""
    rows, every = _members(paths, day, unit_kinds), list(items())
    counts = (func.count().filter(one.holds(rows.c, day)) for one in every)
    whole, *parts = (await db.execute(select(func.count(), *counts).select_from(rows))).one()
    return whole, dict(zip(every, parts, strict=True))


async def staff_of(db: AsyncSession, paths: Sequence[str], day: date) -> StaffCount:
    """Non-public enterprises of the area on a day, their staff, and the members among it, wherever these belong."""
    scope = units_in(Question(paths=paths, day=day, unit_kinds=[UnitKind.NON_PUBLIC_ENTERPRISE])).cte("scope")
    units = select(
        func.count(), func.count().filter(Unit.staff_count.is_(None)), func.coalesce(func.sum(Unit.staff_count), 0)
    )
    units = units.select_from(scope).join(Unit, Unit.id == scope.c.id)
    members = select(func.count()).select_from(Member).join(scope, scope.c.id == Member.unit_id).where(_enrolled(day))
    enterprises, uncounted, staff = (await db.execute(units)).one()
    return StaffCount(enterprises, uncounted, int(staff or 0), await db.scalar(members) or 0)
