"""The table of contents of the registry: which domains it has, lowest first."""

from fastapi import FastAPI
from sqlalchemy import func

from hosting.application import create_service
from hosting.tokens import Verifier
from kit.events.log import event_log
from records.auditing import audit_domain
from records.history import name_authors
from registry.circles.bookings import router as bookings
from registry.circles.circles import router as circles
from registry.circles.memberships import router as circle_memberships
from registry.circles.rooms import router as rooms
from registry.circles.service_requests import router as service_requests
from registry.circles.staffing import router as staffing
from registry.circles.turns import router as turns
from registry.database import CHANGES
from registry.exchange.clock import router as clock
from registry.exchange.imports import router as imports
from registry.exchange.vocabulary import router as vocabulary
from registry.identity.accounts import router as accounts
from registry.identity.accounts.passwords import Passwords
from registry.identity.accounts.queries import name_of, person_name_of
from registry.identity.activations import service as activations
from registry.identity.authorities import domain as authorities
from registry.identity.bootstrap import router as bootstrap
from registry.identity.clients import router as clients
from registry.identity.clients.service import ServiceClients
from registry.identity.grants import router as grants
from registry.identity.keys import router as keys
from registry.identity.keys.signing import SigningKeys
from registry.identity.logins import router as logins
from registry.identity.refresh_tokens import service as refresh_tokens
from registry.identity.revocations import router as revocations
from registry.identity.throttles import service as throttles
from registry.liaison.appeals import router as appeals
from registry.liaison.appointments import router as appointments
from registry.liaison.contact_logs import router as contact_logs
from registry.liaison.council_decisions import router as council_decisions
from registry.liaison.council_meetings import router as council_meetings
from registry.liaison.instructors import router as instructors
from registry.liaison.leader_contacts import router as leader_contacts
from registry.liaison.pairing_actions import router as pairing_actions
from registry.liaison.pairings import router as pairings
from registry.liaison.talks import router as talks
from registry.members.corrections import router as corrections
from registry.members.course_hours import domain as course_hours
from registry.members.development_plans import router as development_plans
from registry.members.developments import router as developments
from registry.members.dues import router as dues
from registry.members.found_members import router as found_members
from registry.members.integrity_cards import domain as integrity_cards
from registry.members.judgements import domain as judgements
from registry.members.ledger_checks import router as ledger_checks
from registry.members.members import router as members
from registry.members.screenings import router as screenings
from registry.members.transfers import router as transfers
from registry.oversight.campaigns import router as campaigns
from registry.oversight.findings import router as findings
from registry.oversight.overviews import router as overviews
from registry.oversight.quality import router as quality
from registry.oversight.rectifications import router as rectifications
from registry.oversight.statistics import router as statistics
from registry.oversight.tasks import router as tasks
from registry.settings import Settings
from registry.sites.archives import router as archives
from registry.sites.demonstration_points import router as demonstration_points
from registry.sites.funds import router as funds
from registry.sites.site_checks import router as site_checks
from registry.sites.site_files import router as site_files
from registry.sites.site_files.stores import open_store
from registry.sites.standards import router as standards
from registry.tree.cross_appointments import router as cross_appointments
from registry.tree.directories import router as directories
from registry.tree.dissolutions import router as dissolutions
from registry.tree.organizations import router as organizations
from registry.tree.organizations.queries import resolve_paths
from registry.tree.posts import router as posts
from registry.tree.stars import domain as stars
from registry.tree.terms import router as terms
from registry.units.coverage import router as coverage
from registry.units.hire_declarations import router as hire_declarations
from registry.units.ledgers import router as ledgers
from registry.units.mass_organizations import router as mass_organizations
from registry.units.notices import router as notices
from registry.units.projects import router as projects
from registry.units.surveys import router as surveys
from registry.units.unit_plans import router as unit_plans
from registry.units.units import router as units

DOMAINS = (
    keys.DOMAIN,
    activations.DOMAIN,
    throttles.DOMAIN,
    revocations.DOMAIN,
    refresh_tokens.DOMAIN,
    organizations.DOMAIN,
    units.DOMAIN,
    demonstration_points.DOMAIN,
    terms.DOMAIN,
    stars.DOMAIN,
    ledgers.DOMAIN,
    unit_plans.DOMAIN,
    hire_declarations.DOMAIN,
    notices.DOMAIN,
    surveys.DOMAIN,
    projects.DOMAIN,
    site_files.DOMAIN,
    standards.DOMAIN,
    site_checks.DOMAIN,
    archives.DOMAIN,
    members.DOMAIN,
    posts.DOMAIN,
    cross_appointments.DOMAIN,
    mass_organizations.DOMAIN,
    instructors.DOMAIN,
    course_hours.DOMAIN,
    integrity_cards.DOMAIN,
    dues.DOMAIN,
    developments.DOMAIN,
    screenings.DOMAIN,
    transfers.DOMAIN,
    development_plans.DOMAIN,
    found_members.DOMAIN,
    ledger_checks.DOMAIN,
    funds.DOMAIN,
    circles.DOMAIN,
    rooms.DOMAIN,
    circle_memberships.DOMAIN,
    staffing.DOMAIN,
    bookings.DOMAIN,
    turns.DOMAIN,
    service_requests.DOMAIN,
    pairings.DOMAIN,
    council_meetings.DOMAIN,
    contact_logs.DOMAIN,
    pairing_actions.DOMAIN,
    appeals.DOMAIN,
    talks.DOMAIN,
    leader_contacts.DOMAIN,
    council_decisions.DOMAIN,
    appointments.DOMAIN,
    judgements.DOMAIN,
    corrections.DOMAIN,
    coverage.DOMAIN,
    dissolutions.DOMAIN,
    directories.DOMAIN,
    imports.DOMAIN,
    overviews.DOMAIN,
    statistics.DOMAIN,
    rectifications.DOMAIN,
    accounts.DOMAIN,
    campaigns.DOMAIN,
    findings.DOMAIN,
    tasks.DOMAIN,
    quality.DOMAIN,
    grants.DOMAIN,
    authorities.DOMAIN,
    bootstrap.DOMAIN,
    vocabulary.DOMAIN,
    logins.DOMAIN,
    clock.DOMAIN,
    clients.DOMAIN,
    audit_domain("registry", account_name=name_of(event_log.c.actor)),
)


name_authors(CHANGES, lambda change: func.coalesce(person_name_of(change.changed_by), name_of(change.changed_by)))


def create_app(settings: Settings | None = None, verifier: Verifier | None = None) -> FastAPI:
    """A verifier of one's own (tests) knows its keys; otherwise registry trusts the keys it signs with."""
    settings = settings or Settings()
    app = create_service(
        settings,
        name="registry",
        title="两新 · 组织与身份",
        package_file=__file__,
        domains=DOMAINS,
        resolve_paths=resolve_paths,
        verifier=verifier or Verifier(settings.issuer),
    )
    app.state.signing_keys = SigningKeys(settings.signing_keys_dir)
    app.state.service_clients = ServiceClients(settings.service_clients_file)
    app.state.passwords = Passwords(settings)
    app.state.site_files = open_store(settings)
    return app
