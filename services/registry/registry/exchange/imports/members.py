"""Members: checks and publication in a handful of statements, whatever the number of rows."""

from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from records.events import entry, record_events
from registry.exchange.imports.batches import REACHED, Batch, Check, run_checks
from registry.members.members.events import MemberChanged

CHECKS = (
    Check(
        "公民身份号码",
        "已登记,请核对后办理组织关系转接",
        "EXISTS (SELECT 1 FROM members m WHERE m.id_number_index = r.id_number_index)",
    ),
    Check(
        "公民身份号码",
        "在本表中重复",
        "EXISTS (SELECT 1 FROM import_rows s WHERE s.import_id = r.import_id AND s.row_no < r.row_no"
        " AND s.id_number_index = r.id_number_index)",
    ),
    Check(
        "所在组织代码",
        "没有这个党组织,或已撤销,或不在管理范围内",
        "NOT EXISTS (SELECT 1 FROM reached o WHERE o.code = r.content->>'organization_code')",
    ),
    Check(
        "工作单位代码",
        "没有这个单位",
        "r.content->>'unit_code' IS NOT NULL AND NOT EXISTS (SELECT 1 FROM units u JOIN reached o"
        " ON o.code = r.content->>'organization_code' AND o.root_id = u.root_id"
        " WHERE u.code = r.content->>'unit_code')",
    ),
)
PUBLISH = text(f"""
WITH {REACHED}
INSERT INTO members (id, name, search_keys, id_number_sealed, id_number_index, phone_sealed, birth_on, sex,
                     ethnicity_code, education_code, degree_code, stage,
                     joined_on, confirmed_on, organization_id, unit_id, root_id, is_active, version)
SELECT r.subject_id, r.content->>'name', ARRAY(SELECT jsonb_array_elements_text(r.content->'search_keys')),
       r.id_number_sealed, r.id_number_index, r.phone_sealed, CAST(r.content->>'birth_on' AS date), r.content->>'sex',
       r.content->>'ethnicity', r.content->>'education', r.content->>'degree', r.content->>'stage',
       CAST(r.content->>'joined_on' AS date), CAST(r.content->>'confirmed_on' AS date), o.id, u.id, o.root_id, true, 1
FROM import_rows r
JOIN reached o ON o.code = r.content->>'organization_code'
LEFT JOIN units u ON u.code = r.content->>'unit_code'
WHERE r.import_id = :import_id AND NOT r.is_wrong
ORDER BY r.row_no
""")  # noqa: S608 - REACHED is a constant
PUBLISHED = text("""
SELECT m.id, m.name, m.organization_id, o.path, m.root_id, m.stage, m.is_active,
       m.joined_on, m.arrived_on, m.left_on, CAST(:today AS date) AS changed_on
FROM import_rows r JOIN members m ON m.id = r.subject_id JOIN party_organizations o ON o.id = m.organization_id
WHERE r.import_id = :import_id ORDER BY r.row_no
""")


async def check(db: AsyncSession, batch: Batch) -> None:
    await run_checks(db, batch, CHECKS)


async def publish(db: AsyncSession, batch: Batch) -> None:
    await db.execute(PUBLISH, batch.parameters())
    rows = await db.execute(PUBLISHED, {"import_id": batch.import_id, "today": batch.today})
    await record_events(db, [_changed(row) for row in rows], batch.importer)


def _changed(row: Row[Any]) -> dict[str, Any]:
    payload = MemberChanged.model_validate(row)
    return entry(payload, subject=row.id, root_id=row.root_id, path=row.path)
