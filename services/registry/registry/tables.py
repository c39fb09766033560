"""Every table of the service, imported so that Base.metadata is complete for migrations and mappings."""

from registry.accounts import models as accounts
from registry.activations import models as activations
from registry.coverage import models as coverage
from registry.demonstration_points import models as demonstration_points
from registry.grants import models as grants
from registry.imports import models as imports
from registry.instructors import models as instructors
from registry.members import models as members
from registry.organizations import models as organizations
from registry.posts import models as posts
from registry.refresh_tokens import models as refresh_tokens
from registry.revocations import models as revocations
from registry.throttles import models as throttles
from registry.units import models as units

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
