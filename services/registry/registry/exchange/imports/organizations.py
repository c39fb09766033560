"""Organisations: the tree of the workbook is planned in memory, then written in a few statements."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from records.events import record_events
from registry.exchange.imports.batches import MARK_WRONG, Batch, Check, run_checks
from registry.exchange.imports.models import ImportProblem, ImportRow
from registry.exchange.imports.planting import PlacedOrganization, Planting, StagedOrganization
from registry.kinds import known
from registry.names import search_keys
from registry.sites.demonstration_points import service as points
from registry.sites.demonstration_points.models import DemonstrationPoint
from registry.tree.organizations import events
from registry.tree.organizations.kinds import HostKind, OrganizationKind, OrganizationLevel, SetUpMode
from registry.tree.organizations.models import OrganizationRevision, PartyOrganization, next_root_step
from registry.tree.organizations.rules import Place, is_within, path_step

CHECKS = (
    Check("组织代码", "已被使用", "EXISTS (SELECT 1 FROM party_organizations o WHERE o.code = r.content->>'code')"),
)
PLACEMENTS = text("""
INSERT INTO placements (id, organization_id, organization_no, parent_id, root_id, path, is_directly_managed, valid_from)
SELECT gen_random_uuid(), o.id, o.organization_no, o.parent_id, o.root_id, o.path, o.is_directly_managed, o.founded_on
FROM party_organizations o JOIN import_rows r ON r.subject_id = o.id WHERE r.import_id = :import_id
""")
POINTS = text("""
INSERT INTO demonstration_points (record_id, id, organization_id, organization_no, root_id, level, valid_from, version)
SELECT gen_random_uuid(), gen_random_uuid(), o.id, o.organization_no, o.root_id, r.content->>'demonstration_level',
       o.founded_on, 1
FROM party_organizations o JOIN import_rows r ON r.subject_id = o.id
WHERE r.import_id = :import_id AND r.content->>'demonstration_level' IS NOT NULL
""")


class Ground(NamedTuple):
    """Where the next child goes: below whom, and the counter its siblings have used."""

    id: UUID
    path: str
    root_id: UUID


async def check(db: AsyncSession, batch: Batch) -> None:
    await run_checks(db, batch, CHECKS)
    planting = await _plant(db, batch)
    problems = [
        {
            "import_id": batch.import_id,
            "sheet": batch.sheet,
            "row_no": fault.row_no,
            "column_heading": fault.heading,
            "reason": fault.reason,
        }
        for fault in planting.faults
    ]
    if problems:
        await db.execute(insert(ImportProblem), problems)
        await db.execute(MARK_WRONG, {"import_id": batch.import_id})


async def _plant(db: AsyncSession, batch: Batch) -> Planting:
    rows = await db.execute(
        select(ImportRow.row_no, ImportRow.content, ImportRow.is_wrong)
        .where(ImportRow.import_id == batch.import_id)
        .order_by(ImportRow.row_no)
    )
    staged = [StagedOrganization(*row) for row in rows]
    known = await db.execute(
        select(PartyOrganization.code, PartyOrganization.kind, PartyOrganization.level, PartyOrganization.path).where(
            PartyOrganization.is_active
        )
    )
    existing = {
        row.code: Place(row.kind, OrganizationLevel(row.level))
        for row in known
        if any(is_within(row.path, top) for top in batch.reach)
    }
    return Planting(staged, existing, may_plant_roots="" in batch.reach)


async def publish(db: AsyncSession, batch: Batch) -> None:
    planting = await _plant(db, batch)
    ids = await _ids(db, batch)
    grounds, counters = await _existing_grounds(db, planting)
    organizations = [await _organization(db, placed, ids, grounds, counters) for placed in planting.placed.values()]
    if not organizations:
        return
    await db.execute(insert(PartyOrganization), [_columns(one, counters) for one in organizations])
    here = {"import_id": batch.import_id}
    await db.execute(PLACEMENTS, here)
    await db.execute(POINTS, here)
    await _announce(db, organizations, batch)


async def _ids(db: AsyncSession, batch: Batch) -> dict[int, UUID]:
    rows = await db.execute(
        select(ImportRow.row_no, ImportRow.subject_id).where(ImportRow.import_id == batch.import_id)
    )
    return dict(rows.all())


async def _existing_grounds(db: AsyncSession, planting: Planting) -> tuple[dict[str, Ground], Counter[UUID]]:
    """Takes all places below one existing parent with one locked update each, lowest code first."""
    wanted = Counter(
        one.row.parent_code
        for one in planting.placed.values()
        if one.row.parent_code and one.row.parent_code not in planting.placed
    )
    grounds: dict[str, Ground] = {}
    counters: Counter[UUID] = Counter()
    for code, count in sorted(wanted.items()):
        taken = (
            update(PartyOrganization)
            .where(PartyOrganization.code == code)
            .values(children_counter=PartyOrganization.children_counter + count)
            .returning(
                PartyOrganization.id,
                PartyOrganization.path,
                PartyOrganization.root_id,
                PartyOrganization.children_counter,
            )
        )
        row = (await db.execute(taken.execution_options(synchronize_session=False))).one()
        grounds[code] = Ground(row.id, row.path, row.root_id)
        counters[row.id] = row.children_counter - count
    return grounds, counters


async def _organization(
    db: AsyncSession,
    placed: PlacedOrganization,
    ids: Mapping[int, UUID],
    grounds: dict[str, Ground],
    counters: Counter[UUID],
) -> PartyOrganization:
    content, own_id = placed.row.content, ids[placed.row.row_no]
    if placed.row.parent_code is None:
        parent_id, root_id = None, own_id
        path = path_step(await db.scalar(next_root_step) or 1)
    else:
        parent = grounds[placed.row.parent_code]
        parent_id, root_id = parent.id, parent.root_id
        counters[parent.id] += 1
        path = parent.path + path_step(counters[parent.id])
    grounds[placed.row.code] = Ground(own_id, path, root_id)
    term_ends_on = content.get("term_ends_on")
    return PartyOrganization(
        id=own_id,
        code=content["code"],
        name=content["name"],
        search_keys=search_keys(content["name"]),
        kind=known(OrganizationKind, content["kind"]),
        level=placed.level.value,
        host_kind=known(HostKind, content["host_kind"]) if content.get("host_kind") else None,
        set_up_mode=known(SetUpMode, content["set_up_mode"]) if content.get("set_up_mode") else None,
        parent_id=parent_id,
        root_id=root_id,
        path=path,
        is_directly_managed=placed.is_directly_managed,
        founded_on=date.fromisoformat(content["founded_on"]),
        term_ends_on=date.fromisoformat(term_ends_on) if term_ends_on else None,
        is_active=True,
        version=1,
    )


def _columns(organization: PartyOrganization, counters: Counter[UUID]) -> dict[str, Any]:
    names = (
        "id code name search_keys kind level host_kind set_up_mode parent_id root_id path is_directly_managed"
        " founded_on term_ends_on is_active version"
    )
    values = {name: getattr(organization, name) for name in names.split()}
    return {**values, "children_counter": counters[organization.id]}


async def _announce(db: AsyncSession, organizations: Sequence[PartyOrganization], batch: Batch) -> None:
    revisions = [
        {
            "organization_id": one.id,
            "version": 1,
            "root_id": one.root_id,
            "changed_by": batch.importer.subject,
            "changed_on": batch.today,
            "change": "导入",
            "state": events.state_of(one).model_dump(mode="json"),
        }
        for one in organizations
    ]
    await db.execute(insert(OrganizationRevision), revisions)
    await record_events(db, [events.changed(one) for one in organizations], batch.importer)
    paths = {one.id: one.path for one in organizations}
    named = await db.scalars(select(DemonstrationPoint).where(DemonstrationPoint.organization_id.in_(paths)))
    rows = [points.changed(point, paths[point.organization_id]) for point in named]
    await record_events(db, rows, batch.importer)
