from kit.domains import Domain
from registry.identity.authorities.following import follow
from registry.identity.authorities.router import router

DOMAIN = Domain(routers=[router], run=follow)
