"""Every night at twenty past one in Shanghai; procrastinate counts in UTC, and one worker only takes the turn."""

from functools import partial

import procrastinate

from kit.database import app_transaction
from registry.liaison.appeals.judging import judge_last_quarter

NIGHTLY = "20 17 * * *"
blueprint = procrastinate.Blueprint()


@blueprint.periodic(cron=NIGHTLY)
@blueprint.task(name="judge_appeals", pass_context=True, retry=3, queueing_lock="judge_appeals")
async def judge_appeals(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - the turn's time, by which procrastinate tells turns apart
    await judge_last_quarter(partial(app_transaction, context.additional_context["service"]))
