"""五步排查法 (seed 2): no step is skipped, and the ledger waits for every unit of the area."""

from dataclasses import dataclass

from records.procedures import Act, Need, Procedure, Step
from registry.dates import After, DateRules
from registry.members.screenings.kinds import ScreeningSide as Side
from registry.members.screenings.kinds import ScreeningStage as Stage

SCREENING_DATES = DateRules({"started_on": "开始日期"}, (), facts=frozenset(("started_on",)))
STEP_DATES = DateRules(
    {"entered_on": "上一步的日期", "done_on": "办理日期"},
    (After("done_on", "entered_on"),),
    facts=frozenset(("done_on",)),
)
VERIFIED_DATES = DateRules(
    {"started_on": "排查开始日期", "verified_on": "核实日期"},
    (After("verified_on", "started_on"),),
    facts=frozenset(("verified_on",)),
)


@dataclass(frozen=True, slots=True)
class ScreeningFacts:
    units: int
    verified: int

    @property
    def unverified(self) -> int:
        return self.units - self.verified


VERIFY: Act[ScreeningFacts] = Act("verify", Side.SCREENER)
SCREENING: Procedure[Stage, ScreeningFacts] = Procedure(
    "这轮排查",
    (
        Step(
            Stage.ASSIGNED,
            Side.SCREENER,
            needs=(Need("units-missing", "辖区内没有在册单位,没有可排查的对象", lambda facts: not facts.units),),
        ),
        Step(Stage.QUERIED, Side.SCREENER),
        Step(
            Stage.VERIFIED,
            Side.SCREENER,
            needs=(Need("units-unverified", "还有 {count} 家单位没有核实", lambda facts: facts.unverified),),
            acts=(VERIFY,),
        ),
        Step(Stage.COMPILED, Side.SCREENER, acts=(VERIFY,)),
        Step(Stage.FOLLOWED, Side.SCREENER, acts=(VERIFY,)),
    ),
    back_by=Side.SCREENER,
)
