import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from registry.tree.organizations.kinds import OrganizationKind, OrganizationLevel
from registry.tree.organizations.rules import (
    LARGEST_STEP,
    Place,
    check_digit,
    code_fault,
    is_directly_managed,
    level_below,
    organization_code,
    path_step,
)

TWELVE_DIGITS = st.text("0123456789", min_size=12, max_size=12)
KINDS = st.sampled_from(OrganizationKind)


class TestCode:
    @pytest.mark.parametrize("code", ["", "990100", "99010010000111", "9901001a00011", "990100100001²"])
    def test_of_another_shape_is_refused(self, code: str) -> None:
        assert code_fault(code, OrganizationKind.DISTRICT_COMMITTEE) == "组织代码应为 13 位数字"

    def test_of_another_kind_is_refused(self) -> None:
        code = organization_code("990100", OrganizationKind.BRANCH, 1)

        assert code_fault(code, OrganizationKind.COMMITTEE) == "组织代码的类型位与组织类型不符"

    @given(TWELVE_DIGITS)
    def test_check_digit_is_that_of_iso_7064(self, digits: str) -> None:
        assert check_digit(digits) == mod_11_10.calc_check_digit(digits)

    @given(KINDS, st.integers(1, 99_999), st.integers(0, 12), st.integers(1, 9))
    def test_with_one_wrong_digit_is_refused(
        self, kind: OrganizationKind, sequence: int, position: int, shift: int
    ) -> None:
        code = organization_code("990100", kind, sequence)
        wrong = code[:position] + str((int(code[position]) + shift) % 10) + code[position + 1 :]

        assert code_fault(code, kind) is None
        assert code_fault(wrong, kind) is not None

    @pytest.mark.parametrize("sequence", [0, -1, 100_000])
    def test_has_five_places_for_the_sequence(self, sequence: int) -> None:
        with pytest.raises(ValueError, match="顺序号"):
            organization_code("990100", OrganizationKind.BRANCH, sequence)


class TestPathStep:
    @given(st.integers(1, LARGEST_STEP), st.integers(1, LARGEST_STEP))
    def test_sorts_as_its_number(self, one: int, two: int) -> None:
        assert (path_step(one) < path_step(two)) == (one < two)

    @pytest.mark.parametrize(("counter", "step"), [(1, "0001/"), (10, "000A/"), (36, "0010/"), (LARGEST_STEP, "ZZZZ/")])
    def test_is_base_36_of_fixed_width(self, counter: int, step: str) -> None:
        assert path_step(counter) == step

    @pytest.mark.parametrize("counter", [0, -1, LARGEST_STEP + 1])
    def test_beyond_four_places_is_refused(self, counter: int) -> None:
        with pytest.raises(ValueError, match="编码范围"):
            path_step(counter)


DISTRICT = Place(OrganizationKind.DISTRICT_COMMITTEE, OrganizationLevel.DISTRICT)
WORK = Place(OrganizationKind.WORK_COMMITTEE, OrganizationLevel.WORK_COMMITTEE)
TOWN = Place(OrganizationKind.COMMITTEE, OrganizationLevel.TOWN)
PARK = Place(OrganizationKind.WORK_COMMITTEE, OrganizationLevel.TOWN)
ENTERPRISE = Place(OrganizationKind.COMMITTEE, OrganizationLevel.PRIMARY)
GENERAL = Place(OrganizationKind.GENERAL_BRANCH, OrganizationLevel.PRIMARY)
BRANCH = Place(OrganizationKind.BRANCH, OrganizationLevel.PRIMARY)
GROUP = Place(OrganizationKind.PARTY_GROUP, OrganizationLevel.GROUP)
PRIMARY = {"branch": 4, "joint_branch": 4, "project_branch": 4}
ALLOWED = {
    None: {"district_committee": 1},
    DISTRICT: {"work_committee": 2},
    WORK: {"committee": 3, "work_committee": 3, "general_branch": 4, **PRIMARY},
    TOWN: {"committee": 4, "general_branch": 4, "project_group": 5, **PRIMARY},
    PARK: {"committee": 4, "general_branch": 4, "project_group": 5, **PRIMARY},
    ENTERPRISE: {"general_branch": 4, "party_group": 5, "project_group": 5, **PRIMARY},
    GENERAL: {"party_group": 5, "project_group": 5, **PRIMARY},
    BRANCH: {"party_group": 5, "project_group": 5},
    GROUP: {},
}


class TestLevel:
    @pytest.mark.feature("R01")
    @pytest.mark.parametrize("kind", OrganizationKind)
    @pytest.mark.parametrize("parent", ALLOWED)
    def test_follows_from_parent_and_kind(self, parent: Place | None, kind: OrganizationKind) -> None:
        assert level_below(parent, kind) == ALLOWED[parent].get(kind.value)

    @pytest.mark.parametrize(
        ("parent", "level", "direct"),
        [(None, 1, False), (WORK, 3, False), (WORK, 4, True), (TOWN, 4, False), (GENERAL, 4, False)],
    )
    def test_four_below_the_work_committee_is_directly_managed(
        self, parent: Place | None, level: int, *, direct: bool
    ) -> None:
        assert is_directly_managed(parent, OrganizationLevel(level)) is direct
