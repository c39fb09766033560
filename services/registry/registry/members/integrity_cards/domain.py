"""The integrity card of a member (诚信卡), in which scoring's published stars appear."""

from kit.domains import Domain
from registry.members.integrity_cards import models
from registry.members.integrity_cards.consumers import SCORING
from registry.members.integrity_cards.router import router

DOMAIN = Domain(routers=[router], tables=models, consumers=[SCORING])
