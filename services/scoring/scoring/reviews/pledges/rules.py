"""Two to five pledges a subject (domain rules §8)."""

FEWEST, MOST = 2, 5


def free_positions(taken: set[int]) -> list[int]:
    return [position for position in range(1, MOST + 1) if position not in taken]
