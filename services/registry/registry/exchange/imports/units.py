"""Units with their jurisdiction, coverage links and mass organisations."""

from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from records.events import entry, record_events
from registry.exchange.imports.batches import REACHED, Batch, Check, check_dates, run_checks
from registry.units.units.events import UnitChanged
from registry.units.units.rules import NOT_BEFORE_FOUNDING, UNIT_DATES

CHECKS = (
    Check("统一社会信用代码", "已登记", "EXISTS (SELECT 1 FROM units u WHERE u.code = r.content->>'code')"),
    Check(
        "属地组织代码",
        "没有这个党组织,或已撤销,或不在管理范围内",
        "NOT EXISTS (SELECT 1 FROM reached o WHERE o.code = r.content->>'jurisdiction_code')",
    ),
    Check(
        "覆盖组织代码",
        "其中有的党组织不存在、已撤销、不在管理范围内,或不是基层党组织",
        "EXISTS (SELECT 1 FROM jsonb_array_elements_text(r.content->'covering_codes') AS c(code)"
        " WHERE NOT EXISTS (SELECT 1 FROM reached o WHERE o.code = c.code AND o.level = 4))",
    ),
    check_dates(
        UNIT_DATES,
        NOT_BEFORE_FOUNDING,
        "覆盖起始日期",
        later="CAST(r.content->>'covered_from' AS date)",
        earlier="o.founded_on",
        among="FROM jsonb_array_elements_text(r.content->'covering_codes') AS c(code) JOIN reached o ON o.code = c.code"
        " WHERE true",
    ),
)
PUBLISH = text(f"""
WITH {REACHED}
INSERT INTO units (id, code, name, search_keys, kind, staff_count, jurisdiction_id, root_id, is_active, version)
SELECT r.subject_id, r.content->>'code', r.content->>'name',
       ARRAY(SELECT jsonb_array_elements_text(r.content->'search_keys')), r.content->>'kind',
       CAST(r.content->>'staff_count' AS integer), o.id, o.root_id, true, 1
FROM import_rows r JOIN reached o ON o.code = r.content->>'jurisdiction_code'
WHERE r.import_id = :import_id AND NOT r.is_wrong
ORDER BY r.row_no
""")  # noqa: S608 - REACHED is a constant
STARTS = """
starts AS (
    SELECT r.subject_id, r.content, coalesce(
        CAST(r.content->>'covered_from' AS date),
        (SELECT min(o.founded_on) FROM jsonb_array_elements_text(r.content->'covering_codes') AS c(code)
         JOIN party_organizations o ON o.code = c.code),
        j.founded_on) AS counted_from
    FROM import_rows r JOIN units u ON u.id = r.subject_id
    JOIN party_organizations j ON j.id = u.jurisdiction_id
    WHERE r.import_id = :import_id
)"""
JURISDICTIONS = text(f"""
WITH {STARTS}
INSERT INTO unit_jurisdictions (id, unit_id, unit_no, organization_id, root_id, valid_from)
SELECT gen_random_uuid(), u.id, u.unit_no, u.jurisdiction_id, u.root_id, s.counted_from
FROM starts s JOIN units u ON u.id = s.subject_id
""")  # noqa: S608 - STARTS is a constant
LINKS = text("""
INSERT INTO coverage_links (record_id, id, unit_id, unit_no, organization_id, organization_no, root_id, mode,
                            serves_without_members, valid_from, recorded_by)
SELECT gen_random_uuid(), gen_random_uuid(), u.id, u.unit_no, o.id, o.organization_no, u.root_id,
       r.content->>'set_up_mode', r.content->>'set_up_mode' = 'one_plus_n',
       coalesce(CAST(r.content->>'covered_from' AS date), o.founded_on), :importer
FROM import_rows r JOIN units u ON u.id = r.subject_id
CROSS JOIN LATERAL jsonb_array_elements_text(r.content->'covering_codes') AS c(code)
JOIN party_organizations o ON o.code = c.code
WHERE r.import_id = :import_id
""")
MASS = text(f"""
WITH {STARTS}
INSERT INTO unit_mass_organizations (id, unit_id, unit_no, kind, root_id, valid_from)
SELECT gen_random_uuid(), u.id, u.unit_no, m.kind, u.root_id, s.counted_from
FROM starts s JOIN units u ON u.id = s.subject_id
CROSS JOIN LATERAL jsonb_array_elements_text(s.content->'mass') AS m(kind)
""")  # noqa: S608 - STARTS is a constant
PUBLISHED = text("""
SELECT u.id, u.name, u.kind, j.path, u.jurisdiction_id, u.root_id, u.is_active,
       ARRAY(SELECT DISTINCT CAST(l.organization_id AS text) FROM coverage_links l WHERE l.unit_id = u.id ORDER BY 1)
           AS organization_ids
FROM import_rows r JOIN units u ON u.id = r.subject_id JOIN party_organizations j ON j.id = u.jurisdiction_id
WHERE r.import_id = :import_id ORDER BY r.row_no
""")


async def check(db: AsyncSession, batch: Batch) -> None:
    await run_checks(db, batch, CHECKS)


async def publish(db: AsyncSession, batch: Batch) -> None:
    here = {"import_id": batch.import_id}
    await db.execute(PUBLISH, batch.parameters())
    await db.execute(JURISDICTIONS, here)
    await db.execute(LINKS, {**here, "importer": batch.importer.subject})
    await db.execute(MASS, here)
    rows = await db.execute(PUBLISHED, here)
    await record_events(db, [_changed(row) for row in rows], batch.importer)


def _changed(row: Row[Any]) -> dict[str, Any]:
    payload = UnitChanged.model_validate(row)
    return entry(payload, subject=row.id, root_id=row.root_id, path=row.path)
