from collections.abc import Sequence
from random import Random
from uuid import UUID


def paper(bank: Sequence[UUID], questions: int, seed: int) -> list[UUID]:
    """Drawn without repeat: the same bank and seed give the same paper."""
    return Random(seed).sample(bank, questions)  # noqa: S311 - a draw that can be repeated, no secret
