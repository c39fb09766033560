"""Every night at ten past one in Shanghai; procrastinate counts in UTC and lets one worker only take a night's turn."""

from functools import partial

import procrastinate

from kit.database import app_transaction
from registry.oversight.findings.evaluation import evaluate

NIGHTLY = "10 17 * * *"
blueprint = procrastinate.Blueprint()


@blueprint.periodic(cron=NIGHTLY)
@blueprint.task(name="evaluate_findings", pass_context=True, retry=3, queueing_lock="evaluate_findings")
async def evaluate_findings(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - the turn's time, by which procrastinate tells turns apart
    await evaluate(partial(app_transaction, context.additional_context["service"]))
