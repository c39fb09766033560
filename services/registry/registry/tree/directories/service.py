"""The list of organisations as a file, with what only the domains above the tree know: who is secretary."""

from datetime import date

from records.registers import Register
from registry.tree.directories.schemas import OrganizationSheet
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.service import ORGANIZATIONS
from registry.tree.posts.queries import secretary_name_of


def directory_on(day: date) -> Register[PartyOrganization, OrganizationSheet]:
    names = {"secretary_name": secretary_name_of(PartyOrganization.id, day)}
    return ORGANIZATIONS.shown_as(OrganizationSheet, derived=names)
