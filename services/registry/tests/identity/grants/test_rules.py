import pytest

from registry.identity.grants.rules import are_separate, fits_level

SYSTEM, SECURITY, AUDIT = "system_administrator", "security_administrator", "audit_administrator"


class TestSeparation:
    @pytest.mark.parametrize(
        ("role", "held", "separate"),
        [
            (SYSTEM, [SECURITY], False),
            (SECURITY, [AUDIT], False),
            (AUDIT, [SYSTEM], False),
            (SYSTEM, [SYSTEM], False),
            (SYSTEM, ["town_officer"], False),
            ("town_officer", [AUDIT], False),
            (SYSTEM, [], True),
            ("town_officer", ["town_officer", "branch_secretary"], True),
            ("branch_secretary", [], True),
        ],
    )
    def test_keeps_administrators_apart_from_each_other_and_from_office(
        self, role: str, held: list[str], separate: bool
    ) -> None:
        assert are_separate(role, held) is separate


class TestLevel:
    @pytest.mark.parametrize(
        ("role", "fitting"),
        [
            ("district_officer", {1, 2}),
            ("town_officer", {3}),
            ("branch_secretary", {4}),
            ("convener", {3, 4}),
            (SECURITY, {1, 2, 3, 4, 5}),
        ],
    )
    def test_of_the_organisation_fits_the_role(self, role: str, fitting: set[int]) -> None:
        assert {level for level in range(1, 6) if fits_level(role, level)} == fitting
