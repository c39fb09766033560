"""Every table of the service, imported so that Base.metadata is complete for migrations."""

from registry.coverage import models as coverage
from registry.demonstration_points import models as demonstration_points
from registry.imports import models as imports
from registry.instructors import models as instructors
from registry.members import models as members
from registry.organizations import models as organizations
from registry.posts import models as posts
from registry.units import models as units

__all__ = [
    "coverage",
    "demonstration_points",
    "imports",
    "instructors",
    "members",
    "organizations",
    "posts",
    "units",
]
