from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, Text, Uuid, column, func, literal, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from scoring.points.claims.models import Claim, ClaimEvidence, ClaimState
from scoring.points.evidence.models import EvidenceFile
from scoring.reference.projections.queries import subjects_visible_to


def visible_to(actor: Actor) -> Select[Claim]:
    return select(Claim).where(Claim.subject_id.in_(subjects_visible_to(actor)))


async def pending_for(db: AsyncSession, organization_id: UUID, until: date) -> Sequence[Claim]:
    """Claims no evaluation has taken up yet, locked in one order."""
    query = select(Claim).where(
        Claim.organization_id == organization_id,
        Claim.state == ClaimState.PENDING,
        Claim.evaluation_id.is_(None),
        Claim.occurred_on <= until,
    )
    return (await db.scalars(query.order_by(Claim.id).with_for_update())).all()


async def taken_up_by(db: AsyncSession, evaluation_id: UUID, *, lock: bool = False) -> Sequence[Claim]:
    query = select(Claim).where(Claim.evaluation_id == evaluation_id, Claim.state != ClaimState.WITHDRAWN)
    query = query.order_by(Claim.id)
    return (await db.scalars(query.with_for_update() if lock else query)).all()


def evidence_ids(claim_id: Any) -> Any:
    """Ids of the claim's evidence, as a column of the row that has its id."""
    files = select(ClaimEvidence.file_id).where(ClaimEvidence.claim_id == claim_id).order_by(ClaimEvidence.file_id)
    return func.array(files.scalar_subquery(), type_=ARRAY(Uuid()))


def evaluation_name(evaluation_id: Any) -> Any:
    """ "2025-03 月度评价" of the evaluation that took a claim up; its table belongs to a higher domain."""
    taking = table("monthly_evaluations", column("id", Uuid), column("month", Text)).alias()
    return select(taking.c.month + literal(" 月度评价")).where(taking.c.id == evaluation_id).scalar_subquery()


async def files_uploaded_by(db: AsyncSession, subject: UUID, file_ids: Sequence[UUID]) -> set[UUID]:
    query = select(EvidenceFile.id).where(EvidenceFile.id.in_(file_ids), EvidenceFile.uploaded_by == subject)
    return set(await db.scalars(query))
