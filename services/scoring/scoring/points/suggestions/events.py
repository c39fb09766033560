from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from scoring.points.suggestions.kinds import SuggestionKind, SuggestionState


class SuggestionChanged(Payload, title="建议变更"):
    """`is_earning` of a member's suggestion that was adopted, and not void."""

    type: ClassVar[str] = "scoring.suggestion.changed.v1"
    id: UUID
    organization_id: UUID
    member_id: UUID | None
    kind: SuggestionKind
    state: SuggestionState
    proposed_on: date
    happened_on: date
    is_earning: bool
    revision: int
