"""The days and the head counts of a declaration."""

from registry.dates import After, DateRules

HIRE_DATES = DateRules(
    {"hired_on": "入职日期", "declared_on": "亮明身份日期"},
    (After("declared_on", "hired_on"),),
    facts=frozenset({"hired_on", "declared_on"}),
)


def count_fault(people: int, declared: int, members: int) -> str | None:
    """Those who declared are among the hired, and members among those who declared."""
    if declared > people:
        return f"亮明身份的 {declared} 人多于入职的 {people} 人"
    if members > declared:
        return f"党员 {members} 人多于亮明身份的 {declared} 人"
    return None
