"""Periods of members and branches that are over; nobody asks for them, the events tell them."""

from kit.domains import Domain
from registry.members.judgements import models
from registry.members.judgements.jobs import blueprint

DOMAIN = Domain(tables=models, jobs=blueprint)
