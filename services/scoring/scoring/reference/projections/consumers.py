from kit.domains import Domain
from roster import models
from roster.consumers import REGISTRY

DOMAIN = Domain(tables=models, consumers=[REGISTRY])
