"""日常考勤: who was expected at a meeting of the period, and came or made it up.

Who came to a meeting without a quorum came (rules §7): the meeting is invalid for the cadence, not for the person.
"""

ATTENDANCE = """
attendance AS (
    SELECT CASE scheme.subject_kind WHEN 'member' THEN a.member_id ELSE a.organization_id END AS subject_id,
           count(*) FILTER (WHERE a.attended OR a.made_up_on IS NOT NULL) AS attended,
           count(*) AS expected,
           jsonb_agg(jsonb_build_object('meeting_id', a.meeting_id, 'kind', a.kind, 'held_on', a.held_on,
                                        'member_id', a.member_id) ORDER BY a.held_on, a.meeting_id, a.member_id)
               FILTER (WHERE NOT a.attended AND a.made_up_on IS NULL) AS absences
    FROM scheme JOIN meeting_attendances a ON a.held_on BETWEEN scheme.period_from AND scheme.period_to
    WHERE CASE scheme.subject_kind WHEN 'member' THEN a.member_id IN (SELECT subject_id FROM subjects)
          ELSE a.organization_id IN (SELECT subject_id FROM subjects) END
    GROUP BY 1
)"""
