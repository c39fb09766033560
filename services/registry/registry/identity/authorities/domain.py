from kit.domains import Domain
from registry.identity.authorities.consumers import consumer
from registry.identity.authorities.router import router

DOMAIN = Domain(routers=[router], consumers=[consumer])
