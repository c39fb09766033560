from typing import ClassVar
from uuid import UUID

from records.events import Payload
from scoring.points.indicators.models import CatalogueState
from scoring.subjects import SubjectKind


class CatalogueEvent(Payload):
    id: UUID
    subject_kind: SubjectKind
    name: str
    from_year: int
    required_count: int
    state: CatalogueState


class CatalogueDrafted(CatalogueEvent, title="起草积分指标版本"):
    type: ClassVar[str] = "scoring.catalogue.drafted.v1"


class CatalogueChanged(CatalogueEvent, title="修改积分指标版本"):
    type: ClassVar[str] = "scoring.catalogue.changed.v1"


class CataloguePublished(CatalogueEvent, title="发布积分指标版本"):
    type: ClassVar[str] = "scoring.catalogue.published.v1"
