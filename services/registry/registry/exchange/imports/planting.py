"""Where the organisations of a workbook will stand; pure, parents first."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from registry.kinds import known
from registry.tree.organizations.kinds import OrganizationKind, OrganizationLevel
from registry.tree.organizations.rules import Place, is_directly_managed, level_below

PARENT, KIND, DIRECT = "上级组织代码", "组织类型", "直管"


class StagedOrganization(NamedTuple):
    row_no: int
    content: Mapping[str, Any]
    is_wrong: bool

    @property
    def code(self) -> str:
        return str(self.content.get("code"))

    @property
    def parent_code(self) -> str | None:
        return self.content.get("parent_code")


class Fault(NamedTuple):
    row_no: int
    heading: str
    reason: str


class PlacedOrganization(NamedTuple):
    row: StagedOrganization
    level: OrganizationLevel
    is_directly_managed: bool


class Planting:
    """Places the rows of one workbook under the organisations that exist and under each other."""

    def __init__(
        self, rows: Sequence[StagedOrganization], existing: Mapping[str, Place], *, may_plant_roots: bool
    ) -> None:
        self._rows = {row.code: row for row in rows}
        self._existing = existing
        self._may_plant_roots = may_plant_roots
        self._settled: set[str] = set()
        self.placed: dict[str, PlacedOrganization] = {}
        self.faults: list[Fault] = []
        for code in self._rows:
            for one in self._ancestors_first(code):
                self._settle(self._rows[one])

    def _ancestors_first(self, code: str) -> list[str]:
        """Only what is not settled yet; a ring is cut where it closes."""
        chain: list[str] = []
        current: str | None = code
        while current in self._rows and current not in self._settled and current not in chain:
            chain.append(current)
            current = self._rows[current].parent_code
        return chain[::-1]

    def _settle(self, row: StagedOrganization) -> None:
        self._settled.add(row.code)
        if row.is_wrong:
            return
        placed = self._place(row)
        if isinstance(placed, Fault):
            self.faults.append(placed)
        else:
            self.placed[row.code] = placed

    def _place(self, row: StagedOrganization) -> PlacedOrganization | Fault:
        kind = known(OrganizationKind, row.content["kind"])
        parent = self._parent(row.parent_code)
        if row.parent_code is None and not self._may_plant_roots:
            return Fault(row.row_no, PARENT, "只有系统管理员可以建立没有上级的组织")
        if row.parent_code is not None and parent is None:
            return Fault(row.row_no, PARENT, "没有这个上级组织,或已撤销,或不在管理范围内,或其所在行有错")
        level = level_below(parent, kind)
        if level is None:
            return Fault(row.row_no, KIND, f"{kind.label}不能设在这个上级之下")
        direct = is_directly_managed(parent, level)
        if row.content.get("is_directly_managed") and not direct:
            return Fault(row.row_no, DIRECT, "直管组织应是上级为区委两新工委的基层党组织")
        return PlacedOrganization(row, level, direct)

    def _parent(self, code: str | None) -> Place | None:
        if code is None:
            return None
        here = self.placed.get(code)
        if here is not None:
            return Place(known(OrganizationKind, here.row.content["kind"]), here.level)
        return None if code in self._rows else self._existing.get(code)
