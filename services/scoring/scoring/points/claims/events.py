from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from scoring.points.claims.models import ClaimState
from scoring.subjects import SubjectKind


class ClaimEvent(Payload):
    id: UUID
    subject_kind: SubjectKind
    subject_id: UUID
    organization_id: UUID
    indicator_code: str
    occurred_on: date
    state: ClaimState
    evaluation_id: UUID | None


class ClaimFiled(ClaimEvent, title="申报积分"):
    type: ClassVar[str] = "scoring.claim.filed.v1"


class ClaimConfirmed(ClaimEvent, title="申报获确认"):
    type: ClassVar[str] = "scoring.claim.confirmed.v1"


class ClaimRefused(ClaimEvent, title="申报未通过"):
    type: ClassVar[str] = "scoring.claim.refused.v1"


class ClaimReopened(ClaimEvent, title="申报重新待评价"):
    type: ClassVar[str] = "scoring.claim.reopened.v1"


class ClaimWithdrawn(ClaimEvent, title="撤回申报"):
    type: ClassVar[str] = "scoring.claim.withdrawn.v1"


TOLD_OF: dict[ClaimState, type[ClaimEvent]] = {
    ClaimState.PENDING: ClaimFiled,
    ClaimState.CONFIRMED: ClaimConfirmed,
    ClaimState.REFUSED: ClaimRefused,
    ClaimState.WITHDRAWN: ClaimWithdrawn,
}
