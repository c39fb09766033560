from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.units.coverage.schemas import CoverageFigures, DenominatorScope


class CoverageReportStated(Payload, title="公布覆盖率报告"):
    """A rate travels with the denominator it was stated over."""

    type: ClassVar[str] = "registry.coverage_report.stated.v1"
    id: UUID
    organization_id: UUID
    denominator_scope: DenominatorScope
    figures: dict[str, CoverageFigures]
