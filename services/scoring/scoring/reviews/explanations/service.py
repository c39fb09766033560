from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from records.publicity import NoticeClock, has_run_out
from scoring.points.balances.queries import visible_subject
from scoring.points.ledger.models import LedgerEntry
from scoring.reviews.access.service import ReviewAccess
from scoring.reviews.attendances.kinds import meeting_name
from scoring.reviews.cycles.models import StarModel
from scoring.reviews.cycles.service import items_of, reach_read
from scoring.reviews.explanations import queries, rules
from scoring.reviews.explanations.queries import Around
from scoring.reviews.explanations.schemas import (
    AbsenceRead,
    CountedEntryRead,
    ExplanationRead,
    NextStarRead,
    ObjectionWindow,
    PlaceRead,
    StarTold,
    VetoTold,
)
from scoring.reviews.notices.models import NoticeState
from scoring.reviews.notices.queries import CURRENT
from scoring.reviews.ratings.models import FrozenInput, Rating
from scoring.reviews.ratings.queries import entries_of, rating_of
from scoring.reviews.ratings.rules import Dimension, Inputs, Scheme, stars_said
from scoring.reviews.ratings.schemas import Explained, OpinionPart
from scoring.reviews.ratings.service import seen_results
from scoring.subjects import SubjectKind

NOBODY = (0, 0, 0, 0)


class NotRated(problems.NotFound):
    code = "rating-not-found"
    detail = "这名对象尚未算出综合得分"


async def explain(db: AsyncSession, access: ReviewAccess, subject_id: UUID, *, today: date) -> ExplanationRead:
    """The rating, what it was made of, and, of those whose ledger one may read, the entries down to the last one."""
    row = (await db.execute(seen_results(access, subject_id))).first()
    rating: Rating | None = await rating_of(db, access.review.id, subject_id)
    if rating is None or row is None:
        raise NotRated
    is_whole = await visible_subject(db, access.actor, subject_id) is not None
    explained = Explained.model_validate(rating.explanation)
    if not is_whole:
        explained = explained.model_copy(update={"dimensions": [], "indicators": []})
    around = await queries.around(db, rating)
    absences = await _absences(db, rating) if is_whole else []
    told = _told(access, explained, around, row._mapping, absences, today)
    return ExplanationRead.model_validate(
        {
            **row._mapping,
            **await _counted(db, access, rating, is_whole=is_whole),
            "explanation": explained,
            "is_whole": is_whole,
            "absences": absences,
            "place": _place(around, rating, told.place),
            "next_star": None if told.next_star is None else NextStarRead(**told.next_star._asdict()),
            "veto": _veto(access, explained, around, subject_id),
            "objecting": _window(around, today),
            "published": None if around.star is None else StarTold.model_validate(around.star._asdict()),
            "calculation": rules.calculation(told.inputs, told.scheme),
            "paragraph": rules.paragraph(told),
        }
    )


async def _counted(db: AsyncSession, access: ReviewAccess, rating: Rating, *, is_whole: bool) -> dict[str, Any]:
    cycle = access.cycle
    entries = await entries_of(db, cycle, rating) if is_whole else []
    items = await items_of(db, cycle.catalogue_id)
    names = {one.code: one.name for one in items}
    return {
        "reach": reach_read(items, cycle.indicators_in_use, by_dimension=cycle.star_model is StarModel.DIMENSIONS),
        "entries": [_entry(one, names[one.indicator_code]) for one in entries],
        "entries_sum": sum((entry.granted for entry in entries), Decimal("0.00")) if is_whole else None,
    }


def _entry(entry: LedgerEntry, indicator_name: str) -> CountedEntryRead:
    fields = set(CountedEntryRead.model_fields) - {"indicator_name"}
    return CountedEntryRead(indicator_name=indicator_name, **{name: getattr(entry, name) for name in fields})


async def _absences(db: AsyncSession, rating: Rating) -> list[AbsenceRead]:
    """As they were frozen with the count; the people are called what they are called today."""
    frozen = await db.get_one(FrozenInput, (rating.review_id, rating.subject_id, rating.revision))
    names = await queries.names_of_members(db, {UUID(one["member_id"]) for one in frozen.absences})
    return [
        AbsenceRead(
            meeting_id=one["meeting_id"],
            meeting_name=meeting_name(one["kind"]),
            held_on=one["held_on"],
            member_id=one["member_id"],
            member_name=names.get(UUID(one["member_id"])),
        )
        for one in frozen.absences
    ]


def _told(
    access: ReviewAccess,
    explained: Explained,
    around: Around,
    row: Any,
    absences: Sequence[AbsenceRead],
    today: date,
) -> rules.Told:
    inputs, scheme = inputs_of(explained), scheme_of(explained, access.cycle.star_model)
    parts = dict(explained.parts)
    dimensions = {one.dimension: Dimension(one.points, one.maximum) for one in explained.dimensions}
    veto = _veto(access, explained, around, row["subject_id"])
    return rules.Told(
        name=row["subject_name"],
        inputs=inputs,
        scheme=scheme,
        weights_used={name: part.weight_used for name, part in parts.items()},
        set_aside=[one.value for one in explained.parts_set_aside],
        withheld=[name for name, part in parts.items() if isinstance(part, OpinionPart) and part.is_withheld],
        composite=explained.composite,
        stars=explained.stars,
        missed=[_missed(access, one) for one in absences],
        place=rules.Place(row["rank"], row["peers"], around.tied, around.superior_name or "上级党组织"),
        next_star=rules.next_star(scheme, explained.composite, explained.stars_before_veto, dimensions),
        veto=None if veto is None else rules.Vetoed(veto.stars_without, veto.cap, veto.ground),
        outcome=_outcome(around),
        objecting=_objecting(_window(around, today)),
    )


def inputs_of(explained: Explained) -> Inputs:
    parts = explained.parts
    return Inputs(
        attended=parts.attendance.attended,
        expected=parts.attendance.expected,
        points=parts.performance.points,
        maximum=parts.performance.maximum,
        ballot=_four(parts.ballot.counts),
        survey=_four(parts.survey.counts),
        has_veto=explained.has_veto,
    )


def _four(counts: Sequence[int] | None) -> tuple[int, int, int, int]:
    if counts is None:
        return NOBODY
    best, good, fair, worst = counts
    return best, good, fair, worst


def scheme_of(explained: Explained, model: StarModel) -> Scheme:
    rule, (best, good, fair, worst) = explained.rule, explained.rule.grade_values
    five, four, three, two = rule.bands
    return Scheme(
        weights={name: part.weight for name, part in explained.parts},
        grade_values=(best, good, fair, worst),
        bands=(five, four, three, two),
        floor=rule.floor,
        dimension_share=rule.dimension_share,
        veto_cap=rule.veto_cap,
        fewest_answers=rule.fewest_answers or 1,
        is_by_dimension=model is StarModel.DIMENSIONS,
    )


def _missed(access: ReviewAccess, one: AbsenceRead) -> rules.Absence:
    is_organization = access.cycle.subject_kind is SubjectKind.ORGANIZATION
    return rules.Absence(one.held_on, one.meeting_name, one.member_name if is_organization else None)


def _place(around: Around, rating: Rating, place: rules.Place) -> PlaceRead:
    return PlaceRead(
        rank=place.rank,
        peers=place.peers,
        tied=place.tied,
        superior_id=rating.superior_id,
        superior_name=around.superior_name,
    )


def _veto(access: ReviewAccess, explained: Explained, around: Around, subject_id: UUID) -> VetoTold | None:
    """Its ground is for the person and the superior; everybody else learns that there is one."""
    if not explained.has_veto:
        return None
    is_entitled = access.is_superior or access.speaks_for(subject_id)
    known = around.veto if is_entitled else None
    return VetoTold(
        stars_without=explained.stars_before_veto,
        cap=explained.rule.veto_cap,
        ground=None if known is None else known.ground,
        reason=None if known is None else known.reason,
    )


def _window(around: Around, today: date) -> ObjectionWindow:
    notice = around.notice
    if notice is None:
        return ObjectionWindow(notice_state=None, ends_on=None, is_open=False)
    clock = NoticeClock(notice.days_left, notice.running_since, notice.ends_on)
    is_open = notice.state in CURRENT and not has_run_out(clock, today)
    return ObjectionWindow(notice_state=notice.state, ends_on=notice.ends_on, is_open=is_open)


def _objecting(window: ObjectionWindow) -> str:
    if window.notice_state is None:
        return "尚未公示。"
    if window.notice_state is NoticeState.STOPPED:
        return "公示因异议暂停,答复后继续计时,期间仍可提出异议。"
    if window.is_open:
        return f"公示到 {window.ends_on}(含当日),期满前可以提出异议。"
    return "公示已经期满,不再受理异议。"


def _outcome(around: Around) -> str:
    star = around.star
    if star is None:
        return ""
    return f"{star.published_on} 公布{stars_said(star.level)},依据:{star.reason.rstrip('。')}。"
