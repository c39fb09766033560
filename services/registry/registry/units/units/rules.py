"""GB 32100-2015, the joint-branch rule E2 and the dates of a unit, without a database."""

from datetime import date

from registry.dates import After, DateRules

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
MODULUS = 31
CODE_LENGTH = 18
WEIGHTS = tuple(pow(3, position, MODULUS) for position in range(CODE_LENGTH - 1))
GENERALLY_AT_MOST = 5
NOT_BEFORE_FOUNDING = After("valid_from", "founded_on")
UNIT_DATES = DateRules(
    {
        "counted_from": "纳入统计日期",
        "effective_on": "生效日期",
        "closed_on": "注销日期",
        "ended_on": "结束日期",
        "valid_from": "覆盖起始日期",
        "founded_on": "覆盖组织的成立日期",
    },
    (NOT_BEFORE_FOUNDING,),
    facts=frozenset(("counted_from", "effective_on", "closed_on", "ended_on", "valid_from")),
)
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


def unit_check_character(body: str) -> str:
    """The 18th character over the first 17; weights 3^i mod 31."""
    total = sum(_VALUES[character] * weight for character, weight in zip(body, WEIGHTS, strict=True))
    return ALPHABET[-total % MODULUS]


def unit_code_fault(code: str) -> str | None:
    """What is wrong with a unified social credit code, in Chinese; letter-prefixed codes are valid."""
    if len(code) != CODE_LENGTH:
        return "统一社会信用代码应为 18 位"
    if any(character not in _VALUES for character in code):
        return "统一社会信用代码含有不允许的字符(不用 I、O、Z、S、V 和小写字母)"
    if not code[2:8].isdigit():
        return "统一社会信用代码第 3 至 8 位应为行政区划数字"
    if unit_check_character(code[:-1]) != code[-1]:
        return "统一社会信用代码的校验位不正确"
    return None


def joint_branch_finding(unit_count: int) -> str | None:
    """E2: a joint branch generally covers at most five units; more is allowed and noted."""
    if unit_count <= GENERALLY_AT_MOST:
        return None
    return f"联合党支部覆盖 {unit_count} 家单位,一般不超过 {GENERALLY_AT_MOST} 家"


def link_in_words(name: str, mode: str, valid_from: date, valid_to: date | None) -> str:
    """A coverage link as the history of its unit tells it."""
    return f"{name}({mode}),{valid_from} 起" + (f",{valid_to} 止" if valid_to else "")
