"""A transfer goes from the asking over the letter to its receipt (domain rules §6), without a database."""

from dataclasses import dataclass
from datetime import date

from records.procedures import Act, Need, Procedure, Step
from registry.dates import After, DateRules
from registry.members.transfers.kinds import TransferSide as Side
from registry.members.transfers.kinds import TransferState as State

TRANSFER_DATES = DateRules(
    {"issued_on": "介绍信开具日期", "received_on": "接收日期"},
    (After("received_on", "issued_on"),),
    facts=frozenset(("received_on",)),
)


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """`received_on` is the day named for the receipt; the member is `away` who is no longer with the old branch."""

    received_on: date
    valid_until: date | None
    is_away: bool = False

    @property
    def is_expired(self) -> bool:
        return self.valid_until is not None and self.received_on > self.valid_until


REFUSE_REQUEST: Act[TransferFacts] = Act("refuse_request", Side.OLD_BRANCH)
WITHDRAW_REQUEST: Act[TransferFacts] = Act("withdraw_request", Side.NEW_BRANCH)
RENEW_LETTER: Act[TransferFacts] = Act("renew_letter", Side.OLD_BRANCH)
RETURN_LETTER: Act[TransferFacts] = Act("return_letter", Side.NEW_BRANCH)
VOID: Act[TransferFacts] = Act("void", Side.OLD_BRANCH)
TRANSFERS: Procedure[State, TransferFacts] = Procedure(
    "这项组织关系转接",
    (
        Step(State.ASKED, Side.OLD_BRANCH, acts=(REFUSE_REQUEST, WITHDRAW_REQUEST)),
        Step(
            State.ISSUED,
            Side.NEW_BRANCH,
            needs=(
                Need("letter-expired", "介绍信已过有效期,须由转出方重新开具", lambda facts: facts.is_expired),
                Need("member-away", "党员已不在转出的党组织", lambda facts: facts.is_away),
            ),
            acts=(RENEW_LETTER, RETURN_LETTER, VOID),
        ),
        Step(State.RECEIVED, Side.NEW_BRANCH, acts=(VOID,)),
    ),
    back_by=Side.OLD_BRANCH,
)
