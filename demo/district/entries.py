"""The rows of the four workbooks, as values."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OrganizationEntry:
    code: str
    name: str
    kind: str
    parent_code: str | None
    host_kind: str | None = None
    is_directly_managed: bool = False
    set_up_mode: str | None = None
    founded_on: date = date(2012, 7, 1)
    term_ends_on: date | None = None
    demonstration_level: str | None = None


@dataclass(frozen=True, slots=True)
class UnitEntry:
    code: str
    name: str
    kind: str
    jurisdiction_code: str
    staff_count: int
    covering_codes: tuple[str, ...] = ()
    set_up_mode: str | None = None
    covered_from: date | None = None
    has_union: bool = False
    has_league: bool = False
    has_women: bool = False


@dataclass(frozen=True, slots=True)
class MemberEntry:
    name: str
    id_number: str
    ethnicity: str
    education: str
    stage: str
    joined_on: date | None
    confirmed_on: date | None
    organization_code: str
    phone: str
    unit_code: str | None


@dataclass(frozen=True, slots=True)
class PostEntry:
    name: str
    id_number: str
    kind: str
    organization_code: str
    unit_codes: tuple[str, ...]
    begins_on: date
    ends_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class District:
    organizations: tuple[OrganizationEntry, ...]
    units: tuple[UnitEntry, ...]
    members: tuple[MemberEntry, ...]
    posts: tuple[PostEntry, ...]
