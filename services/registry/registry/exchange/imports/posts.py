"""Posts of members and instructors with the units they serve."""

from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from records.events import record_events
from registry.exchange.imports.batches import REACHED, Batch, Check, check_dates, run_checks
from registry.liaison.instructors.events import changed as instructor_changed
from registry.liaison.instructors.models import Instructor
from registry.liaison.instructors.rules import ASSIGNMENT_DATES, NOT_BEFORE_ENGAGEMENT
from registry.tree.organizations.models import PartyOrganization
from registry.tree.posts.events import changed as post_changed
from registry.tree.posts.models import Post
from registry.tree.posts.rules import NOT_BEFORE_FOUNDING, NOT_BEFORE_JOINING, POST_DATES

SAME_NAME = "m.search_keys = ARRAY(SELECT jsonb_array_elements_text(r.content->'search_keys'))"
STARTS = "CAST(r.content->>'valid_from' AS date)"
CHECKS = (
    Check(
        "公民身份号码",
        "没有这名党员,或姓名与登记不符",
        f"""NOT CAST(r.content->>'is_instructor' AS boolean) AND NOT EXISTS (
            SELECT 1 FROM members m JOIN party_organizations p ON p.id = m.organization_id
            WHERE m.id_number_index = r.id_number_index AND {SAME_NAME} AND m.is_active
              AND EXISTS (SELECT 1 FROM unnest(CAST(:reach AS text[])) AS top WHERE starts_with(p.path, top)))""",  # noqa: S608 - a constant
    ),
    Check(
        "公民身份号码",
        "只有正式党员和预备党员可以任职",
        f"""NOT CAST(r.content->>'is_instructor' AS boolean) AND EXISTS (
            SELECT 1 FROM members m JOIN reached o ON o.id = m.organization_id
            WHERE m.id_number_index = r.id_number_index AND {SAME_NAME}
              AND m.stage NOT IN ('formal', 'probationary'))""",  # noqa: S608 - a constant
    ),
    Check(
        "公民身份号码",
        "不能办理与本人有关的事项,请由他人或上级党组织办理",
        """EXISTS (
            SELECT 1 FROM imports i JOIN accounts a ON a.id = i.created_by
            LEFT JOIN instructors d ON d.id = a.instructor_id LEFT JOIN members m ON m.id = a.member_id
            WHERE i.id = r.import_id AND r.id_number_index IN (m.id_number_index, d.id_number_index))""",
    ),
    Check(
        "公民身份号码",
        "这名党建指导员已由别的组织登记",
        """CAST(r.content->>'is_instructor' AS boolean) AND EXISTS (
            SELECT 1 FROM instructors i WHERE i.id_number_index = r.id_number_index
              AND NOT EXISTS (SELECT 1 FROM reached o WHERE o.id = i.organization_id))""",
    ),
    Check(
        "组织代码",
        "没有这个党组织,或已撤销,或不在管理范围内",
        """r.content->>'organization_code' IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM reached o WHERE o.code = r.content->>'organization_code')""",
    ),
    check_dates(
        POST_DATES,
        NOT_BEFORE_FOUNDING,
        "任职日期",
        later=STARTS,
        earlier="o.founded_on",
        among="FROM reached o WHERE o.code = r.content->>'organization_code'"
        " AND NOT CAST(r.content->>'is_instructor' AS boolean)",
    ),
    check_dates(
        POST_DATES,
        NOT_BEFORE_JOINING,
        "任职日期",
        later=STARTS,
        earlier="m.joined_on",
        among="FROM members m JOIN reached o ON o.id = m.organization_id WHERE m.id_number_index = r.id_number_index"
        " AND NOT CAST(r.content->>'is_instructor' AS boolean)",
    ),
    check_dates(
        ASSIGNMENT_DATES,
        NOT_BEFORE_ENGAGEMENT,
        "任职日期",
        later=STARTS,
        earlier="i.engaged_on",
        among="FROM instructors i JOIN reached o ON o.id = i.organization_id"
        " WHERE i.id_number_index = r.id_number_index AND CAST(r.content->>'is_instructor' AS boolean)",
    ),
    Check(
        "职务",
        "该组织在该时段已有书记",
        """r.content->>'kind' = 'secretary' AND (EXISTS (
            SELECT 1 FROM posts p JOIN reached o ON o.id = p.organization_id
            WHERE o.code = r.content->>'organization_code' AND p.kind = 'secretary' AND p.recorded_to IS NULL
              AND daterange(p.valid_from, p.valid_to)
                  && daterange(CAST(r.content->>'valid_from' AS date), CAST(r.content->>'valid_to' AS date)))
        OR EXISTS (
            SELECT 1 FROM import_rows s
            WHERE s.import_id = r.import_id AND s.row_no < r.row_no AND NOT s.is_wrong
              AND s.content->>'kind' = 'secretary'
              AND s.content->>'organization_code' = r.content->>'organization_code'
              AND daterange(CAST(s.content->>'valid_from' AS date), CAST(s.content->>'valid_to' AS date))
                  && daterange(CAST(r.content->>'valid_from' AS date), CAST(r.content->>'valid_to' AS date))))""",
    ),
    Check(
        "职务",
        "这名党员在该组织的同一任职已登记",
        """NOT CAST(r.content->>'is_instructor' AS boolean) AND (EXISTS (
            SELECT 1 FROM posts p JOIN members m ON m.id = p.member_id JOIN reached o ON o.id = p.organization_id
            WHERE m.id_number_index = r.id_number_index AND o.code = r.content->>'organization_code'
              AND p.kind = r.content->>'kind' AND p.recorded_to IS NULL
              AND p.valid_from = CAST(r.content->>'valid_from' AS date))
        OR EXISTS (
            SELECT 1 FROM import_rows s
            WHERE s.import_id = r.import_id AND s.row_no < r.row_no AND NOT s.is_wrong
              AND s.content->>'kind' = r.content->>'kind'
              AND s.id_number_index = r.id_number_index
              AND s.content->>'organization_code' = r.content->>'organization_code'
              AND s.content->>'valid_from' = r.content->>'valid_from'))""",
    ),
    Check(
        "服务单位代码",
        "其中有的单位不存在、已注销,或不在管理范围内",
        """EXISTS (SELECT 1 FROM jsonb_array_elements_text(r.content->'unit_codes') AS c(code)
            WHERE NOT EXISTS (SELECT 1 FROM units u JOIN reached j ON j.id = u.jurisdiction_id
                              WHERE u.code = c.code AND u.is_active))""",
    ),
    Check(
        "服务单位代码",
        "该指导员在该时段已服务其中的单位",
        """CAST(r.content->>'is_instructor' AS boolean) AND EXISTS (
            SELECT 1 FROM jsonb_array_elements_text(r.content->'unit_codes') AS c(code)
            WHERE EXISTS (
                SELECT 1 FROM instructor_assignments a JOIN instructors i ON i.id = a.instructor_id
                JOIN units u ON u.id = a.unit_id
                WHERE i.id_number_index = r.id_number_index AND u.code = c.code AND a.recorded_to IS NULL
                  AND daterange(a.valid_from, a.valid_to)
                      && daterange(CAST(r.content->>'valid_from' AS date), CAST(r.content->>'valid_to' AS date)))
            OR EXISTS (
                SELECT 1 FROM import_rows s
                WHERE s.import_id = r.import_id AND s.row_no < r.row_no AND NOT s.is_wrong
              AND s.id_number_index = r.id_number_index
                  AND jsonb_exists(s.content->'unit_codes', c.code)
                  AND daterange(CAST(s.content->>'valid_from' AS date), CAST(s.content->>'valid_to' AS date))
                      && daterange(CAST(r.content->>'valid_from' AS date), CAST(r.content->>'valid_to' AS date))))""",
    ),
)
POSTS = text("""
INSERT INTO posts (record_id, id, member_id, organization_id, organization_no, root_id, kind, source,
                   valid_from, valid_to, recorded_by, version)
SELECT gen_random_uuid(), r.subject_id, m.id, o.id, o.organization_no, o.root_id, r.content->>'kind',
       r.content->>'source', CAST(r.content->>'valid_from' AS date), CAST(r.content->>'valid_to' AS date), :importer, 1
FROM import_rows r
JOIN members m ON m.id_number_index = r.id_number_index
JOIN party_organizations o ON o.code = r.content->>'organization_code'
WHERE r.import_id = :import_id AND NOT r.is_wrong AND NOT CAST(r.content->>'is_instructor' AS boolean)
""")
INSTRUCTORS = text(f"""
WITH {REACHED}
INSERT INTO instructors (id, member_id, name, search_keys, id_number_sealed, id_number_index, organization_id, root_id,
                         source, engaged_on, released_on, version)
SELECT DISTINCT ON (r.id_number_index) r.subject_id, m.id, r.content->>'name',
       ARRAY(SELECT jsonb_array_elements_text(r.content->'search_keys')), r.id_number_sealed, r.id_number_index,
       o.id, o.root_id, r.content->>'source',
       min(CAST(r.content->>'valid_from' AS date)) OVER (PARTITION BY r.id_number_index),
       CASE WHEN bool_or(r.content->>'valid_to' IS NULL) OVER (PARTITION BY r.id_number_index) THEN NULL
            ELSE max(CAST(r.content->>'valid_to' AS date)) OVER (PARTITION BY r.id_number_index) END, 1
FROM import_rows r
LEFT JOIN units u ON u.code = r.content->'unit_codes'->>0
JOIN reached o ON o.code = r.content->>'organization_code'
    OR (r.content->>'organization_code' IS NULL AND o.id = u.jurisdiction_id)
LEFT JOIN (members m JOIN reached p ON p.id = m.organization_id)
    ON m.id_number_index = r.id_number_index AND m.root_id = o.root_id
WHERE r.import_id = :import_id AND NOT r.is_wrong AND CAST(r.content->>'is_instructor' AS boolean)
ORDER BY r.id_number_index, r.row_no
ON CONFLICT ON CONSTRAINT uq_instructors_id_number_index DO UPDATE SET version = instructors.version + 1
""")  # noqa: S608 - REACHED is a constant
ASSIGNMENTS = text("""
INSERT INTO instructor_assignments (record_id, id, instructor_id, instructor_no, unit_id, unit_no, root_id,
                                    valid_from, valid_to, recorded_by)
SELECT gen_random_uuid(), gen_random_uuid(), i.id, i.instructor_no, u.id, u.unit_no, u.root_id,
       CAST(r.content->>'valid_from' AS date), CAST(r.content->>'valid_to' AS date), :importer
FROM import_rows r
JOIN instructors i ON i.id_number_index = r.id_number_index
CROSS JOIN LATERAL jsonb_array_elements_text(r.content->'unit_codes') AS c(code)
JOIN units u ON u.code = c.code
WHERE r.import_id = :import_id AND NOT r.is_wrong AND CAST(r.content->>'is_instructor' AS boolean)
""")
NEW_POSTS = text("SELECT subject_id FROM import_rows WHERE import_id = :import_id AND NOT is_wrong")
ENGAGED = text("""
SELECT DISTINCT i.id, ARRAY(SELECT DISTINCT a.unit_id FROM instructor_assignments a
                            WHERE a.instructor_id = i.id AND a.recorded_to IS NULL) AS unit_ids
FROM import_rows r JOIN instructors i ON i.id_number_index = r.id_number_index
WHERE r.import_id = :import_id AND NOT r.is_wrong AND CAST(r.content->>'is_instructor' AS boolean)
""")


async def check(db: AsyncSession, batch: Batch) -> None:
    await run_checks(db, batch, CHECKS)


async def publish(db: AsyncSession, batch: Batch) -> None:
    here = {"import_id": batch.import_id}
    recorded = {**here, "importer": batch.importer.subject}
    await db.execute(POSTS, recorded)
    await db.execute(INSTRUCTORS, batch.parameters())
    await db.execute(ASSIGNMENTS, recorded)
    await _announce_posts(db, batch)
    await _announce_instructors(db, batch)


async def _announce_posts(db: AsyncSession, batch: Batch) -> None:
    new = list(await db.scalars(NEW_POSTS, {"import_id": batch.import_id}))
    rows = await db.execute(
        select(Post, PartyOrganization.path)
        .join(PartyOrganization, PartyOrganization.id == Post.organization_id)
        .where(Post.id.in_(new))
    )
    await record_events(db, [post_changed(post, path) for post, path in rows], batch.importer)


async def _announce_instructors(db: AsyncSession, batch: Batch) -> None:
    served: dict[UUID, list[UUID]] = dict((await db.execute(ENGAGED, {"import_id": batch.import_id})).all())
    rows = await db.execute(
        select(Instructor, PartyOrganization.path)
        .join(PartyOrganization, PartyOrganization.id == Instructor.organization_id)
        .where(Instructor.id.in_(served))
    )
    found = [instructor_changed(one, path, served[one.id]) for one, path in rows]
    await record_events(db, found, batch.importer)
