"""Every night after the periods were judged: the ledgers of a quarter that is over are frozen."""

from functools import partial

import procrastinate

from kit.database import app_transaction
from registry.units.ledgers.service import freeze

NIGHTLY = "50 17 * * *"
blueprint = procrastinate.Blueprint()


@blueprint.periodic(cron=NIGHTLY)
@blueprint.task(name="freeze_ledgers", pass_context=True, retry=3, queueing_lock="freeze_ledgers")
async def freeze_ledgers(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - the turn's time, by which procrastinate tells turns apart
    await freeze(partial(app_transaction, context.additional_context["service"]))
