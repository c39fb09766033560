"""The rating's own statements over a draft: inputs as they were frozen, points granted again where the draft differs.

What is granted again are the entries behind the frozen points, as they were asked for before any cap: once with the
points and caps they were booked by, and once with the draft's. The difference is added to what was frozen, so that the
order in which caps were used up, reversals and entries outside the period move nothing of their own. Everything else
keeps the points that were frozen.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Label,
    Numeric,
    Select,
    String,
    Uuid,
    bindparam,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from kit.access import Actor
from kit.database import stored_enum
from roster.models import PartyOrganization
from scoring.insight.what_if.kinds import StarChange
from scoring.points.ledger.rules import PERIODS_PER_YEAR
from scoring.reviews.access.registers import review_name
from scoring.reviews.ratings.statements.points import IN_PERIOD, filed_in_time
from scoring.reviews.ratings.statements.stars import COMPOSITE, PARTS, STARS
from scoring.reviews.ratings.statements.subjects import POINTS_YEAR

SCHEME = {
    "star_model": "text",
    **{f"weight_{name}": "integer" for name in ("attendance", "performance", "ballot", "survey")},
    **{f"band_{name}": "numeric" for name in ("five", "four", "three", "two")},
    "floor": "numeric",
    "dimension_share": "numeric",
    "veto_cap": "integer",
}
"""What a draft may say of the scheme."""

GRADES = ("grade_excellent", "grade_qualified", "grade_basic", "grade_unqualified")
COUNTS = (
    "attended, expected, ballot_excellent, ballot_qualified, ballot_basic, ballot_unqualified, "
    "survey_good, survey_fairly_good, survey_ordinary, survey_poor, has_veto"
)

DRAFT = f"""
scheme AS (
    SELECT c.period_from, c.period_to, {POINTS_YEAR} FROM cycles c WHERE c.id = :cycle_id
), schemes AS (
    SELECT c.id, c.catalogue_id, c.period_from, c.period_to, c.fewest_answers,
           {", ".join(f"c.{name}" for name in GRADES)}, draft.*
    FROM cycles c
    CROSS JOIN jsonb_to_record(CAST(:scheme AS jsonb)) AS draft({", ".join(map(" ".join, SCHEME.items()))})
    WHERE c.id = :cycle_id
), items AS (
    SELECT * FROM jsonb_to_recordset(CAST(:items AS jsonb)) AS item(
        code text, name text, dimension text, annual_cap numeric, periods integer, is_changed boolean,
        points numeric, points_before numeric)
), held AS (
    SELECT f.* FROM frozen_inputs f JOIN reviews r ON r.id = f.review_id
    WHERE r.cycle_id = :cycle_id AND f.is_current
)"""  # noqa: S608 - put together from the constants above

PERIODS_THEN = " ".join(f"WHEN '{cadence}' THEN {periods}" for cadence, periods in PERIODS_PER_YEAR.items())


def granted(side: str) -> str:
    """Points of the entries `booked`, by the points, cap and periods of that side: `then` or `now`, whole cents."""
    return f"""
    SELECT review_id, subject_id, code, sum(points) AS points FROM (
        SELECT review_id, subject_id, code, round(least(cap_{side}, sum(points)), 2) AS points FROM (
            SELECT review_id, subject_id, code, points_year, cap_{side},
                   least(cap_{side} / periods_{side}, sum(asked_{side})) AS points
            FROM booked
            GROUP BY review_id, subject_id, code, points_year, cap_{side}, periods_{side}, month * periods_{side} / 12
        ) of_periods GROUP BY review_id, subject_id, code, points_year, cap_{side}
    ) of_years GROUP BY review_id, subject_id, code"""  # noqa: S608 - put together from the two sides


POINTS = f"""
was AS (
    SELECT h.review_id, h.subject_id, kept ->> 'code' AS code, kept ->> 'name' AS name,
           (kept ->> 'points')::numeric AS points
    FROM held h CROSS JOIN jsonb_array_elements(h.indicators) kept
), booked AS (
    SELECT h.review_id, h.subject_id, i.code, e.points_year,
           extract(month FROM coalesce(reversed.occurred_on, e.occurred_on))::int - 1 AS month,
           e.requested AS asked_then, b.annual_cap AS cap_then, CASE b.cadence {PERIODS_THEN} END AS periods_then,
           round(e.requested * i.points / b.points, 2) AS asked_now, i.annual_cap AS cap_now, i.periods AS periods_now
    FROM scheme CROSS JOIN held h
    JOIN items i ON i.is_changed AND NOT i.code = ANY(h.indicators_set_aside)
    JOIN ledger_entries e ON e.subject_id = h.subject_id AND e.indicator_code = i.code
    JOIN indicators b ON b.catalogue_id = e.catalogue_id AND b.code = e.indicator_code
    LEFT JOIN ledger_entries reversed ON reversed.id = e.reversal_of
    WHERE {IN_PERIOD} AND e.recorded_at <= h.points_read_at AND {filed_in_time("h.review_id")}
), granted_then AS ({granted("then")}
), granted_now AS ({granted("now")}
), earned AS (
    SELECT w.review_id, w.subject_id, w.code, w.name, i.dimension, w.points
    FROM was w JOIN items i ON i.code = w.code AND NOT i.is_changed
    UNION ALL
    SELECT review_id, subject_id, code, i.name, i.dimension,
           greatest(0, coalesce(w.points, 0) + n.points - t.points) AS points
    FROM granted_now n JOIN granted_then t USING (review_id, subject_id, code)
    JOIN items i USING (code) LEFT JOIN was w USING (review_id, subject_id, code)
), moved AS (
    SELECT review_id, subject_id, jsonb_agg(jsonb_build_object(
               'code', code, 'name', coalesce(w.name, e.name), 'before', coalesce(w.points, 0.00)::text,
               'after', round(coalesce(e.points, 0), 2)::text) ORDER BY code) AS moved
    FROM was w FULL JOIN earned e USING (review_id, subject_id, code)
    WHERE coalesce(w.points, 0) <> coalesce(e.points, 0) GROUP BY review_id, subject_id
), maxima AS (
    SELECT a.indicators_set_aside, i.dimension, sum(i.annual_cap) AS maximum
    FROM (SELECT DISTINCT indicators_set_aside FROM held) a JOIN items i ON NOT i.code = ANY(a.indicators_set_aside)
    GROUP BY a.indicators_set_aside, i.dimension
), by_dimension AS (
    SELECT review_id, subject_id, dimension, sum(points) AS points FROM earned GROUP BY review_id, subject_id, dimension
), frozen AS (
    SELECT h.review_id, h.subject_id, {COUNTS}, coalesce(sum(d.points), 0) AS points,
           coalesce(sum(m.maximum), 0) AS maximum,
           coalesce(jsonb_agg(jsonb_build_object(
               'dimension', m.dimension, 'points', coalesce(d.points, 0)::text, 'maximum', m.maximum::text)
               ORDER BY m.dimension) FILTER (WHERE m.dimension IS NOT NULL), '[]') AS dimensions
    FROM held h LEFT JOIN maxima m USING (indicators_set_aside)
    LEFT JOIN by_dimension d ON d.review_id = h.review_id AND d.subject_id = h.subject_id AND d.dimension = m.dimension
    GROUP BY h.review_id, h.subject_id, {COUNTS}
)"""  # noqa: S608 - put together from the constants above

OUTCOME = """
SELECT c.review_id, c.subject_id, r.organization_id, s.name AS subject_name, c.peer_kind,
       o.proposed_stars AS stars_before, c.stars AS stars_after,
       coalesce(c.stars, 0) - coalesce(o.proposed_stars, 0) AS difference,
       CASE WHEN c.stars IS NOT DISTINCT FROM o.proposed_stars THEN 'stays'
            WHEN coalesce(c.stars, -1) > coalesce(o.proposed_stars, -1) THEN 'rises' ELSE 'falls' END AS change,
       o.composite AS composite_before, c.composite AS composite_after,
       h.points AS points_before, round(c.points, 2) AS points_after,
       h.maximum AS maximum_before, round(c.maximum, 2) AS maximum_after,
       o.attendance AS attendance_before, c.attendance AS attendance_after,
       o.performance AS performance_before, c.performance AS performance_after,
       o.ballot AS ballot_before, c.ballot AS ballot_after, o.survey AS survey_before, c.survey AS survey_after,
       h.dimensions AS dimensions_before, c.dimensions AS dimensions_after, coalesce(m.moved, '[]') AS moved
FROM capped c
JOIN held h USING (review_id, subject_id)
JOIN ratings o ON o.review_id = c.review_id AND o.subject_id = c.subject_id AND o.is_current
JOIN reviews r ON r.id = c.review_id
JOIN review_subjects s ON s.review_id = c.review_id AND s.subject_id = c.subject_id
LEFT JOIN moved m ON m.review_id = c.review_id AND m.subject_id = c.subject_id
"""
STATEMENT = text(f"WITH {DRAFT}, {POINTS}, {PARTS}, {COMPOSITE}, {STARS} {OUTCOME}")
PART_NAMES = ("attendance", "performance", "ballot", "survey")
NUMBERS = ("composite", "points", "maximum", *PART_NAMES)
TYPES: dict[str, TypeEngine[Any]] = {
    "review_id": Uuid(),
    "subject_id": Uuid(),
    "subject_name": String(),
    "peer_kind": String(),
    "stars_before": Integer(),
    "stars_after": Integer(),
    "difference": Integer(),
    "change": stored_enum(StarChange),
    **{f"{name}_{side}": Numeric() for name in NUMBERS for side in ("before", "after")},
    **dict.fromkeys(("dimensions_before", "dimensions_after", "moved"), JSONB()),
}


def column(name: str, kind: TypeEngine[Any] | None = None) -> ColumnElement[Any]:
    return literal_column(f"what_if.{name}", kind or TYPES[name])


COLUMNS: dict[str, Label[Any]] = {name: column(name).label(name) for name in TYPES}


def outcomes(
    actor: Actor, cycle_id: UUID, *, scheme: Mapping[str, Any], items: list[dict[str, Any]]
) -> Select[*tuple[Any, ...]]:
    """Every rated subject of the cycle whose review the caller's offices reach, with its star before and after."""
    values: list[BindParameter[Any]] = [
        bindparam("cycle_id", cycle_id, type_=Uuid()),
        bindparam("scheme", dict(scheme), type_=JSONB()),
        bindparam("items", items, type_=JSONB()),
    ]
    drafted = STATEMENT.bindparams(*values).columns(**TYPES, organization_id=Uuid()).subquery("what_if")
    seen = select(PartyOrganization.id).where(actor.reaches(PartyOrganization.path))
    query = select(*COLUMNS.values(), review_name(column("review_id")).label("review_name")).select_from(drafted)
    return query.where(column("organization_id", Uuid()).in_(seen))
