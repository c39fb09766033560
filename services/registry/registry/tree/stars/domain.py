"""Stars of organisations, as scoring publishes them: what rewards are tied to."""

from kit.domains import Domain
from registry.tree.stars import models

DOMAIN = Domain(routers=[], tables=models)
