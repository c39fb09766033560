"""A new revision of the inputs: the parts that are named are read anew, the others stay as they were frozen before."""

from sqlalchemy import text

from scoring.reviews.ratings.statements.attendance import ATTENDANCE
from scoring.reviews.ratings.statements.opinions import OPINIONS
from scoring.reviews.ratings.statements.points import POINTS
from scoring.reviews.ratings.statements.subjects import SUBJECTS

RETIRE_INPUTS = text("""
UPDATE frozen_inputs SET is_current = false
WHERE review_id = :review_id AND is_current AND (CAST(:subject_id AS uuid) IS NULL OR subject_id = :subject_id)
""")

BEFORE = """
before AS (
    SELECT DISTINCT ON (subject_id) * FROM frozen_inputs
    WHERE review_id = :review_id AND (CAST(:subject_id AS uuid) IS NULL OR subject_id = :subject_id)
    ORDER BY subject_id, revision DESC
)"""

INSERT_INPUTS = """
INSERT INTO frozen_inputs (
    review_id, subject_id, revision, root_id, attended, expected, absences, points, maximum, dimensions, indicators,
    ballot_excellent, ballot_qualified, ballot_basic, ballot_unqualified,
    survey_good, survey_fairly_good, survey_ordinary, survey_poor, has_veto,
    parts_set_aside, indicators_set_aside, cause, frozen_at, points_read_at, is_current
)
SELECT :review_id, s.subject_id, coalesce(o.revision, 0) + 1, s.root_id,
       CASE WHEN :attendance_set_aside THEN 0
            WHEN :attendance OR o.revision IS NULL THEN coalesce(a.attended, 0) ELSE o.attended END,
       CASE WHEN :attendance_set_aside THEN 0
            WHEN :attendance OR o.revision IS NULL THEN coalesce(a.expected, 0) ELSE o.expected END,
       CASE WHEN :attendance_set_aside THEN '[]'
            WHEN :attendance OR o.revision IS NULL THEN coalesce(a.absences, '[]') ELSE o.absences END,
       p.points, p.maximum, p.dimensions, p.indicators,
       CASE WHEN :ballot_set_aside THEN 0
            WHEN :ballot OR o.revision IS NULL THEN coalesce(b.excellent, 0) ELSE o.ballot_excellent END,
       CASE WHEN :ballot_set_aside THEN 0
            WHEN :ballot OR o.revision IS NULL THEN coalesce(b.qualified, 0) ELSE o.ballot_qualified END,
       CASE WHEN :ballot_set_aside THEN 0
            WHEN :ballot OR o.revision IS NULL THEN coalesce(b.basic, 0) ELSE o.ballot_basic END,
       CASE WHEN :ballot_set_aside THEN 0
            WHEN :ballot OR o.revision IS NULL THEN coalesce(b.unqualified, 0) ELSE o.ballot_unqualified END,
       CASE WHEN :survey_set_aside THEN 0
            WHEN :survey OR o.revision IS NULL THEN coalesce(v.good, 0) ELSE o.survey_good END,
       CASE WHEN :survey_set_aside THEN 0
            WHEN :survey OR o.revision IS NULL THEN coalesce(v.fairly_good, 0) ELSE o.survey_fairly_good END,
       CASE WHEN :survey_set_aside THEN 0
            WHEN :survey OR o.revision IS NULL THEN coalesce(v.ordinary, 0) ELSE o.survey_ordinary END,
       CASE WHEN :survey_set_aside THEN 0
            WHEN :survey OR o.revision IS NULL THEN coalesce(v.poor, 0) ELSE o.survey_poor END,
       CASE WHEN :veto OR o.revision IS NULL THEN x.subject_id IS NOT NULL ELSE o.has_veto END,
       CAST(:parts_set_aside AS text[]), CAST(:indicators_set_aside AS text[]), :cause, :now,
       CASE WHEN :performance OR o.revision IS NULL THEN business_now() ELSE o.points_read_at END,
       true
FROM subjects s
JOIN performance p USING (subject_id)
LEFT JOIN attendance a USING (subject_id)
LEFT JOIN ballot b USING (subject_id)
LEFT JOIN survey v USING (subject_id)
LEFT JOIN vetoed x USING (subject_id)
LEFT JOIN before o USING (subject_id)
"""

FREEZE = text(f"WITH {SUBJECTS}, {BEFORE}, {POINTS}, {ATTENDANCE}, {OPINIONS} {INSERT_INPUTS}")
