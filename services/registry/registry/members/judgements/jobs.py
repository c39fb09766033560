"""Every night after the findings; procrastinate counts in UTC and lets one worker only take a night's turn."""

from functools import partial

import procrastinate

from kit.database import app_transaction
from registry.members.judgements.service import judge

NIGHTLY = "40 17 * * *"
blueprint = procrastinate.Blueprint()


@blueprint.periodic(cron=NIGHTLY)
@blueprint.task(name="judge_periods", pass_context=True, retry=3, queueing_lock="judge_periods")
async def judge_periods(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - the turn's time, by which procrastinate tells turns apart
    await judge(partial(app_transaction, context.additional_context["service"]))
