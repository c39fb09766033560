"""软弱涣散整顿 (R56): the organisation reports what it did, its superior signs it off or lets it go on."""

from typing import NamedTuple

from records.procedures import Act, Need, Procedure, Step
from registry.dates import After, DateRules
from registry.oversight.rectifications.kinds import RectificationSide as Side
from registry.oversight.rectifications.kinds import RectificationStage as Stage

LISTED_DATES = DateRules(
    {"listed_on": "列入日期", "due_on": "整顿期限"},
    (After("due_on", "listed_on", strictly=True),),
    facts=frozenset(("listed_on",)),
)
NOTED_DATES = DateRules(
    {"listed_on": "列入日期", "noted_on": "记录日期"},
    (After("noted_on", "listed_on"),),
    facts=frozenset(("noted_on",)),
)
EXTENDED_DATES = DateRules(
    {"decided_on": "验收日期", "due_on": "新的整顿期限"}, (After("due_on", "decided_on", strictly=True),)
)


class RectificationFacts(NamedTuple):
    notes: int


NOTE: Act[RectificationFacts] = Act("note", Side.ORGANIZATION)
DECIDE: Act[RectificationFacts] = Act("decide", Side.SUPERIOR)
RECTIFICATION: Procedure[Stage, RectificationFacts] = Procedure(
    "这项整顿",
    (
        Step(
            Stage.RECTIFYING,
            Side.ORGANIZATION,
            needs=(Need("progress-missing", "没有记录过整改进展", lambda facts: not facts.notes),),
            acts=(NOTE,),
        ),
        Step(Stage.SUBMITTED, Side.SUPERIOR, acts=(DECIDE,)),
        Step(Stage.CLOSED, Side.SUPERIOR),
    ),
    back_by=Side.SUPERIOR,
)
