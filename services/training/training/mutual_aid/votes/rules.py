"""Who of the items becomes fixed, from the votes for each."""

from collections.abc import Mapping
from uuid import UUID

from training.mutual_aid.votes.kinds import VoteOutcome


def outcomes(tallies: Mapping[UUID, int], places: int) -> dict[UUID, VoteOutcome]:
    """The items with the most votes take the places; those level at the edge, where not all find one, are undecided.

    Nothing that nobody voted for takes a place.
    """
    votes = sorted(tallies.values(), reverse=True)
    edge = max(votes[places - 1] if len(votes) >= places else 1, 1)
    fits = sum(vote >= edge for vote in votes) <= places

    def of(vote: int) -> VoteOutcome:
        if vote < edge:
            return VoteOutcome.NOT_CHOSEN
        return VoteOutcome.FIXED if fits or vote > edge else VoteOutcome.TIED

    return {item: of(vote) for item, vote in tallies.items()}
