import pytest

from registry.kinds import known
from registry.liaison.pairings.kinds import PairingKind
from registry.liaison.pairings.rules import is_with_itself, shape_fault

A, B = "a", "b"


class TestShapeOfAPairing:
    @pytest.mark.parametrize(
        ("kind", "given"),
        [
            ("demonstration", {"helper_organization_id": A, "partner_organization_id": B}),
            ("demonstration", {"helper_organization_id": A, "partner_unit_id": B}),
            ("village", {"helper_unit_id": A, "partner_village": B}),
            ("mutual", {"helper_unit_id": A, "partner_unit_id": B}),
        ],
    )
    def test_fits_its_kind(self, kind: str, given: dict[str, str]) -> None:
        assert shape_fault(known(PairingKind, kind), given) is None

    @pytest.mark.parametrize(
        ("kind", "given", "fault"),
        [
            ("demonstration", {"partner_unit_id": B}, "示范点帮扶须写明帮扶党组织中的一个"),
            ("demonstration", {"helper_unit_id": A, "partner_unit_id": B}, "示范点帮扶须写明帮扶党组织中的一个"),
            (
                "demonstration",
                {"helper_organization_id": A, "partner_organization_id": B, "partner_unit_id": B},
                "示范点帮扶须写明结对党组织或结对单位中的一个",
            ),
            ("village", {"helper_unit_id": A, "partner_unit_id": B}, "村企联建须写明结对村中的一个"),
            ("mutual", {"helper_unit_id": A}, "企业结对互助须写明结对单位中的一个"),
        ],
    )
    def test_that_does_not_fit_is_said(self, kind: str, given: dict[str, str], fault: str) -> None:
        assert shape_fault(known(PairingKind, kind), given) == fault


class TestSelfPairing:
    @pytest.mark.parametrize("one", ["organization_id", "unit_id"])
    def test_is_one_and_the_same_on_both_sides(self, one: str) -> None:
        assert is_with_itself({f"helper_{one}": A, f"partner_{one}": A})
        assert not is_with_itself({f"helper_{one}": A, f"partner_{one}": B})
        assert not is_with_itself({f"helper_{one}": None, f"partner_{one}": None})
