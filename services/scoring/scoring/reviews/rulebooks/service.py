from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from scoring.points.indicators.models import Indicator
from scoring.points.indicators.queries import indicators_of
from scoring.reviews.attendances.kinds import MeetingKind
from scoring.reviews.cycles import queries as cycles
from scoring.reviews.cycles.models import Cycle, StarModel
from scoring.reviews.cycles.schemas import CycleRead
from scoring.reviews.cycles.service import CycleNotFound, nested
from scoring.reviews.rulebooks.rules import Numbers, clauses
from scoring.reviews.rulebooks.schemas import ClauseRead, IndicatorRule, RulebookRead, SurveyValues
from scoring.rounding import PLACES
from scoring.subjects import SubjectKind

OF_CYCLE = set(RulebookRead.model_fields) & set(CycleRead.model_fields)


async def rulebook(db: AsyncSession, cycle_id: UUID, *, actor: Actor) -> RulebookRead:
    query = cycles.shown_cycles().where(cycles.seen_by(actor), Cycle.id == cycle_id)
    row = (await db.execute(query)).first()
    if row is None:
        raise CycleNotFound
    cycle = nested(row)
    codes = row.indicators_in_use
    indicators = [
        _indicator(one, is_in_use=codes is None or one.code in codes)
        for one in await indicators_of(db, cycle.catalogue_id)
    ]
    numbers = _numbers(cycle, [one for one in indicators if one.is_in_use])
    values = numbers.values
    return RulebookRead(
        **{name: getattr(cycle, name) for name in OF_CYCLE},
        cycle_id=cycle.id,
        cycle_name=cycle.name,
        survey_values=SurveyValues(**dict(zip(SurveyValues.model_fields, values, strict=True))),
        decimal_places=PLACES,
        meeting_kinds=list(MeetingKind),
        counts_invalid_meetings=True,
        maximum=numbers.maximum,
        indicators=indicators,
        clauses=[ClauseRead(topic=topic, text=text) for topic, text in clauses(numbers)],
    )


def _indicator(one: Indicator, *, is_in_use: bool) -> IndicatorRule:
    columns = set(IndicatorRule.model_fields) - {"is_in_use"}
    return IndicatorRule.model_validate({**{name: getattr(one, name) for name in columns}, "is_in_use": is_in_use})


def _numbers(cycle: CycleRead, used: list[IndicatorRule]) -> Numbers:
    bands = cycle.bands
    return Numbers(
        is_of_members=cycle.subject_kind is SubjectKind.MEMBER,
        is_by_dimension=cycle.star_model is StarModel.DIMENSIONS,
        is_of_single=cycle.only_single,
        period_from=cycle.period_from,
        period_to=cycle.period_to,
        weights=[value for _, value in cycle.weights],
        values=[value for _, value in cycle.grade_values],
        bands=[bands.five, bands.four, bands.three, bands.two],
        floor=bands.floor,
        dimension_share=cycle.dimension_share,
        veto_cap=cycle.veto_cap,
        fewest_answers=cycle.fewest_answers,
        notice_working_days=cycle.notice_working_days,
        maximum=sum((one.annual_cap for one in used), start=bands.floor * 0),
        in_use=len(used),
        meetings=[one.label for one in MeetingKind],
    )
