"""What the demonstration chooses as passwords, judged by the registry's own rule."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from demo.passwords import BYTES, new_password, password_of, spelled
from demo.tour.progress import Progress
from registry.identity.accounts.rules import PROFILES, weaknesses

DERIVATIONS = 2_000


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
class TestPasswords:
    def test_of_2000_derivations_none_is_refused(self, profile, tmp_path: Path):
        played = Progress(tmp_path / "progress.json")
        for number in range(DERIVATIONS):
            username = f"m-{number:012x}"
            assert weaknesses(played.password(username), username=username, profile=profile) == []

    @given(st.binary(min_size=BYTES, max_size=BYTES))
    @example(bytes(BYTES))
    @example(b"\xff" * BYTES)
    @example(b"\x11" * BYTES)
    def test_spelled_from_any_bytes_are_not_refused(self, profile, chance):
        assert weaknesses(spelled(chance), username="m-00", profile=profile) == []

    def test_drawn_by_chance_are_never_refused_nor_the_same(self, profile):
        drawn = {new_password() for _ in range(DERIVATIONS)}
        assert len(drawn) == DERIVATIONS
        assert [one for one in drawn if weaknesses(one, username="xitong", profile=profile)] == []

    @pytest.mark.parametrize("username", ["zq7", "7k0", "00000000", "0f-", "k.a"])
    def test_never_hold_a_user_name(self, username, profile):
        derived = (password_of(f"{username}/{number}") for number in range(DERIVATIONS))
        assert [one for one in derived if weaknesses(one, username=username, profile=profile)] == []


class TestDerivation:
    def test_is_the_same_for_the_same_tour_and_person_only(self, tmp_path: Path):
        played, other = Progress(tmp_path / "one.json"), Progress(tmp_path / "other.json")
        assert played.password("m-1") == played.password("m-1")
        assert len({played.password("m-1"), played.password("m-2"), other.password("m-1")}) == 3
