from collections.abc import Sequence
from random import Random
from secrets import randbits
from uuid import UUID

SEED_BITS = 62


def seed_of(given: int | None) -> int:
    """The one that was asked for, or any."""
    return randbits(SEED_BITS) if given is None else given


def paper(bank: Sequence[UUID], questions: int, seed: int) -> list[UUID]:
    """Drawn without repeat: the same bank and seed give the same paper."""
    return Random(seed).sample(bank, questions)  # noqa: S311 - a draw that can be repeated, no secret
