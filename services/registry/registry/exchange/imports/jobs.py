from functools import partial
from uuid import UUID

import procrastinate

from kit.database import app_transaction
from registry.exchange.imports.runs import run
from registry.seals import seals_of

RUN_IMPORT = "registry:run_import"
blueprint = procrastinate.Blueprint()


@blueprint.task(name="run_import", pass_context=True, retry=3)
async def run_import(context: procrastinate.JobContext, import_id: str) -> None:
    service = context.additional_context["service"]
    seals = seals_of(service.state.settings.data_keys_file)
    await run(partial(app_transaction, service), seals, UUID(import_id))
