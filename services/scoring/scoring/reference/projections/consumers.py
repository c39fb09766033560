from sqlalchemy.ext.asyncio import AsyncSession

from kit.domains import Domain
from kit.events import Consumer, Event
from roster import consumers as roster
from roster.consumers import lay_down
from scoring.reference.projections import models
from scoring.reference.projections.models import DemonstrationPoint


async def on_demonstration_point_changed(db: AsyncSession, event: Event) -> None:
    await lay_down(db, DemonstrationPoint, event, event.data, key="organization_id")


REGISTRY = Consumer("registry", {"registry.demonstration_point.changed.v1": on_demonstration_point_changed})
DOMAIN = Domain(tables=models, consumers=[roster.REGISTRY, REGISTRY])
