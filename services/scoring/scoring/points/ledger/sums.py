"""The ledger against the totals, for every subject at once."""

LEDGER = """
SELECT count(*)::int AS entries, count(DISTINCT (subject_kind, subject_id))::int AS subjects,
       coalesce(sum(granted), 0)::text AS points
FROM ledger_entries
"""
DIFFERENCES = """
WITH said AS (
    SELECT subject_id, points_year, indicator_code, period::int, sum(granted) AS points
    FROM ledger_entries GROUP BY 1, 2, 3, 4
), held AS (
    SELECT subject_id, points_year, indicator_code, (place - 1)::int AS period, points
    FROM point_totals, unnest(by_period) WITH ORDINALITY AS each (points, place)
), sums AS (
    SELECT subject_id, points_year, indicator_code, -1 AS period, granted,
           (SELECT coalesce(sum(points), 0) FROM unnest(by_period) AS points) AS by_periods
    FROM point_totals
)
SELECT subject_id::text, points_year::int, indicator_code, period,
       coalesce(said.points, 0)::text AS entries, coalesce(held.points, 0)::text AS total
FROM said FULL JOIN held USING (subject_id, points_year, indicator_code, period)
WHERE coalesce(said.points, 0) <> coalesce(held.points, 0)
UNION ALL
SELECT subject_id::text, points_year::int, indicator_code, period, by_periods::text, granted::text
FROM sums WHERE by_periods <> granted
ORDER BY 1, 2, 3, 4 LIMIT 200
"""
