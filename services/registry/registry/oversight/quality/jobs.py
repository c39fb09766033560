"""Every night at half past one in Shanghai, after the findings; one worker only takes the turn."""

from functools import partial

import procrastinate

from kit.database import app_transaction
from registry.oversight.quality.service import count

NIGHTLY = "30 17 * * *"
blueprint = procrastinate.Blueprint()


@blueprint.periodic(cron=NIGHTLY)
@blueprint.task(name="count_quality", pass_context=True, retry=3, queueing_lock="count_quality")
async def count_quality(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - the turn's time, by which procrastinate tells turns apart
    await count(partial(app_transaction, context.additional_context["service"]))
