from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import ColumnElement, Select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import check_version, tag
from kit.paging import Page
from records.events import record_events
from records.files import Export
from records.findings import FindingStatus, Reach, Severity
from records.listing import slice_of
from registry.kinds import known
from registry.oversight.findings import queries
from registry.oversight.findings.declared import BY_CODE, chosen, statement_of
from registry.oversight.findings.evaluation import lock, open_new
from registry.oversight.findings.events import FindingAcknowledged, told
from registry.oversight.findings.kinds import FindingSubject
from registry.oversight.findings.models import Finding
from registry.oversight.findings.queries import FOUND
from registry.oversight.findings.schemas import FindingAcknowledge, FindingListing, FindingRead
from registry.own_cases import refuse_own_case
from registry.tree.organizations.queries import belonging


class FindingNotFound(problems.NotFound):
    code = "finding-not-found"
    detail = "没有这项发现(可能已经消除),或不在您的管理范围内"


class FindingNotOpen(problems.Conflict):
    code = "finding-not-open"
    detail = "这项发现已经说明或已经消除"


def seen_by(actor: Actor) -> Reach:
    """Findings for which an organisation of the actor's offices is responsible."""

    def seen(organization_id: Any) -> ColumnElement[bool]:
        return belonging(organization_id)(actor)

    return seen


def readable(row: Mapping[str, Any], day: date) -> dict[str, Any]:
    """With what is the same for every finding of a code, and the words for what the columns hold."""
    declared = BY_CODE[row["code"]]
    return {
        **row,
        "code": declared.code,
        "severity": known(Severity, row["severity"]),
        "status": known(FindingStatus, row["status"]),
        "subject_kind": known(FindingSubject, row["subject_kind"]),
        "statement": statement_of(declared, row["value"], day),
        "action": declared.action,
        "rule": declared.rule,
        "source": declared.source,
    }


def _shown(row: Any, day: date) -> FindingRead:
    fields = readable(row._mapping, day)
    return FindingRead.model_construct(**{name: fields[name] for name in FindingRead.model_fields})


def _wanted(actor: Actor, wanted: FindingListing, day: date) -> Select[Any]:
    return queries.findings(day, seen_by(actor), chosen(wanted.code, wanted.severity))


async def page(db: AsyncSession, actor: Actor, wanted: FindingListing, *, today: date) -> Page[FindingRead]:
    found = await slice_of(db, _wanted(actor, wanted, today), wanted)
    items = [_shown(row, today) for row in found.rows]
    return Page[FindingRead].model_construct(items=items, next=found.next, total=found.total)


async def export(wanted: FindingListing, to: Export, *, today: date) -> Response:
    rows = await to.select(wanted.ordered(_wanted(to.actor, wanted, today)))
    return await to.file("发现问题", FindingRead, (readable(row._mapping, today) for row in rows))


async def _find(db: AsyncSession, actor: Actor, finding_id: UUID, today: date) -> Any:
    query = queries.findings(today, seen_by(actor)).where(FOUND.c.id == finding_id)
    row = (await db.execute(query)).first()
    if row is None:
        raise FindingNotFound
    return row


async def show(db: AsyncSession, actor: Actor, finding_id: UUID, response: Response, *, today: date) -> FindingRead:
    row = await _find(db, actor, finding_id, today)
    tag(response, row)
    return _shown(row, today)


async def acknowledge(
    db: AsyncSession,
    finding_id: UUID,
    answer: FindingAcknowledge,
    *,
    if_match: int,
    actor: Actor,
    today: date,
    now: datetime,
) -> None:
    """It stays a finding as long as it holds, but is nobody's task any more. What was not told yet is told first."""
    row = await _find(db, actor, finding_id, today)
    refuse_own_case(actor, row.person_id)
    if row.status == FindingStatus.CLOSED:
        raise FindingNotOpen
    declared = BY_CODE[row.code]
    await lock(db, declared)
    await open_new(db, queries.holding(today, seen_by(actor), [declared]).where(FOUND.c.id == finding_id))
    finding = await db.get_one(Finding, finding_id, with_for_update=True, populate_existing=True)
    check_version(finding, if_match)
    if finding.acknowledged_at is not None:
        raise FindingNotOpen
    finding.acknowledged_by, finding.acknowledged_at, finding.acknowledgement = actor.subject, now, answer.reason
    await db.flush()
    payload = FindingAcknowledged(
        id=finding.id,
        code=declared.code,
        subject_kind=finding.subject_kind,
        subject_id=finding.subject_id,
        organization_id=finding.organization_id,
        began_on=finding.began_on,
        reason=answer.reason,
    )
    await record_events(db, [told(payload, finding, row.path)], actor)
