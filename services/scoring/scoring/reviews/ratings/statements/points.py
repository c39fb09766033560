"""年度考绩: the points of the period by subject, indicator and dimension, of the indicators in use.

The first freeze reads the totals of a calendar year, which are the ledger. An upheld objection about performance reads
the ledger itself, as it stands at the decision: everything booked, corrected or reversed since then enters for that
subject. One about something else takes the points as they were frozen. Only claims filed after the freeze stay out,
with their reversals (rules §7): no objection lets them in. Indicators set aside leave points and maximum.
"""

IN_PERIOD = """
CASE WHEN scheme.is_calendar_year THEN e.points_year = scheme.points_year
     ELSE coalesce(reversed.occurred_on, e.occurred_on) BETWEEN scheme.period_from AND scheme.period_to END"""
"""Whether the entry `e`, or what it took back (`reversed`), lies in the period of the scheme."""


def filed_in_time(review_id: str) -> str:
    """Whether the entry `e` has another cause than a claim filed after the freeze of that review."""
    return f"""
NOT EXISTS (
    SELECT FROM claims c JOIN frozen_inputs w
    ON w.review_id = {review_id} AND w.subject_id = c.subject_id AND w.cause = 'frozen'
    WHERE c.subject_id = e.subject_id AND coalesce(reversed.source, e.source) = 'scoring.claim'
      AND split_part(coalesce(reversed.source_ref, e.source_ref), '/', 1) = c.id::text
    GROUP BY c.id HAVING c.claimed_at > max(w.points_read_at))"""


POINTS = f"""
totals AS (
    SELECT t.subject_id, t.indicator_code, t.granted
    FROM scheme JOIN point_totals t ON t.points_year = scheme.points_year
    WHERE scheme.is_calendar_year AND :is_whole AND t.subject_id IN (SELECT subject_id FROM subjects)
    UNION ALL
    SELECT e.subject_id, e.indicator_code, sum(e.granted)
    FROM scheme CROSS JOIN ledger_entries e LEFT JOIN ledger_entries reversed ON reversed.id = e.reversal_of
    WHERE NOT (scheme.is_calendar_year AND :is_whole) AND :performance
      AND e.subject_id IN (SELECT subject_id FROM subjects)
      AND {IN_PERIOD}
      AND (:is_whole OR {filed_in_time(":review_id")})
    GROUP BY e.subject_id, e.indicator_code
    UNION ALL
    SELECT o.subject_id, kept ->> 'code', (kept ->> 'points')::numeric
    FROM before o CROSS JOIN jsonb_array_elements(o.indicators) kept WHERE NOT :performance
), items AS (
    SELECT i.code, i.name, i.dimension, i.annual_cap, i.position
    FROM scheme JOIN indicators i USING (catalogue_id)
    WHERE (scheme.indicators_in_use IS NULL OR i.code = ANY(scheme.indicators_in_use))
      AND NOT i.code = ANY(CAST(:indicators_set_aside AS text[]))
), dimension_maxima AS (
    SELECT dimension, sum(annual_cap) AS maximum FROM items GROUP BY dimension
), earned AS (
    SELECT t.subject_id, i.code, i.name, i.dimension, i.position, t.granted
    FROM totals t JOIN items i ON i.code = t.indicator_code WHERE t.granted <> 0
), by_indicator AS (
    SELECT subject_id, sum(granted) AS points,
           jsonb_agg(jsonb_build_object('code', code, 'name', name, 'dimension', dimension, 'points', granted::text)
                     ORDER BY position) AS indicators
    FROM earned GROUP BY subject_id
), by_dimension AS (
    SELECT subject_id, dimension, sum(granted) AS points FROM earned GROUP BY subject_id, dimension
), performance AS (
    SELECT s.subject_id, coalesce(p.points, 0) AS points, coalesce(p.indicators, '[]') AS indicators,
           (SELECT sum(maximum) FROM dimension_maxima) AS maximum,
           (SELECT jsonb_agg(jsonb_build_object('dimension', m.dimension, 'points', coalesce(d.points, 0.00)::text,
                                                'maximum', m.maximum::text) ORDER BY m.dimension)
            FROM dimension_maxima m
            LEFT JOIN by_dimension d ON d.subject_id = s.subject_id AND d.dimension = m.dimension) AS dimensions
    FROM subjects s LEFT JOIN by_indicator p USING (subject_id)
)"""  # noqa: S608 - put together from the constants above
