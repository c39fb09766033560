"""What checks and publishers share: the staged rows of one import, and how a fault of theirs is recorded."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from registry.dates import After, DateRules

REACHED = """
reached AS (
    SELECT o.id, o.code, o.level, o.path, o.root_id, o.organization_no, o.founded_on
    FROM party_organizations o
    WHERE o.is_active AND EXISTS (SELECT 1 FROM unnest(CAST(:reach AS text[])) AS top WHERE starts_with(o.path, top))
)"""


class Importer(NamedTuple):
    subject: UUID


@dataclass(frozen=True, slots=True)
class Batch:
    import_id: UUID
    sheet: str
    reach: tuple[str, ...]
    today: date
    importer: Importer

    def parameters(self, **others: Any) -> dict[str, Any]:
        return {"import_id": self.import_id, "reach": list(self.reach), **others}


class Check(NamedTuple):
    """`condition` is SQL over the staged row `r`; true means wrong."""

    heading: str
    reason: str
    condition: str

    def statement(self) -> TextClause:
        return text(
            f"WITH {REACHED} "  # noqa: S608 - conditions are constants of this package
            "INSERT INTO import_problems (import_id, sheet, row_no, column_heading, reason) "
            "SELECT r.import_id, :sheet, r.row_no, :heading, :reason FROM import_rows r "
            f"WHERE r.import_id = :import_id AND NOT r.is_wrong AND ({self.condition})"
        )


def check_dates(rules: DateRules, rule: After, heading: str, *, later: str, earlier: str, among: str) -> Check:
    """Between the row and the records it names: `among` is what follows SELECT 1, up to its last condition."""
    broken = rule.in_sql(later, earlier)
    return Check(heading, rules.reason(rule), f"EXISTS (SELECT 1 {among} AND {broken})")


MARK_WRONG = text("""
UPDATE import_rows r SET is_wrong = true
WHERE r.import_id = :import_id AND NOT r.is_wrong
  AND EXISTS (SELECT 1 FROM import_problems p WHERE p.import_id = r.import_id AND p.row_no = r.row_no)
""")


async def run_checks(db: AsyncSession, batch: Batch, checks: tuple[Check, ...]) -> None:
    """Every check sees every row that was right before, so that a row names all its faults at once."""
    for check in checks:
        named = {"sheet": batch.sheet, "heading": check.heading, "reason": check.reason}
        parameters = batch.parameters(**named)
        await db.execute(check.statement(), parameters)
    await db.execute(MARK_WRONG, {"import_id": batch.import_id})
