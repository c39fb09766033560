"""公平性报告: rated subjects compared by what scoring knows of them. It asks; it takes nothing from anybody."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from records.files import Export
from scoring.insight.fairness import queries, rules
from scoring.insight.fairness.kinds import PEER_KINDS, FairnessAttribute
from scoring.insight.fairness.rules import GAP, SMALLEST_CELL, Sums
from scoring.insight.fairness.schemas import FairnessCell, FairnessRead
from scoring.reviews.cycles.models import Cycle
from scoring.reviews.cycles.queries import visible_cycles
from scoring.reviews.cycles.service import CycleNotFound

NOT_KNOWN = ("年龄", "性别")
NO_TOWN, EVERYBODY = "区直管", "全体"
Row = tuple[tuple[str, ...], Sums]

COMPARED = (FairnessAttribute.TOWN, FairnessAttribute.KIND, FairnessAttribute.SIZE)


async def report(db: AsyncSession, cycle_id: UUID, *, today: date, actor: Actor) -> FairnessRead:
    cycle = await _cycle(db, cycle_id, actor)
    rows = await _rows(db, cycle, actor)
    compared = sum(sums.subjects for _, sums in rows)
    return FairnessRead(
        cycle_id=cycle.id,
        cycle_name=cycle.name,
        as_of=today,
        unrated=await queries.subjects(db, actor, cycle) - compared,
        smallest_cell=SMALLEST_CELL,
        gap=GAP,
        not_known=list(NOT_KNOWN),
        cells=_cells(rows),
    )


async def export(cycle_id: UUID, to: Export) -> Response:
    rows = await _rows(to.db, await _cycle(to.db, cycle_id, to.actor), to.actor)
    return await to.file("公平性报告", FairnessCell, [one.__dict__ for one in _cells(rows)])


async def _cycle(db: AsyncSession, cycle_id: UUID, actor: Actor) -> Cycle:
    found = (await db.execute(visible_cycles(actor).where(Cycle.id == cycle_id))).first()
    if found is None:
        raise CycleNotFound
    cycle: Cycle = found[0]
    return cycle


async def _rows(db: AsyncSession, cycle: Cycle, actor: Actor) -> list[Row]:
    """Read once: the report's count and its cells are of the same moment."""
    return [
        ((town or NO_TOWN, PEER_KINDS.get(kind, kind), rules.size_of(members)), Sums(subjects, composites, named))
        for town, kind, members, subjects, composites, named in await queries.sums(db, actor, cycle)
    ]


def _cells(rows: Sequence[Row]) -> list[FairnessCell]:
    everybody = rules.folded((EVERYBODY, sums) for _, sums in rows)
    overall = everybody.get(EVERYBODY, Sums())
    counts = rules.folded(rows)
    hidden = rules.withheld_among({key: sums.subjects for key, sums in counts.items()})
    found = _shown(FairnessAttribute.OVERALL, everybody, rules.withheld({EVERYBODY: overall.subjects}), overall)
    for at, (attribute, among) in enumerate(zip(COMPARED, hidden, strict=False)):
        found += _shown(attribute, rules.folded((key[at], sums) for key, sums in rows), among, overall)
    return found


def _shown(
    attribute: FairnessAttribute, groups: Mapping[str, Sums], hidden: Collection[str], overall: Sums
) -> list[FairnessCell]:
    return [
        _withheld(attribute, group) if group in hidden else _cell(attribute, group, cell, overall)
        for group, cell in sorted(groups.items())
    ]


def _withheld(attribute: FairnessAttribute, group: str) -> FairnessCell:
    nothing = dict.fromkeys(("subjects", "mean", "named", "share_named", "question"))
    return FairnessCell.model_validate({"attribute": attribute, "group": group, "is_withheld": True, **nothing})


def _cell(attribute: FairnessAttribute, group: str, cell: Sums, overall: Sums) -> FairnessCell:
    return FairnessCell(
        attribute=attribute,
        group=group,
        is_withheld=False,
        subjects=cell.subjects,
        mean=cell.mean,
        named=cell.named,
        share_named=cell.share_named,
        question=rules.question(attribute.label, group, cell, overall),
    )
