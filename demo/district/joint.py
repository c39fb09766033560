"""A second, small district: 42 joint branches over 900 units, so that nobody takes organisations for covered units."""

from datetime import date
from functools import cache
from random import Random

from demo.district.codes import organization_code, unit_code
from demo.district.entries import District, MemberEntry, OrganizationEntry, PostEntry, UnitEntry
from demo.district.names import BRANDS, SHOP_TRADES
from demo.district.people import People

DIVISION = "990201"
PLACE = "云岚东片区"
JOINT_BRANCHES, UNITS, MEMBERS_EACH = 42, 900, 6
FOUNDED, TERM_ENDS = date(2021, 7, 1), date(2027, 6, 30)


@cache
def build_joint_district() -> District:
    random = Random(42)  # noqa: S311 a fixture must be the same every time
    committees = _committees()
    town = committees[-1]
    branches = [_branch(number, town.code) for number in range(1, JOINT_BRANCHES + 1)]
    units = tuple(_unit(number, town.code, branches[number % JOINT_BRANCHES].code) for number in range(UNITS))
    people = People(random)
    members: list[MemberEntry] = []
    posts: list[PostEntry] = []
    for place, branch in enumerate(branches):
        home = units[place or JOINT_BRANCHES].code
        here = [people.member(DIVISION, branch.code, home, is_formal=True) for _ in range(MEMBERS_EACH)]
        first = here[0]
        posts.append(PostEntry(first.name, first.id_number, "书记", branch.code, (), date(2024, 7, 1), TERM_ENDS, "选"))
        members += here
    return District((*committees, *branches), units, tuple(members), tuple(posts))


def _committees() -> tuple[OrganizationEntry, ...]:
    district = _organization("区委", 1, f"中共{PLACE}委员会", None)
    work = _organization("工委", 1, f"中共{PLACE}委员会两新组织工作委员会", district.code)
    town = _organization("党委", 1, f"中共{PLACE}商贸街两新组织委员会", work.code)
    return district, work, town


def _organization(kind: str, sequence: int, name: str, parent: str | None) -> OrganizationEntry:
    return OrganizationEntry(
        code=organization_code(DIVISION, kind, sequence),
        name=name,
        kind=kind,
        parent_code=parent,
        founded_on=FOUNDED,
        term_ends_on=TERM_ENDS,
    )


def _branch(number: int, town_code: str) -> OrganizationEntry:
    return OrganizationEntry(
        code=organization_code(DIVISION, "联合党支部", number),
        name=f"中共{PLACE}第{number}网格联合支部委员会",
        kind="联合党支部",
        parent_code=town_code,
        host_kind="镇街",
        set_up_mode="联合组建",
        founded_on=FOUNDED,
        term_ends_on=TERM_ENDS,
    )


def _unit(number: int, town_code: str, branch_code: str) -> UnitEntry:
    brand, trade = BRANDS[number % len(BRANDS)], SHOP_TRADES[number % len(SHOP_TRADES)]
    return UnitEntry(
        code=unit_code(DIVISION, "个体工商户", number + 1),
        name=f"{PLACE}{brand}{trade}{number + 1:03d}号",
        kind="个体工商户",
        jurisdiction_code=town_code,
        staff_count=2 + number % 7,
        covering_codes=(branch_code,),
        set_up_mode="联合组建",
        covered_from=FOUNDED,
    )
