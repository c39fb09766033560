from kit.domains import Domain
from scoring.reviews.ratings import models

DOMAIN = Domain(tables=models)
