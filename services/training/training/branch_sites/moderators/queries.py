from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select

from training.branch_sites.moderators.models import SiteModerator
from training.branch_sites.sites.models import SiteColumn


def is_tended_by(person: UUID | None, branch_site_id: Any, site_column_id: Any) -> ColumnElement[bool]:
    """What the person's own office covers: of a webmaster the whole site, of a moderator one column of it."""
    column = SiteModerator.site_column_id
    return exists().where(
        SiteModerator.member_id == person,
        SiteModerator.ended_on.is_(None),
        SiteModerator.branch_site_id == branch_site_id,
        or_(column.is_(None), column == site_column_id),
    )


def name_of_column(site_column_id: Any) -> Any:
    return select(SiteColumn.name).where(SiteColumn.id == site_column_id).scalar_subquery()
