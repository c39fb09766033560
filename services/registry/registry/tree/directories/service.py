"""The list of organisations as a file, with what only the domains above the tree know: who is secretary."""

from datetime import date

from fastapi import Response

from records.files import Export
from registry.tree.directories.schemas import OrganizationSheet
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.schemas import OrganizationListing
from registry.tree.organizations.service import ORGANIZATIONS
from registry.tree.posts.queries import secretary_name_of


async def export_directory(wanted: OrganizationListing, day: date, to: Export) -> Response:
    names = {"secretary_name": secretary_name_of(PartyOrganization.id, day)}
    return await ORGANIZATIONS.shown_as(OrganizationSheet, derived=names).export(wanted, to)
