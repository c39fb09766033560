from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
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


async def evidence_of(db: AsyncSession, claim_id: UUID) -> list[UUID]:
    query = select(ClaimEvidence.file_id).where(ClaimEvidence.claim_id == claim_id).order_by(ClaimEvidence.file_id)
    return list(await db.scalars(query))


async def files_uploaded_by(db: AsyncSession, subject: UUID, file_ids: Sequence[UUID]) -> set[UUID]:
    query = select(EvidenceFile.id).where(EvidenceFile.id.in_(file_ids), EvidenceFile.uploaded_by == subject)
    return set(await db.scalars(query))
