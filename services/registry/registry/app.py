"""The table of contents of the registry: which domains it has, lowest first."""

from fastapi import FastAPI

from hosting.application import create_service
from hosting.tokens import Verifier
from registry import tables
from registry.exchange.clock import router as clock
from registry.exchange.imports import router as imports
from registry.exchange.imports import service as import_service
from registry.exchange.imports.jobs import blueprint
from registry.exchange.vocabulary import router as vocabulary
from registry.identity.accounts import router as accounts
from registry.identity.accounts import service as account_service
from registry.identity.accounts.passwords import Passwords
from registry.identity.authorities import consumers as authority_consumers
from registry.identity.authorities import router as authorities
from registry.identity.bootstrap import router as bootstrap
from registry.identity.clients import router as clients
from registry.identity.clients.service import ServiceClients
from registry.identity.grants import router as grants
from registry.identity.grants import service as grant_service
from registry.identity.keys import router as keys
from registry.identity.keys.signing import SigningKeys
from registry.identity.logins import router as logins
from registry.identity.revocations import router as revocations
from registry.liaison.instructors import router as instructors
from registry.liaison.instructors import service as instructor_service
from registry.lifespan import lifespan
from registry.members.members import router as members
from registry.members.members import service as member_service
from registry.oversight.overviews import router as overviews
from registry.settings import Settings
from registry.sites.demonstration_points import router as demonstration_points
from registry.sites.demonstration_points import service as point_service
from registry.tree.directories import router as directories
from registry.tree.dissolutions import router as dissolutions
from registry.tree.organizations import router as organizations
from registry.tree.organizations import service as organization_service
from registry.tree.organizations.queries import resolve_paths
from registry.tree.posts import router as posts
from registry.tree.posts import service as post_service
from registry.units.coverage import router as coverage
from registry.units.units import router as units
from registry.units.units import service as unit_service

__all__ = ["CONSUMERS", "create_app", "tables"]

CONSUMERS = (authority_consumers.consumer,)
ROUTERS = (
    keys.router,
    logins.router,
    clients.router,
    authorities.router,
    accounts.router,
    bootstrap.router,
    grants.router,
    revocations.router,
    clock.router,
    vocabulary.router,
    directories.router,
    organizations.router,
    dissolutions.router,
    units.router,
    members.router,
    members.disclosures,
    posts.router,
    instructors.router,
    demonstration_points.router,
    coverage.router,
    imports.router,
    overviews.router,
)
CONSTRAINT_ERRORS = {
    **account_service.CONSTRAINT_ERRORS,
    **grant_service.CONSTRAINT_ERRORS,
    **organization_service.CONSTRAINT_ERRORS,
    **unit_service.CONSTRAINT_ERRORS,
    **member_service.CONSTRAINT_ERRORS,
    **post_service.CONSTRAINT_ERRORS,
    **instructor_service.CONSTRAINT_ERRORS,
    **point_service.CONSTRAINT_ERRORS,
    **import_service.CONSTRAINT_ERRORS,
}


def create_app(settings: Settings | None = None, verifier: Verifier | None = None) -> FastAPI:
    """A verifier of one's own (tests) knows its keys; otherwise registry trusts the keys it signs with."""
    settings = settings or Settings()
    app = create_service(
        settings,
        name="registry",
        title="两新 · 组织与身份",
        package_file=__file__,
        routers=ROUTERS,
        resolve_paths=resolve_paths,
        consumers=CONSUMERS,
        constraint_errors=CONSTRAINT_ERRORS,
        blueprint=blueprint,
        lifespan=lifespan,
        verifier=verifier or Verifier(settings.issuer),
    )
    app.state.signing_keys = SigningKeys(settings.signing_keys_dir)
    app.state.service_clients = ServiceClients(settings.service_clients_file)
    app.state.passwords = Passwords(settings)
    return app
