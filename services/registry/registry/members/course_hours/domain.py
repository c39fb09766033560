"""Hours of classes of people who are being developed, as training tells them."""

from kit.domains import Domain
from registry.members.course_hours import models
from registry.members.course_hours.consumers import TRAINING
from registry.members.course_hours.router import router

DOMAIN = Domain(routers=[router], tables=models, consumers=[TRAINING])
