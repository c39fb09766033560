"""The scheme of the review, and those of its subjects who are looked at: one of them, or all."""

POINTS_YEAR = """
extract(year FROM c.period_to)::smallint AS points_year,
c.period_from = make_date(extract(year FROM c.period_to)::int, 1, 1)
    AND c.period_to = make_date(extract(year FROM c.period_to)::int, 12, 31) AS is_calendar_year"""
"""Whether the period of the cycle `c` is a calendar year, and which year it ends in."""

SUBJECTS = f"""
scheme AS (
    SELECT r.id AS review_id, c.catalogue_id, c.indicators_in_use, c.period_from, c.period_to, c.subject_kind,
           {POINTS_YEAR}
    FROM reviews r JOIN cycles c ON c.id = r.cycle_id WHERE r.id = :review_id
), subjects AS (
    SELECT s.subject_id, s.root_id FROM review_subjects s
    WHERE s.review_id = :review_id AND (CAST(:subject_id AS uuid) IS NULL OR s.subject_id = :subject_id)
)"""  # noqa: S608 - put together from the constants above
