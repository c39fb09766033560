"""Every table of the service, imported so that Base.metadata is complete for migrations and mappings."""

from registry.exchange.imports import models as imports
from registry.identity.accounts import models as accounts
from registry.identity.activations import models as activations
from registry.identity.grants import models as grants
from registry.identity.refresh_tokens import models as refresh_tokens
from registry.identity.revocations import models as revocations
from registry.identity.throttles import models as throttles
from registry.liaison.instructors import models as instructors
from registry.members.members import models as members
from registry.sites.demonstration_points import models as demonstration_points
from registry.tree.organizations import models as organizations
from registry.tree.posts import models as posts
from registry.units.coverage import models as coverage
from registry.units.units import models as units

__all__ = [
    "accounts",
    "activations",
    "coverage",
    "demonstration_points",
    "grants",
    "imports",
    "instructors",
    "members",
    "organizations",
    "posts",
    "refresh_tokens",
    "revocations",
    "throttles",
    "units",
]
