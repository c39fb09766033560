"""The committees of the district, how many units each looks after, and of which kinds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from demo.district.codes import organization_code
from demo.district.entries import OrganizationEntry
from demo.district.names import DISTRICT, INDUSTRY, PARKS, TOWNS

DISTRICT_DIVISION = "990100"
COMMITTEE_TERM_ENDS = date(2028, 6, 30)
FOUNDED = {"区委": date(2010, 7, 1), "工委": date(2012, 3, 1), "党委": date(2012, 6, 1)}

DIRECTLY_MANAGED, IN_INDUSTRY, IN_EACH_PARK, IN_TOWNS = 12, 20, 9, 316
UNBUILT_IN_INDUSTRY, UNBUILT_IN_EACH_PARK, UNBUILT_IN_TOWNS = 18, 3, 130
TOWN_COVERED = {"非公企业": 268, "农民合作社": 25, "社会团体": 7, "民办非企业单位": 14, "基金会": 2}
TOWN_UNBUILT = {"非公企业": 96, "农民合作社": 10, "社会团体": 8, "民办非企业单位": 14, "基金会": 2}


@dataclass(frozen=True, slots=True)
class Seat:
    """A committee that directly leads primary organisations, and the kinds of its units, with one and without."""

    code: str
    place: str
    division: str
    host_kind: str
    covered: tuple[str, ...]
    unbuilt: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Top:
    organizations: tuple[OrganizationEntry, ...]
    seats: tuple[Seat, ...]
    work_committee_code: str
    district_code: str


def build_top(random: Random) -> Top:
    district = _committee("区委", 1, f"中共{DISTRICT}委员会", None, None)
    work = _committee("工委", 1, f"中共{DISTRICT}委员会两新组织工作委员会", district.code, "机关")
    town_covered = _shares(random, TOWN_COVERED, IN_TOWNS)
    town_unbuilt = _shares(random, TOWN_UNBUILT, UNBUILT_IN_TOWNS)
    organizations, seats = [district, work], [_directly_managed(work.code)]
    for number, town in enumerate(TOWNS, start=1):
        committee = _committee("党委", number, f"中共{town}两新组织委员会", work.code, "镇街")
        organizations.append(committee)
        division = f"9901{number:02d}"
        seats.append(Seat(committee.code, town, division, "企业", next(town_covered), next(town_unbuilt)))
    industry = _committee("党委", len(TOWNS) + 1, f"中共{INDUSTRY}行业委员会", work.code, "行业")
    shops = "个体工商户"
    organizations.append(industry)
    covered, unbuilt = (shops,) * IN_INDUSTRY, (shops,) * UNBUILT_IN_INDUSTRY
    seats.append(Seat(industry.code, DISTRICT, "990130", "行业", covered, unbuilt))
    for number, park in enumerate(PARKS, start=1):
        committee = _committee("工委", number + 1, f"中共{park}工作委员会", work.code, "园区")
        organizations.append(committee)
        covered, unbuilt = ("非公企业",) * IN_EACH_PARK, ("非公企业",) * UNBUILT_IN_EACH_PARK
        seats.append(Seat(committee.code, park, f"99014{number}", "园区", covered, unbuilt))
    return Top(tuple(organizations), tuple(seats), work.code, district.code)


def _directly_managed(work_committee_code: str) -> Seat:
    covered = ("非公企业",) * (DIRECTLY_MANAGED - 1) + ("社会团体",)
    return Seat(work_committee_code, DISTRICT, DISTRICT_DIVISION, "企业", covered, ())


def _committee(kind: str, sequence: int, name: str, parent: str | None, host: str | None) -> OrganizationEntry:
    return OrganizationEntry(
        code=organization_code(DISTRICT_DIVISION, kind, sequence),
        name=name,
        kind=kind,
        parent_code=parent,
        host_kind=host,
        founded_on=FOUNDED[kind],
        term_ends_on=COMMITTEE_TERM_ENDS,
    )


def _shares(random: Random, kinds: dict[str, int], total: int) -> Iterator[tuple[str, ...]]:
    """The kinds mixed and dealt out to the towns as evenly as the count allows."""
    pool = [kind for kind, count in kinds.items() for _ in range(count)]
    if len(pool) != total:
        raise ValueError(f"{len(pool)} kinds for {total} units")
    random.shuffle(pool)
    for number in range(len(TOWNS)):
        yield tuple(pool[number :: len(TOWNS)])
