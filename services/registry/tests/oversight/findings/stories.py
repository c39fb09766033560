"""A small district with an officer for each town, and what happens around its findings."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from hosting.jobs import build
from kit.database import app_transaction
from registry.oversight.findings.evaluation import evaluate
from registry.oversight.findings.jobs import blueprint
from services.registry.tests.registers import Answer, Office, Registers

LARGEST_PAGE = 200


@dataclass
class Story:
    registers: Registers
    towns: list[Answer]
    branches: list[Answer]
    district: Office
    officers: list[Office]

    async def all(self, office: Office, **query: Any) -> list[Answer]:
        return await self._page(office, "/findings", query)

    async def tasks(self, office: Office, **query: Any) -> list[Answer]:
        return await self._page(office, "/tasks", query)

    async def _page(self, office: Office, path: str, query: dict[str, Any]) -> list[Answer]:
        answer = await office.get(path, limit=LARGEST_PAGE, **query)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])

    async def find(self, office: Office, code: str, name: str) -> Answer:
        (found,) = [one for one in await self.all(office, code=code) if one["subject_name"] == name]
        return found

    async def employee(self, unit: Answer, **fields: Any) -> Answer:
        """A member of the first branch who works at the unit."""
        person = {"name": "王小明", "id_number": self.registers.id_number(), "stage": "formal", "unit_id": unit["id"]}
        return await self.district.made("/members", **person | fields, organization_id=self.branches[0]["id"])

    async def cover(self, unit: Answer, branch: Answer, mode: str = "single") -> str:
        link = {"organization_id": branch["id"], "mode": mode, "valid_from": "2021-01-01"}
        covered = await self.district.made(f"/units/{unit['id']}/coverage-links", **link)
        return str(covered["coverage_links"][-1]["id"])

    async def uncover(self, unit: Answer, link_id: str) -> None:
        version = (await self.district.get(f"/units/{unit['id']}")).json()["version"]
        await self.district.ended(f"/units/{unit['id']}/coverage-links/{link_id}", version, ended_on="2024-01-01")

    async def night(self) -> int:
        """What the worker does every night; how many events it told."""
        return await evaluate(partial(app_transaction, self.registers.app))

    async def worker_s_turn(self) -> None:
        """The job as the worker takes it up, queued as its turn has come."""
        app = build(self.registers.app.state.settings.database_url, [blueprint], "registry")
        ((name, _), turn) = next(iter(app.periodic_registry.periodic_tasks.items()))
        assert (name, turn.cron) == ("registry:evaluate_findings", "10 17 * * *")
        async with app.open_async():
            await turn.task.defer_async(timestamp=0)
            await app.run_worker_async(
                wait=False, install_signal_handlers=False, listen_notify=False,
                additional_context={"service": self.registers.app},
            )  # fmt: skip

    def told(self, what: str) -> list[Answer]:
        return self.registers.events(f"registry.finding.{what}.v1")


async def tell(registers: Registers) -> Story:
    district = await registers.district()
    officers = [await registers.office("town_officer", town) for town in district.towns]
    whole = await registers.office("district_officer", district.root)
    return Story(registers, district.towns, district.branches, whole, officers)
