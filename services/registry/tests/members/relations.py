"""Two branches of two towns with their secretaries, one member between them, and the clock of a demonstration."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from kit.calendar import SHANGHAI, real_now
from kit.clock import set_offset
from kit.database import app_transaction
from registry.members.judgements.service import judge
from services.registry.tests.registers import Answer, District, Office, Registers

REASON = {"reason": "到新单位工作"}


@dataclass
class Relations:
    registers: Registers
    district: District
    number: str
    member: Answer = field(default_factory=dict)
    secretaries: list[Office] = field(default_factory=list)

    @property
    def old(self) -> Office:
        return self.secretaries[0]

    @property
    def new(self) -> Office:
        return self.secretaries[1]

    async def arrive(self) -> "Relations":
        since = {"joined_on": "2015-07-01", "confirmed_on": "2016-07-01"}
        self.member = await self.registers.member(self.district.branches[0], id_number=self.number, **since)
        offices = [("branch_secretary", branch) for branch in self.district.branches]
        self.secretaries = [await self.registers.office(*office, account=uuid4()) for office in offices]
        self.above = await self.registers.office("district_officer", self.district.root, account=uuid4())
        return self

    async def on(self, day: str) -> None:
        """Noon of that day in Shanghai, for the whole service."""
        noon = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=SHANGHAI)
        async with app_transaction(self.registers.app) as db:
            await set_offset(db, int((noon - real_now()).total_seconds()))

    async def letter(self, caller: Office | None = None, **fields: Any) -> Any:
        body = {"to_organization_id": self.district.branches[1]["id"], "letter_number": "介〔2025〕12号", **REASON}
        return await (caller or self.old).post(f"/members/{self.member['id']}/transfers", body | fields)

    async def ask(self, caller: Office | None = None, **fields: Any) -> Any:
        body = {"id_number": self.number, "to_organization_id": self.district.branches[1]["id"], **REASON}
        return await (caller or self.new).post("/transfer-requests", body | fields)

    async def act(self, transfer: Answer, step: str, caller: Office, **body: Any) -> Any:
        return await caller.post(f"/transfers/{transfer['id']}/{step}", body, version=transfer["version"])

    async def receive(self, transfer: Answer, received_on: str, caller: Office | None = None) -> Any:
        return await self.act(transfer, "receipt", caller or self.new, received_on=received_on)

    async def entry(self, caller: Office | None = None, **fields: Any) -> Answer:
        body = {"kind": "trustworthy", "happened_on": "2025-02-01", "content": "诚信经营示范岗", **fields}
        return await (caller or self.old).made(f"/members/{self.member['id']}/integrity-entries", **body)

    async def names(self, caller: Office, path: str = "/members") -> list[str]:
        return [one["id"] for one in (await caller.get(path)).json()["items"]]

    async def night(self) -> int:
        """What the worker does every night; how many periods it told."""
        return await judge(partial(app_transaction, self.registers.app))


async def relate(registers: Registers) -> Relations:
    relations = Relations(registers, await registers.district(), registers.id_number())
    await relations.on("2025-03-03")
    return await relations.arrive()
