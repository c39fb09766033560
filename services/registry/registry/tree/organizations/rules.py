"""Pure decisions about codes, places in the tree and paths."""

import re
from typing import NamedTuple

from registry.dates import After, DateRules
from registry.tree.organizations.kinds import GROUP_KINDS, PRIMARY_KINDS, OrganizationKind, OrganizationLevel

CODE_PATTERN = re.compile(r"^[0-9]{13}$")
KIND_DIGITS = {kind: str(digit) for digit, kind in enumerate(OrganizationKind, start=1)}
KIND_POSITION = 6
LARGEST_SEQUENCE = 99_999
BASE_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STEP_WIDTH = 4
LARGEST_STEP = 36**STEP_WIDTH - 1
DEEPEST_STEPS = 12
ORGANIZATION_DATES = DateRules(
    {"founded_on": "成立日期", "term_ends_on": "届满日期", "dissolved_on": "撤销日期"},
    (After("term_ends_on", "founded_on", strictly=True), After("dissolved_on", "founded_on")),
    facts=frozenset(("founded_on", "dissolved_on")),
)

_PRIMARY_AND_ABOVE = (OrganizationKind.COMMITTEE, OrganizationKind.GENERAL_BRANCH, *PRIMARY_KINDS)


class Place(NamedTuple):
    kind: OrganizationKind
    level: OrganizationLevel


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10 over the twelve digits before it."""
    rest = 10
    for digit in digits:
        total = (rest + int(digit)) % 10 or 10
        rest = total * 2 % 11
    return str((11 - rest) % 10)


def organization_code(division: str, kind: OrganizationKind, sequence: int) -> str:
    """division(6) + kind(1) + sequence(5) + check(1)."""
    if not 0 < sequence <= LARGEST_SEQUENCE:
        raise ValueError("顺序号超出范围")
    body = f"{division}{KIND_DIGITS[kind]}{sequence:05d}"
    return body + check_digit(body)


def code_fault(code: str, kind: OrganizationKind) -> str | None:
    """What is wrong with an organisation code, in Chinese; None when it is right."""
    if not CODE_PATTERN.match(code):
        return "组织代码应为 13 位数字"
    if check_digit(code[:-1]) != code[-1]:
        return "组织代码的校验位不正确"
    if code[KIND_POSITION] != KIND_DIGITS[kind]:
        return "组织代码的类型位与组织类型不符"
    return None


def level_below(parent: Place | None, kind: OrganizationKind) -> OrganizationLevel | None:
    """The level an organisation of this kind takes under this parent; None where it may not stand (R01).

    A primary organisation directly below the level-2 work committee is a directly managed one (R03).
    """
    if parent is None:
        return OrganizationLevel.DISTRICT if kind is OrganizationKind.DISTRICT_COMMITTEE else None
    if parent.level is OrganizationLevel.DISTRICT:
        return OrganizationLevel.WORK_COMMITTEE if kind is OrganizationKind.WORK_COMMITTEE else None
    if parent.level is OrganizationLevel.WORK_COMMITTEE:
        return _below_work_committee(kind)
    if parent.level is OrganizationLevel.TOWN:
        return _below_town(kind)
    return _below_primary(parent.kind, kind)


def _below_work_committee(kind: OrganizationKind) -> OrganizationLevel | None:
    if kind in (OrganizationKind.COMMITTEE, OrganizationKind.WORK_COMMITTEE):
        return OrganizationLevel.TOWN
    if kind in (OrganizationKind.GENERAL_BRANCH, *PRIMARY_KINDS):
        return OrganizationLevel.PRIMARY
    return None


def _below_town(kind: OrganizationKind) -> OrganizationLevel | None:
    if kind in _PRIMARY_AND_ABOVE:
        return OrganizationLevel.PRIMARY
    return OrganizationLevel.GROUP if kind is OrganizationKind.PROJECT_GROUP else None


def _below_primary(parent: OrganizationKind, kind: OrganizationKind) -> OrganizationLevel | None:
    if parent in GROUP_KINDS:
        return None
    if kind in GROUP_KINDS:
        return OrganizationLevel.GROUP
    if parent is OrganizationKind.COMMITTEE and kind in (OrganizationKind.GENERAL_BRANCH, *PRIMARY_KINDS):
        return OrganizationLevel.PRIMARY
    if parent is OrganizationKind.GENERAL_BRANCH and kind in PRIMARY_KINDS:
        return OrganizationLevel.PRIMARY
    return None


def is_directly_managed(parent: Place | None, level: OrganizationLevel) -> bool:
    return (
        parent is not None and parent.level is OrganizationLevel.WORK_COMMITTEE and level is OrganizationLevel.PRIMARY
    )


def path_step(counter: int) -> str:
    """One fixed-width base-36 step with its slash: 10 → "000A/"."""
    if not 0 < counter <= LARGEST_STEP:
        raise ValueError("下级组织数量超出编码范围")
    digits = ""
    for _ in range(STEP_WIDTH):
        counter, rest = divmod(counter, 36)
        digits = BASE_36[rest] + digits
    return digits + "/"


def is_within(path: str, ancestor: str) -> bool:
    return path.startswith(ancestor)
