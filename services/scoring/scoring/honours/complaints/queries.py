from sqlalchemy import ColumnElement, or_, select

from kit.access import Actor
from roster.models import PartyOrganization
from scoring.honours.complaints.models import Complaint


def seen(actor: Actor) -> ColumnElement[bool]:
    """By the reviewing organisation and above, by the subject, and by who told it."""
    home = select(PartyOrganization.id).where(actor.reaches(PartyOrganization.path))
    return or_(
        Complaint.organization_id.in_(home),
        actor.is_self(Complaint.subject_id),
        Complaint.subject_id.in_(actor.office_ids),
        actor.is_self(Complaint.complainant_id),
    )
