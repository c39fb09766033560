"""Units, the branches that cover them one by one, general branches between, and project groups below."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from demo.district.codes import organization_code, unit_code
from demo.district.entries import OrganizationEntry, UnitEntry
from demo.district.names import UnitNames
from demo.district.seats import DISTRICT_DIVISION, Seat, Top

TOWNS_WITH_GENERAL_BRANCH, UNDER_GENERAL_BRANCH = 5, 5
PROJECT_GROUPS = 17
DEMONSTRATION = {"市级": 12, "区级": 57, "镇街级": 138}
EARLIEST, DAYS_OF_FOUNDING = date(2013, 1, 1), 3600
ELECTED_FROM, DAYS_OF_ELECTIONS = date(2024, 3, 1), 280
TERM_YEARS = 3
DUE_EVERY = 30
DUE_FROM = date(2025, 3, 1)


class Economy:
    """Grows seat by seat; `home` tells which unit a branch covers and `leader` which seat a branch is under."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._names = UnitNames(random)
        self.organizations: list[OrganizationEntry] = []
        self.units: list[UnitEntry] = []
        self.branches: list[OrganizationEntry] = []
        self.home: dict[str, UnitEntry] = {}
        self.leader: dict[str, Seat] = {}

    def fill(self, seat: Seat, *, is_directly_managed: bool, general_branch: OrganizationEntry | None) -> None:
        for number, kind in enumerate(seat.covered):
            between = general_branch if number < UNDER_GENERAL_BRANCH else None
            self._cover(self._unit(seat, kind), seat, between, is_directly_managed)
        self.units.extend(self._unit(seat, kind) for kind in seat.unbuilt)

    def _unit(self, seat: Seat, kind: str) -> UnitEntry:
        is_shop = kind == "个体工商户"
        staff = self._random.randint(3, 18) if is_shop else int(self._random.lognormvariate(3.6, 0.9)) + 4
        return UnitEntry(
            code=unit_code(seat.division, kind, len(self.units) + 1),
            name=self._names.take(seat.place, kind),
            kind=kind,
            jurisdiction_code=seat.code,
            staff_count=min(staff, 1800),
            has_union=self._chance(10 if is_shop else 60),
            has_league=self._chance(15),
            has_women=self._chance(20),
        )

    def _chance(self, percent: int) -> bool:
        return self._random.randrange(100) < percent

    def _cover(self, unit: UnitEntry, seat: Seat, between: OrganizationEntry | None, is_directly_managed: bool) -> None:
        founded = EARLIEST + timedelta(self._random.randrange(DAYS_OF_FOUNDING))
        branch = OrganizationEntry(
            code=organization_code(DISTRICT_DIVISION, "党支部", len(self.branches) + 1),
            name=f"中共{unit.name}支部委员会",
            kind="党支部",
            parent_code=between.code if between else seat.code,
            host_kind=seat.host_kind,
            is_directly_managed=is_directly_managed,
            set_up_mode="单独组建",
            founded_on=founded,
            term_ends_on=self._term_ends(len(self.branches)),
        )
        covered = replace(unit, covering_codes=(branch.code,), set_up_mode="单独组建", covered_from=founded)
        self.branches.append(branch)
        self.units.append(covered)
        self.home[branch.code] = covered
        self.leader[branch.code] = seat

    def _term_ends(self, number: int) -> date:
        """Most were elected in 2024; a few come up for election in the year the demonstration plays."""
        if number % DUE_EVERY == 0:
            return DUE_FROM + timedelta(self._random.randrange(90))
        elected = ELECTED_FROM + timedelta(self._random.randrange(DAYS_OF_ELECTIONS))
        return elected.replace(year=elected.year + TERM_YEARS)

    def name_demonstration_points(self) -> None:
        chosen = self._random.sample(range(len(self.branches)), sum(DEMONSTRATION.values()))
        levels = [level for level, count in DEMONSTRATION.items() for _ in range(count)]
        for number, level in zip(chosen, levels, strict=True):
            self.branches[number] = replace(self.branches[number], demonstration_level=level)

    def add_project_groups(self) -> None:
        """Under branches of the towns, which come after the directly managed ones."""
        enterprises = [one for one in self.branches if self.home[one.code].kind == "非公企业"]
        for number, branch in enumerate(self._random.sample(enterprises, PROJECT_GROUPS), start=1):
            group = OrganizationEntry(
                code=organization_code(DISTRICT_DIVISION, "项目党小组", number),
                name=f"{self.home[branch.code].name}第{number}项目党小组",
                kind="项目党小组",
                parent_code=branch.code,
                host_kind="企业",
                founded_on=date(2024, 9, 1),
            )
            self.organizations.append(group)


def build_economy(random: Random, top: Top) -> Economy:
    economy = Economy(random)
    general_branches: list[OrganizationEntry] = []
    for number, seat in enumerate(top.seats):
        general_branch = None
        if 1 <= number <= TOWNS_WITH_GENERAL_BRANCH:
            general_branch = _general_branch(seat, number)
            general_branches.append(general_branch)
        economy.fill(seat, is_directly_managed=number == 0, general_branch=general_branch)
    economy.name_demonstration_points()
    economy.add_project_groups()
    economy.organizations[:0] = [*general_branches, *economy.branches]
    return economy


def _general_branch(seat: Seat, number: int) -> OrganizationEntry:
    return OrganizationEntry(
        code=organization_code(DISTRICT_DIVISION, "党总支", number),
        name=f"中共{seat.place}商圈总支部委员会",
        kind="党总支",
        parent_code=seat.code,
        host_kind="镇街",
        founded_on=date(2016, 7, 1),
        term_ends_on=date(2027, 6, 30),
    )
