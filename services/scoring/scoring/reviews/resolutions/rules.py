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
    """Half or more of those with a vote (domain rules §3: 半数以上, the half included)."""
    return body_size > 0 and 2 * present >= body_size


def unconcerned(people: int, concerned: int) -> int:
    """Those who may vote on a case: the ones concerned leave its count, present or not."""
    return people - concerned


def is_countable(votes: Votes, voters_present: int) -> bool:
    return votes.total <= voters_present


def is_passed(votes: Votes, entitled: int) -> bool:
    """More than half of those entitled, whether they came or not."""
    return 2 * votes.votes_for > entitled


def is_above_cap(stars: int, *, has_veto: bool, veto_cap: int) -> bool:
    return has_veto and stars > veto_cap
