"""A town with many organisations and units, put into the tables directly, and its officer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from kit.database import app_transaction
from registry.sites.demonstration_points.models import DemonstrationLevel, DemonstrationPoint
from registry.tree.organizations.models import PartyOrganization
from services.registry.tests.oversight.findings.facts import Facts

SINCE = date(2022, 1, 1)


@dataclass
class Town:
    registers: Any
    district: Any
    officer: Any
    sequence: Any = field(default_factory=lambda: count(1000))

    async def _place(self, db: Any) -> tuple[Facts, PartyOrganization]:
        town = await db.get_one(PartyOrganization, UUID(self.district.towns[0]["id"]))
        return Facts(db, self.sequence), town

    async def organizations(self, number: int, *, are_points: bool = False) -> list[str]:
        async with app_transaction(self.registers.app) as db:
            facts, town = (
                Facts(db, self.sequence),
                await db.get_one(PartyOrganization, UUID(self.district.towns[0]["id"])),
            )
            found = [await facts.organization(f"第{one + 1}支部", town) for one in range(number)]
            if are_points:
                db.add_all([point(one) for one in found])
            return [str(one.id) for one in found]

    async def units(self, number: int, covered_by: Sequence[str] = ()) -> list[str]:
        async with app_transaction(self.registers.app) as db:
            facts, town = (
                Facts(db, self.sequence),
                await db.get_one(PartyOrganization, UUID(self.district.towns[0]["id"])),
            )
            found = [await facts.unit(town, f"第{one + 1}企业") for one in range(number)]
            for unit, organization in zip(found, covered_by, strict=False):
                await facts.link(unit, await db.get_one(PartyOrganization, UUID(organization)))
            return [str(one.id) for one in found]

    async def pair(self, **sides: Any) -> dict[str, Any]:
        return dict(await self.officer.made("/pairings", **{"paired_on": "2023-03-01", **sides}))

    async def refused(self, **sides: Any) -> tuple[int, str]:
        answer = await self.officer.post("/pairings", {"paired_on": "2023-03-01", **sides})
        return answer.status_code, answer.json()["code"]

    async def circle(self, name: str) -> dict[str, Any]:
        centre = {"organization_id": self.district.towns[0]["id"], "area": "500.00", "opened_on": "2022-01-01"}
        named = {"name": name, "centre_name": name, "address": "园区路 1 号"}
        return dict(await self.officer.made("/circles", **centre, **named))

    async def join(self, circle: dict[str, Any], organization: str, day: str = "2022-02-01") -> dict[str, Any]:
        """As a group."""
        joining = {"circle_id": circle["id"], "walking_minutes": 8, "joined_on": day}
        return dict(await self.officer.made("/circle-memberships", **joining, organization_id=organization))

    async def act(self, pairing: dict[str, Any], **fields: Any) -> dict[str, Any]:
        body = {"pairing_id": pairing["id"], "acted_on": "2023-05-10", "content": "帮建活动场所,培训骨干"}
        return dict(await self.officer.made("/pairing-actions", **{**body, **fields}))


def point(organization: PartyOrganization) -> DemonstrationPoint:
    named = {"organization_id": organization.id, "organization_no": organization.organization_no}
    return DemonstrationPoint(**named, root_id=organization.root_id, level=DemonstrationLevel.TOWN, valid_from=SINCE)


async def town_of(registers: Any) -> Town:
    """Without the branch that a district begins with: nothing else is there to be paired."""
    district = await registers.district()
    officer = await registers.office("town_officer", district.towns[0])
    path, body = f"/organizations/{district.branches[0]['id']}/dissolution", {"dissolved_on": "2020-01-01"}
    dissolved = await officer.post(path, {**body, "reason": "企业注销"}, version=1)
    assert dissolved.status_code == 201, dissolved.text
    return Town(registers, district, officer)
