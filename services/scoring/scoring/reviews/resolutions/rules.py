"""Quorum and majority of the deliberating body; nobody votes on their own case."""

from dataclasses import dataclass

SMALLEST_COMMITTEE = 3


@dataclass(frozen=True)
class Votes:
    votes_for: int
    votes_against: int
    abstentions: int

    @property
    def total(self) -> int:
        return self.votes_for + self.votes_against + self.abstentions


def is_committee(size: int) -> bool:
    """With fewer than three in office the members decide together."""
    return size >= SMALLEST_COMMITTEE


def has_quorum(present: int, body_size: int) -> bool:
    return 2 * present > body_size


def entitled(present: int, concerned_present: int) -> int:
    """Those present who may vote on a case: the ones concerned leave the room."""
    return present - concerned_present


def is_countable(votes: Votes, entitled_count: int) -> bool:
    return votes.total <= entitled_count


def is_passed(votes: Votes, entitled_count: int) -> bool:
    return 2 * votes.votes_for > entitled_count


def is_above_cap(stars: int, *, has_veto: bool, veto_cap: int) -> bool:
    return has_veto and stars > veto_cap
