"""The registers as a truth table wants them: rows put there directly, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import true
from sqlalchemy.ext.asyncio import AsyncSession

from kit.ids import uuid7
from registry.database import Base
from registry.kinds import known as known_kind
from registry.liaison.instructors.models import Instructor, InstructorAssignment
from registry.members.members.kinds import MemberStage, Sex
from registry.members.members.models import Member
from registry.oversight.findings.declared import chosen
from registry.oversight.findings.kinds import FindingCode
from registry.oversight.findings.queries import holding
from registry.tree.organizations.kinds import OrganizationKind, OrganizationLevel, SetUpMode
from registry.tree.organizations.models import PartyOrganization
from registry.tree.posts.kinds import PostKind
from registry.tree.posts.models import Post
from registry.units.units.kinds import MassOrganizationKind, UnitKind
from registry.units.units.models import CoverageLink, Unit, UnitJurisdiction, UnitMassOrganization

T = TypeVar("T", bound=Base)
TODAY = date(2025, 6, 15)
FOUNDED = date(2015, 7, 1)
LEVELS = {
    OrganizationKind.DISTRICT_COMMITTEE: OrganizationLevel.DISTRICT,
    OrganizationKind.WORK_COMMITTEE: OrganizationLevel.WORK_COMMITTEE,
    OrganizationKind.PARTY_GROUP: OrganizationLevel.GROUP,
    OrganizationKind.PROJECT_GROUP: OrganizationLevel.GROUP,
}


@dataclass
class Facts:
    db: AsyncSession
    sequence: Any = field(default_factory=lambda: count(1000))

    async def add(self, row: T) -> T:
        self.db.add(row)
        await self.db.flush()
        await self.db.refresh(row)
        return row

    async def organization(
        self, name: str, parent: PartyOrganization | None, kind: str = "branch", **fields: Any
    ) -> PartyOrganization:
        number, known, identity = next(self.sequence), known_kind(OrganizationKind, kind), uuid7()
        return await self.add(
            PartyOrganization(
                id=identity,
                code=f"{uuid4().int % 10**13:013d}",
                name=name,
                search_keys=[],
                kind=known,
                parent_id=parent.id if parent else None,
                root_id=parent.root_id if parent else identity,
                path=(parent.path if parent else "") + f"{number:04d}/",
                **{"level": LEVELS.get(known, OrganizationLevel.PRIMARY), "founded_on": FOUNDED, **fields},
            )
        )

    async def town(self) -> PartyOrganization:
        root = await self.organization("区委", None, "district_committee")
        work = await self.organization("两新工委", root, "work_committee")
        return await self.organization("镇党委", work, "committee", level=OrganizationLevel.TOWN)

    async def member(self, organization: PartyOrganization, name: str = "党员", **fields: Any) -> Member:
        known = {"stage": MemberStage.FORMAL, "is_active": fields.get("left_on") is None, **fields}
        row = Member(
            name=name,
            search_keys=[],
            id_number_sealed=b"sealed",
            id_number_index=uuid4().bytes,
            birth_on=date(1980, 1, 1),
            sex=Sex.FEMALE,
            organization_id=organization.id,
            root_id=organization.root_id,
            **known,
        )
        return await self.add(row)

    async def members(self, number: int, organization: PartyOrganization, **fields: Any) -> None:
        for _ in range(number):
            await self.member(organization, **fields)

    async def unit(self, jurisdiction: PartyOrganization, name: str, **fields: Any) -> Unit:
        known = {"kind": UnitKind.NON_PUBLIC_ENTERPRISE, "is_active": fields.get("closed_on") is None, **fields}
        row = Unit(
            code=f"{next(self.sequence):018d}",
            name=name,
            search_keys=[],
            jurisdiction_id=jurisdiction.id,
            root_id=jurisdiction.root_id,
            **known,
        )
        return await self.add(row)

    async def counted(self, unit: Unit, since: date) -> None:
        row = UnitJurisdiction(unit_id=unit.id, unit_no=unit.unit_no, organization_id=unit.jurisdiction_id)
        row.root_id, row.valid_from = unit.root_id, since
        await self.add(row)

    async def link(self, unit: Unit, organization: PartyOrganization, **fields: Any) -> CoverageLink:
        row = CoverageLink(
            unit_id=unit.id,
            unit_no=unit.unit_no,
            organization_id=organization.id,
            organization_no=organization.organization_no,
            root_id=unit.root_id,
            **{"mode": SetUpMode.SINGLE, "valid_from": FOUNDED, **fields},
        )
        return await self.add(row)

    async def union(self, unit: Unit) -> None:
        row = UnitMassOrganization(unit_id=unit.id, unit_no=unit.unit_no, kind=MassOrganizationKind.UNION)
        row.root_id, row.valid_from = unit.root_id, FOUNDED
        await self.add(row)

    async def post(
        self, member: Member, organization: PartyOrganization, kind: str = "secretary", **dates: Any
    ) -> Post:
        row = Post(
            member_id=member.id,
            organization_id=organization.id,
            organization_no=organization.organization_no,
            root_id=organization.root_id,
            kind=known_kind(PostKind, kind),
            **{"valid_from": FOUNDED, **dates},
        )
        return await self.add(row)

    async def instructor(
        self, organization: PartyOrganization, name: str, serves: Sequence[Unit] = (), **dates: Any
    ) -> Instructor:
        row = Instructor(
            name=name,
            search_keys=[],
            id_number_sealed=b"sealed",
            id_number_index=uuid4().bytes,
            organization_id=organization.id,
            root_id=organization.root_id,
            **{"engaged_on": FOUNDED, **dates},
        )
        await self.add(row)
        for unit in serves:
            serving = InstructorAssignment(instructor_id=row.id, instructor_no=row.instructor_no, unit_id=unit.id)
            serving.unit_no, serving.root_id, serving.valid_from = unit.unit_no, unit.root_id, FOUNDED
            await self.add(serving)
        return row

    async def found(self, code: FindingCode, day: date = TODAY) -> dict[str, Any]:
        """By the subject's name: its figure, or since when it has been so where it has none."""
        rows = (await self.db.execute(holding(day, lambda _: true(), chosen([code])))).all()
        return {row.subject_name: row.began_on if row.value is None else row.value for row in rows}

    async def responsible(self, code: FindingCode) -> set[UUID]:
        rows = (await self.db.execute(holding(TODAY, lambda _: true(), chosen([code])))).all()
        return {row.organization_id for row in rows}
