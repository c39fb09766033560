"""Moving a subtree: current paths and dated placements, each in one statement."""

from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import subtree_range
from registry.tree.organizations import queries
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.rules import is_within, path_step


class MovedInFuture(problems.Unprocessable):
    code = "moved-in-future"
    detail = "隶属关系的生效日期不能晚于今天"


class MoveIntoItself(problems.Conflict):
    code = "move-into-itself"
    detail = "不能把党组织移到自己或自己的下级之下"


class AlreadyThere(problems.Conflict):
    code = "already-there"
    detail = "这个党组织已在该上级之下"


class MovedBeforeLastMove(problems.Conflict):
    code = "moved-before-last-move"
    detail = "生效日期不能早于上一次隶属关系的起始日期"


CLOSE_AND_SPLIT = text("""
WITH closed AS (
    UPDATE placements SET recorded_to = now()
    WHERE recorded_to IS NULL AND (valid_to IS NULL OR valid_to > :day)
      AND path >= :low AND path < :high
    RETURNING organization_id, organization_no, parent_id, root_id, path, is_directly_managed, valid_from, valid_to
), kept AS (
    INSERT INTO placements (id, organization_id, organization_no, parent_id, root_id, path, is_directly_managed,
                            valid_from, valid_to)
    SELECT gen_random_uuid(), organization_id, organization_no, parent_id, root_id, path, is_directly_managed,
           valid_from, :day FROM closed WHERE valid_from < :day
)
INSERT INTO placements (id, organization_id, organization_no, parent_id, root_id, path, is_directly_managed,
                        valid_from, valid_to)
SELECT gen_random_uuid(), organization_id, organization_no,
       CASE WHEN organization_id = :moved THEN CAST(:parent AS uuid) ELSE parent_id END, root_id,
       :new || substr(path, :width),
       CASE WHEN organization_id = :moved THEN :directly ELSE is_directly_managed END,
       greatest(valid_from, :day), valid_to FROM closed
""")
REPATH = text("UPDATE party_organizations SET path = :new || substr(path, :width) WHERE path >= :low AND path < :high")
LAST_START = text("SELECT max(valid_from) FROM placements WHERE organization_id = :id AND recorded_to IS NULL")


def refuse_impossible(organization: PartyOrganization, parent: PartyOrganization, moved_on: date, today: date) -> None:
    if moved_on > today:
        raise MovedInFuture
    if is_within(parent.path, organization.path):
        raise MoveIntoItself
    if parent.id == organization.parent_id:
        raise AlreadyThere


async def repath(
    db: AsyncSession, organization: PartyOrganization, parent: PartyOrganization, *, moved_on: date, directly: bool
) -> str:
    """Answers the old path. Rows below keep their version: only the moved one has a new parent."""
    last_start = await db.scalar(LAST_START, {"id": organization.id})
    if last_start is not None and moved_on < last_start:
        raise MovedBeforeLastMove
    old_path = organization.path
    taken = await queries.take_step(db, parent.id)
    new_path = taken.path + path_step(taken.children_counter)
    low, high = subtree_range(old_path)
    span = {"low": low, "high": high, "new": new_path, "width": len(old_path) + 1}
    placed = {"day": moved_on, "moved": organization.id, "parent": parent.id, "directly": directly}
    await db.execute(CLOSE_AND_SPLIT, {**span, **placed})
    await db.execute(REPATH, span)
    organization.path, organization.parent_id = new_path, parent.id
    return old_path
