"""GB 11643-1999 and the dates of a member, without a database."""

import re
from datetime import date
from typing import NamedTuple

from kit.texts import code_of
from registry.dates import ADULT, After, DateRules
from registry.members.members.kinds import Sex

ID_PATTERN = re.compile(r"^[0-9]{17}[0-9X]$")
WEIGHTS = tuple(pow(2, 17 - position, 11) for position in range(17))
CHECK_CHARACTERS = "10X98765432"
EARLIEST_BIRTH_YEAR = 1900
MEMBER_DATES = DateRules(
    {
        "birth_on": "出生日期",
        "joined_on": "入党日期",
        "confirmed_on": "转正日期",
        "arrived_on": "转入日期",
        "left_on": "离开日期",
    },
    (
        After("joined_on", "birth_on", years=ADULT),
        After("confirmed_on", "birth_on", years=ADULT),
        After("confirmed_on", "joined_on"),
        After("arrived_on", "birth_on"),
        After("left_on", "birth_on"),
        After("left_on", "joined_on"),
        After("left_on", "confirmed_on"),
        After("left_on", "arrived_on"),
    ),
    facts=frozenset(("joined_on", "confirmed_on", "arrived_on", "left_on")),
)


class IdNumberFacts(NamedTuple):
    birth_on: date
    sex: Sex


def id_check_character(body: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def normal_id_number(text: str) -> str:
    return code_of(text).upper()


def id_number_fault(number: str, today: date) -> str | None:
    """Check character and birth date decide; the place may have been renamed since and is not judged."""
    if not ID_PATTERN.match(number):
        return "公民身份号码应为 18 位数字(末位可为 X)"
    birth_on = _birth_date(number)
    if birth_on is None or not birth_on.year >= EARLIEST_BIRTH_YEAR or birth_on > today:
        return "公民身份号码中的出生日期不存在"
    if id_check_character(number[:-1]) != number[-1]:
        return "公民身份号码的校验位不正确"
    return None


def id_number_facts(number: str) -> IdNumberFacts:
    """Of a number without a fault: birth date and sex (odd 17th digit is male)."""
    birth_on = _birth_date(number)
    if birth_on is None:
        raise ValueError("birth date")
    return IdNumberFacts(birth_on, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def _birth_date(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def mobile_fault(number: str) -> str | None:
    if re.fullmatch(r"1[3-9][0-9]{9}", number):
        return None
    return "手机号应为 11 位数字"
