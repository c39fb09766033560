"""The two set-based statements of a rating: freeze the inputs, rate them (architecture D13).

The first freeze reads the totals of a calendar year, which are the ledger. An upheld objection about performance reads
the ledger itself, as it stands at the decision: everything booked, corrected or reversed since then enters for that
subject. Only claims filed after the freeze stay out, with their reversals (rules §7): no objection lets them in.
"""

from sqlalchemy import text

RETIRE_INPUTS = text("""
UPDATE frozen_inputs SET is_current = false
WHERE review_id = :review_id AND is_current AND (CAST(:subject_id AS uuid) IS NULL OR subject_id = :subject_id)
""")

RETIRE_RATINGS = text("""
UPDATE ratings SET is_current = false
WHERE review_id = :review_id AND is_current AND (CAST(:subject_id AS uuid) IS NULL OR subject_id = :subject_id)
""")

FREEZE = text("""
WITH scheme AS (
    SELECT r.id AS review_id, c.catalogue_id, c.period_from, c.period_to, c.subject_kind,
           extract(year FROM c.period_to)::smallint AS points_year,
           c.period_from = make_date(extract(year FROM c.period_to)::int, 1, 1)
               AND c.period_to = make_date(extract(year FROM c.period_to)::int, 12, 31) AS is_calendar_year
    FROM reviews r JOIN cycles c ON c.id = r.cycle_id WHERE r.id = :review_id
), subjects AS (
    SELECT s.subject_id, s.root_id FROM review_subjects s
    WHERE s.review_id = :review_id AND (CAST(:subject_id AS uuid) IS NULL OR s.subject_id = :subject_id)
), totals AS (
    SELECT t.subject_id, t.indicator_code, t.granted
    FROM scheme JOIN point_totals t ON t.points_year = scheme.points_year
    WHERE scheme.is_calendar_year AND :is_whole AND t.subject_id IN (SELECT subject_id FROM subjects)
    UNION ALL
    SELECT e.subject_id, e.indicator_code, sum(e.granted)
    FROM scheme CROSS JOIN ledger_entries e LEFT JOIN ledger_entries reversed ON reversed.id = e.reversal_of
    WHERE NOT (scheme.is_calendar_year AND :is_whole) AND e.subject_id IN (SELECT subject_id FROM subjects)
      AND CASE WHEN scheme.is_calendar_year THEN e.points_year = scheme.points_year
          ELSE coalesce(reversed.occurred_on, e.occurred_on) BETWEEN scheme.period_from AND scheme.period_to END
      AND NOT EXISTS (
          SELECT FROM claims c JOIN frozen_inputs w
          ON w.review_id = :review_id AND w.subject_id = c.subject_id AND w.cause = 'frozen'
          WHERE NOT :is_whole AND coalesce(reversed.source, e.source) = 'scoring.claim'
            AND coalesce(reversed.source_ref, e.source_ref) = c.id::text
          GROUP BY c.id HAVING c.claimed_at > max(w.points_read_at))
    GROUP BY e.subject_id, e.indicator_code
), items AS (
    SELECT i.code, i.name, i.dimension, i.annual_cap, i.position
    FROM indicators i WHERE i.catalogue_id = (SELECT catalogue_id FROM scheme)
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
), dimensioned AS (
    SELECT s.subject_id,
           jsonb_agg(jsonb_build_object('dimension', m.dimension, 'points', coalesce(d.points, 0.00)::text,
                                        'maximum', m.maximum::text) ORDER BY m.dimension) AS dimensions
    FROM subjects s CROSS JOIN dimension_maxima m
    LEFT JOIN by_dimension d ON d.subject_id = s.subject_id AND d.dimension = m.dimension
    GROUP BY s.subject_id
), attendance AS (
    SELECT CASE scheme.subject_kind WHEN 'member' THEN a.member_id ELSE a.organization_id END AS subject_id,
           count(*) FILTER (WHERE a.is_valid AND a.attended OR a.made_up_on IS NOT NULL) AS attended,
           count(*) AS expected
    FROM scheme JOIN meeting_attendances a ON a.held_on BETWEEN scheme.period_from AND scheme.period_to
    WHERE CASE scheme.subject_kind WHEN 'member' THEN a.member_id IN (SELECT subject_id FROM subjects)
          ELSE a.organization_id IN (SELECT subject_id FROM subjects) END
    GROUP BY 1
), ballot AS (
    SELECT b.subject_id, b.excellent, b.qualified, b.basic, b.unqualified
    FROM ballot_counts b
    WHERE b.ballot_id = (SELECT id FROM ballots WHERE review_id = :review_id AND kind = 'democratic'
                         AND state = 'closed' AND is_valid ORDER BY id DESC LIMIT 1)
), before AS (
    SELECT DISTINCT ON (subject_id) * FROM frozen_inputs
    WHERE review_id = :review_id AND (CAST(:subject_id AS uuid) IS NULL OR subject_id = :subject_id)
    ORDER BY subject_id, revision DESC
)
INSERT INTO frozen_inputs (
    review_id, subject_id, revision, root_id, attended, expected, points, maximum, dimensions, indicators,
    ballot_excellent, ballot_qualified, ballot_basic, ballot_unqualified,
    survey_good, survey_fairly_good, survey_ordinary, survey_poor, has_veto, cause, frozen_at, points_read_at,
    is_current
)
SELECT :review_id, s.subject_id, coalesce(o.revision, 0) + 1, s.root_id,
       CASE WHEN :attendance OR o.revision IS NULL THEN coalesce(a.attended, 0) ELSE o.attended END,
       CASE WHEN :attendance OR o.revision IS NULL THEN coalesce(a.expected, 0) ELSE o.expected END,
       CASE WHEN :performance OR o.revision IS NULL THEN coalesce(p.points, 0) ELSE o.points END,
       (SELECT sum(maximum) FROM dimension_maxima),
       CASE WHEN :performance OR o.revision IS NULL THEN d.dimensions ELSE o.dimensions END,
       CASE WHEN :performance OR o.revision IS NULL THEN coalesce(p.indicators, '[]') ELSE o.indicators END,
       CASE WHEN :ballot OR o.revision IS NULL THEN coalesce(b.excellent, 0) ELSE o.ballot_excellent END,
       CASE WHEN :ballot OR o.revision IS NULL THEN coalesce(b.qualified, 0) ELSE o.ballot_qualified END,
       CASE WHEN :ballot OR o.revision IS NULL THEN coalesce(b.basic, 0) ELSE o.ballot_basic END,
       CASE WHEN :ballot OR o.revision IS NULL THEN coalesce(b.unqualified, 0) ELSE o.ballot_unqualified END,
       CASE WHEN :survey OR o.revision IS NULL THEN coalesce(v.good, 0) ELSE o.survey_good END,
       CASE WHEN :survey OR o.revision IS NULL THEN coalesce(v.fairly_good, 0) ELSE o.survey_fairly_good END,
       CASE WHEN :survey OR o.revision IS NULL THEN coalesce(v.ordinary, 0) ELSE o.survey_ordinary END,
       CASE WHEN :survey OR o.revision IS NULL THEN coalesce(v.poor, 0) ELSE o.survey_poor END,
       CASE WHEN :veto OR o.revision IS NULL THEN EXISTS (
           SELECT FROM vetoes x
           WHERE x.review_id = :review_id AND x.subject_id = s.subject_id AND x.lifted_on IS NULL
       ) ELSE o.has_veto END,
       :cause, :now,
       CASE WHEN :performance OR o.revision IS NULL THEN now() ELSE o.points_read_at END,
       true
FROM subjects s
JOIN dimensioned d USING (subject_id)
LEFT JOIN by_indicator p USING (subject_id)
LEFT JOIN attendance a USING (subject_id)
LEFT JOIN ballot b USING (subject_id)
LEFT JOIN survey_results v ON v.review_id = :review_id AND v.subject_id = s.subject_id AND v.kind = 'public'
LEFT JOIN before o ON o.subject_id = s.subject_id
""")

RATE = text("""
WITH inputs AS (
    SELECT f.*, r.cycle_id, r.superior_id, s.peer_kind, c.star_model, c.catalogue_id, c.period_from, c.period_to,
           c.weight_attendance, c.weight_performance, c.weight_ballot, c.weight_survey,
           c.grade_excellent, c.grade_qualified, c.grade_basic, c.grade_unqualified,
           c.band_five, c.band_four, c.band_three, c.band_two, c.floor, c.dimension_share, c.veto_cap,
           f.ballot_excellent + f.ballot_qualified + f.ballot_basic + f.ballot_unqualified AS grades_given,
           f.survey_good + f.survey_fairly_good + f.survey_ordinary + f.survey_poor AS answers
    FROM frozen_inputs f
    JOIN reviews r ON r.id = f.review_id
    JOIN cycles c ON c.id = r.cycle_id
    JOIN review_subjects s ON s.review_id = f.review_id AND s.subject_id = f.subject_id
    WHERE f.review_id = :review_id AND f.is_current
      AND (CAST(:subject_id AS uuid) IS NULL OR f.subject_id = :subject_id)
), parts AS (
    SELECT i.*,
           CASE WHEN expected > 0 THEN least(100, round(100.0 * attended / expected, 2)) END AS attendance,
           CASE WHEN maximum > 0 THEN least(100, round(100.0 * points / maximum, 2)) END AS performance,
           CASE WHEN grades_given > 0 THEN round(
               (ballot_excellent * grade_excellent + ballot_qualified * grade_qualified
                + ballot_basic * grade_basic + ballot_unqualified * grade_unqualified)::numeric / grades_given, 2)
           END AS ballot,
           CASE WHEN answers > 0 THEN round(
               (survey_good * grade_excellent + survey_fairly_good * grade_qualified
                + survey_ordinary * grade_basic + survey_poor * grade_unqualified)::numeric / answers, 2)
           END AS survey
    FROM inputs i
), weighed AS (
    SELECT p.*,
           CASE WHEN attendance IS NULL THEN 0 ELSE weight_attendance END
           + CASE WHEN performance IS NULL THEN 0 ELSE weight_performance END
           + CASE WHEN ballot IS NULL THEN 0 ELSE weight_ballot END
           + CASE WHEN survey IS NULL THEN 0 ELSE weight_survey END AS weight_present
    FROM parts p
), composed AS (
    SELECT w.*, round(
        (coalesce(attendance * weight_attendance, 0) + coalesce(performance * weight_performance, 0)
         + coalesce(ballot * weight_ballot, 0) + coalesce(survey * weight_survey, 0)) / nullif(weight_present, 0), 2
    ) AS composite
    FROM weighed w
), starred AS (
    SELECT c.*, CASE
        WHEN star_model = 'dimensions' THEN least(5, (
            SELECT count(*) FROM jsonb_array_elements(dimensions) d
            WHERE 100 * (d ->> 'points')::numeric >= dimension_share * (d ->> 'maximum')::numeric))
        WHEN composite IS NULL THEN NULL
        WHEN composite < floor THEN 0
        ELSE 1 + (composite >= band_five)::int + (composite >= band_four)::int + (composite >= band_three)::int
             + (composite >= band_two)::int
        END::smallint AS uncapped
    FROM composed c
), capped AS (
    SELECT s.*, CASE WHEN has_veto AND uncapped > veto_cap THEN veto_cap ELSE uncapped END AS stars,
           100.0 / nullif(weight_present, 0) AS stretch
    FROM starred s
)
INSERT INTO ratings (
    review_id, subject_id, revision, root_id, cycle_id, superior_id, peer_kind,
    attendance, performance, ballot, survey, composite, proposed_stars, explanation, computed_at, is_current
)
SELECT review_id, subject_id, revision, root_id, cycle_id, superior_id, peer_kind,
       attendance, performance, ballot, survey, composite, stars,
       jsonb_build_object(
           'parts', jsonb_build_object(
               'attendance', jsonb_build_object('value', attendance::text, 'weight', weight_attendance,
                   'weight_used', CASE WHEN attendance IS NOT NULL THEN round(weight_attendance * stretch, 2)::text END,
                   'attended', attended, 'expected', expected),
               'performance', jsonb_build_object('value', performance::text, 'weight', weight_performance,
                   'weight_used',
                   CASE WHEN performance IS NOT NULL THEN round(weight_performance * stretch, 2)::text END,
                   'points', points::text, 'maximum', maximum::text),
               'ballot', jsonb_build_object('value', ballot::text, 'weight', weight_ballot,
                   'weight_used', CASE WHEN ballot IS NOT NULL THEN round(weight_ballot * stretch, 2)::text END,
                   'counts', jsonb_build_array(ballot_excellent, ballot_qualified, ballot_basic, ballot_unqualified)),
               'survey', jsonb_build_object('value', survey::text, 'weight', weight_survey,
                   'weight_used', CASE WHEN survey IS NOT NULL THEN round(weight_survey * stretch, 2)::text END,
                   'counts', jsonb_build_array(survey_good, survey_fairly_good, survey_ordinary, survey_poor))),
           'composite', composite::text, 'stars_before_veto', uncapped, 'stars', stars, 'has_veto', has_veto,
           'rule', jsonb_build_object('star_model', star_model,
               'bands', jsonb_build_array(band_five::text, band_four::text, band_three::text, band_two::text),
               'floor', floor::text, 'dimension_share', dimension_share::text, 'veto_cap', veto_cap,
               'grade_values', jsonb_build_array(grade_excellent, grade_qualified, grade_basic, grade_unqualified)),
           'catalogue_id', catalogue_id, 'period', jsonb_build_array(period_from, period_to),
           'dimensions', dimensions, 'indicators', indicators, 'revision', revision, 'cause', cause),
       :now, true
FROM capped
""")
