"""One read row → one staged row: checks that need nothing but the row, labels to values, secrets sealed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from registry.dates import DateRules
from registry.exchange.imports.models import ImportKind
from registry.exchange.imports.workbooks import CODE_SEPARATOR, INSTRUCTOR_LABEL
from registry.kinds import known
from registry.liaison.instructors.rules import INSTRUCTOR_DATES
from registry.members.members.kinds import CodedEnum, Degree, Education, Ethnicity, MemberStage
from registry.members.members.rules import (
    MEMBER_DATES,
    id_number_facts,
    id_number_fault,
    mobile_fault,
    normal_id_number,
)
from registry.names import search_keys
from registry.seals import Seals
from registry.sites.demonstration_points.models import DemonstrationLevel
from registry.tree.organizations.kinds import HostKind, OrganizationKind, SetUpMode
from registry.tree.organizations.rules import ORGANIZATION_DATES, code_fault
from registry.tree.posts.kinds import AppointmentSource, PostKind
from registry.tree.posts.rules import POST_DATES
from registry.units.units.kinds import UnitKind
from registry.units.units.rules import UNIT_DATES, unit_code_fault
from sheets import Cell

Cells = dict[str, Cell]
CODED: dict[str, tuple[str, type[CodedEnum]]] = {
    "ethnicity": ("民族", Ethnicity),
    "education": ("学历", Education),
    "degree": ("学位", Degree),
}


@dataclass(slots=True)
class Prepared:
    content: dict[str, Any]
    id_number_sealed: bytes | None = None
    id_number_index: bytes | None = None
    phone_sealed: bytes | None = None
    faults: list[tuple[str, str]] = field(default_factory=list)

    def fault(self, heading: str, reason: str | None) -> None:
        if reason:
            self.faults.append((heading, reason))


def prepare(kind: ImportKind, cells: Cells, *, today: date, seals: Seals) -> Prepared:
    """`cells` may lack those that were refused already; their rules are then not asked."""
    return PREPARERS[kind](cells, today, seals)


def _value(labels: Any, label: Cell) -> str | None:
    return str(labels.from_label(label).value) if label is not None else None


def _coded(row: Prepared, kind: type[CodedEnum], heading: str, cell: Cell) -> str | None:
    if cell is None:
        return None
    found = kind.named(str(cell))
    row.fault(heading, None if found else "不在国家标准的代码表内,请填名称或代码")
    return found.value if found else None


def _day(cell: Cell) -> str | None:
    return cell.isoformat() if isinstance(cell, date) else None


def _codes(cell: Cell) -> list[str]:
    parts = str(cell or "").replace("\uff0c", CODE_SEPARATOR).replace(",", CODE_SEPARATOR).split(CODE_SEPARATOR)
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _judge_dates(row: Prepared, rules: DateRules, cells: Cells, today: date, **others: date | None) -> None:
    """The titles of the rules are the headings of the workbook."""
    days = {name: cell for name in rules.titles if isinstance(cell := cells.get(name), date)}
    for fault in rules.faults({**days, **others}, today):
        row.fault(rules.titles[fault.field], fault.reason)


def _organization(cells: Cells, today: date, _seals: Seals) -> Prepared:
    kind = _value(OrganizationKind, cells.get("kind"))
    row = Prepared(
        {
            "code": cells.get("code"),
            "name": cells.get("name"),
            "kind": kind,
            "parent_code": cells.get("parent_code"),
            "host_kind": _value(HostKind, cells.get("host_kind")),
            "is_directly_managed": cells.get("is_directly_managed"),
            "set_up_mode": _value(SetUpMode, cells.get("set_up_mode")),
            "founded_on": _day(cells.get("founded_on")),
            "term_ends_on": _day(cells.get("term_ends_on")),
            "demonstration_level": _value(DemonstrationLevel, cells.get("demonstration_level")),
        }
    )
    if kind and cells.get("code"):
        row.fault("组织代码", code_fault(str(cells["code"]), known(OrganizationKind, kind)))
    _judge_dates(row, ORGANIZATION_DATES, cells, today)
    return row


def _unit(cells: Cells, today: date, _seals: Seals) -> Prepared:
    covering, mode = _codes(cells.get("covering_codes")), _value(SetUpMode, cells.get("set_up_mode"))
    row = Prepared(
        {
            "code": cells.get("code"),
            "name": cells.get("name"),
            "kind": _value(UnitKind, cells.get("kind")),
            "jurisdiction_code": cells.get("jurisdiction_code"),
            "staff_count": cells.get("staff_count"),
            "covering_codes": covering,
            "set_up_mode": mode,
            "covered_from": _day(cells.get("covered_from")),
            "mass": [name for name in ("union", "league", "women") if cells.get(name)],
            "search_keys": search_keys(str(cells.get("name") or "")),
        }
    )
    if cells.get("code"):
        row.fault("统一社会信用代码", unit_code_fault(str(cells["code"])))
    if isinstance(staff := cells.get("staff_count"), int) and staff < 0:
        row.fault("职工人数", "不能是负数")
    if covering and mode is None and "set_up_mode" in cells:
        row.fault("组建模式", "有覆盖组织时必填")
    _judge_dates(row, UNIT_DATES, {"valid_from": cells.get("covered_from")}, today)
    return row


def _seal_id_number(row: Prepared, cells: Cells, today: date, seals: Seals) -> str | None:
    """The number without fault, sealed into the row; None when there is none."""
    if not cells.get("id_number"):
        return None
    number = normal_id_number(str(cells["id_number"]))
    fault = id_number_fault(number, today)
    if fault:
        row.fault("公民身份号码", fault)
        return None
    row.id_number_sealed, row.id_number_index = seals.seal_id_number(number), seals.index_id_number(number)
    return number


def _member(cells: Cells, today: date, seals: Seals) -> Prepared:
    row = Prepared(
        {
            "name": cells.get("name"),
            "stage": _value(MemberStage, cells.get("stage")),
            "joined_on": _day(cells.get("joined_on")),
            "confirmed_on": _day(cells.get("confirmed_on")),
            "organization_code": cells.get("organization_code"),
            "unit_code": cells.get("unit_code"),
            "search_keys": search_keys(str(cells.get("name") or "")),
        }
    )
    for name, (heading, kind) in CODED.items():
        row.content[name] = _coded(row, kind, heading, cells.get(name))
    birth_on = None
    if number := _seal_id_number(row, cells, today, seals):
        facts = id_number_facts(number)
        birth_on = facts.birth_on
        row.content |= {"birth_on": facts.birth_on.isoformat(), "sex": facts.sex.value}
    if phone := cast("str | None", cells.get("phone")):
        row.fault("手机号", mobile_fault(phone))
        row.phone_sealed = seals.seal_phone(phone)
    _judge_dates(row, MEMBER_DATES, cells, today, birth_on=birth_on)
    return row


def _post(cells: Cells, today: date, seals: Seals) -> Prepared:
    label, units = cells.get("kind"), _codes(cells.get("unit_codes"))
    is_instructor = label == INSTRUCTOR_LABEL
    row = Prepared(
        {
            "name": cells.get("name"),
            "is_instructor": is_instructor,
            "kind": None if is_instructor else _value(PostKind, label),
            "organization_code": cells.get("organization_code"),
            "unit_codes": units,
            "valid_from": _day(cells.get("valid_from")),
            "valid_to": _day(cells.get("valid_to")),
            "source": _value(AppointmentSource, cells.get("source")),
            "search_keys": search_keys(str(cells.get("name") or "")),
        }
    )
    number = _seal_id_number(row, cells, today, seals)
    if "organization_code" in cells and cells["organization_code"] is None and not (is_instructor and units):
        row.fault("组织代码", "必填")
    if units and not is_instructor:
        row.fault("服务单位代码", "只有党建指导员可以填")
    if is_instructor:
        engaged = {"engaged_on": cells.get("valid_from"), "released_on": cells.get("valid_to")}
        birth_on = id_number_facts(number).birth_on if number else None
        _judge_dates(row, INSTRUCTOR_DATES, engaged, today, birth_on=birth_on)
    else:
        _judge_dates(row, POST_DATES, cells, today)
    return row


PREPARERS: dict[ImportKind, Callable[[Cells, date, Seals], Prepared]] = {
    ImportKind.ORGANIZATIONS: _organization,
    ImportKind.UNITS: _unit,
    ImportKind.MEMBERS: _member,
    ImportKind.POSTS: _post,
}
