"""民主测评, 民意调查 and 一票否决: the counts of the last valid ballot, the survey's, and whether a veto stands."""

OPINIONS = """
ballot AS (
    SELECT b.subject_id, b.excellent, b.qualified, b.basic, b.unqualified
    FROM ballot_counts b
    WHERE b.ballot_id = (SELECT id FROM ballots WHERE review_id = :review_id AND kind = 'democratic'
                         AND state = 'closed' AND is_valid ORDER BY id DESC LIMIT 1)
), survey AS (
    SELECT v.subject_id, v.good, v.fairly_good, v.ordinary, v.poor
    FROM survey_results v WHERE v.review_id = :review_id AND v.kind = 'public'
), vetoed AS (
    SELECT DISTINCT x.subject_id FROM vetoes x WHERE x.review_id = :review_id AND x.lifted_on IS NULL
)"""
