"""Start, answer, hand in: by the business clock, on a paper drawn for the attempt, the best attempt kept."""

from datetime import datetime

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from records.registers import Register
from records.voiding import void_row
from roster.models import Member
from roster.queries import member_name_of, name_of
from training.branch_sites.sites.service import tell
from training.exams.attempts import queries, rules
from training.exams.attempts.models import ExamAttempt, ExamResult
from training.exams.attempts.rules import Standing
from training.exams.attempts.schemas import (
    AnswersWrite,
    ExamAttemptChanged,
    ExamAttemptRead,
    ExamPaperRead,
    ExamResultChanged,
    ExamResultRead,
    PaperQuestion,
)
from training.exams.exams.models import Exam
from training.exams.exams.queries import title_of_exam
from training.exams.exams.rules import paper
from training.exams.exams.service import BankTooSmall, void
from training.exams.questions.queries import standing
from training.meetings.make_ups.service import OwnCase
from training.mutual_aid.acting import NobodyTakesPart, members_below, own_organization


class ExamAttemptNotFound(problems.NotFound):
    code = "exam-attempt-not-found"
    detail = "没有这份答卷,或您看不到它"


class ExamResultNotFound(problems.NotFound):
    code = "exam-result-not-found"
    detail = "没有这个测试成绩,或您看不到它"


class ExamNotOpen(problems.Conflict):
    code = "exam-not-open"
    detail = "测试尚未开始、已截止或已作废"


class AttemptOpen(problems.Conflict):
    code = "attempt-open"
    detail = "上一份答卷尚未交卷"


class NoAttemptLeft(problems.Conflict):
    code = "no-attempt-left"
    detail = "每人最多考 {most} 次"


class AttemptHandedIn(problems.Conflict):
    code = "attempt-handed-in"
    detail = "已交卷,不能再改"


class TimeOver(problems.Conflict):
    code = "time-over"
    detail = "答题时间已到,请交卷:此前保存的答案有效"


class NoSuchQuestion(problems.Unprocessable):
    code = "no-such-question"
    detail = "试卷只有 {questions} 题"


NAMES = {
    model: {
        "organization_name": name_of(model.organization_id),
        "exam_name": title_of_exam(model.exam_id),
        "member_name": member_name_of(model.member_id),
    }
    for model in (ExamAttempt, ExamResult)
}
ATTEMPTS = Register(
    "测试答卷",
    ExamAttempt,
    ExamAttemptRead,
    ExamAttemptNotFound,
    queries.seen(ExamAttempt),
    derived={**NAMES[ExamAttempt], "answered": queries.answered()},
)
RESULTS = Register(
    "测试成绩", ExamResult, ExamResultRead, ExamResultNotFound, queries.seen(ExamResult), derived=NAMES[ExamResult]
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {
    "uq_exam_attempts_open": AttemptOpen,
    "uq_exam_attempts_exam_id_member_id_number": AttemptOpen,
}


async def start(db: AsyncSession, exam: Exam, *, actor: Actor, now: datetime) -> ExamAttempt:
    """A paper of its own: the exam's seed, and how many attempts were before it, decide it."""
    if exam.void_reason is not None or not exam.opens_at <= now < exam.closes_at:
        raise ExamNotOpen
    electors = members_below(exam.organization_id, day_of(now)).where(Member.id == actor.person)
    if actor.person is None or await db.scalar(electors) is None:
        raise NobodyTakesPart
    is_keeper = await queries.keeps_bank_of(db, actor.person, exam.organization_id, day_of(now))
    if is_keeper or exam.recorded_by == actor.subject:
        raise OwnCase
    organization = await own_organization(db, actor, day_of(now))
    earlier = list(await db.scalars(queries.of_member(exam.id, actor.person).with_for_update()))
    for one in earlier:
        if one.handed_in_at is None:
            if now <= one.due_at:
                raise AttemptOpen
            await _close(db, exam, one, actor, now)
    if len(earlier) >= exam.most_attempts:
        raise NoAttemptLeft(most=exam.most_attempts)
    bank = list(await db.scalars(standing(exam.organization_id, exam.topic)))
    if len(bank) < exam.questions:
        raise BankTooSmall(found=len(bank), wanted=exam.questions)
    number = len(earlier) + 1
    before = await db.scalar(queries.sat(exam.id)) or 0
    drawn = paper(bank, exam.questions, exam.seed + before)
    attempt = ExamAttempt(
        exam_id=exam.id,
        member_id=actor.person,
        number=number,
        question_ids=drawn,
        answers=[""] * len(drawn),
        started_at=now,
        due_at=rules.due(now, exam.minutes, exam.closes_at),
        organization_id=organization.id,
        root_id=organization.root_id,
        recorded_by=actor.subject,
        recorded_at=now,
    )
    db.add(attempt)
    return await _tell_attempt(db, attempt, actor)


async def answer(
    db: AsyncSession, attempt: ExamAttempt, given: AnswersWrite, *, actor: Actor, now: datetime
) -> ExamAttempt:
    refuse_handed_in(attempt)
    await _standing_exam(db, attempt)
    if now > attempt.due_at:
        raise TimeOver
    answers = list(attempt.answers)
    for one in given.answers:
        if one.number > len(answers):
            raise NoSuchQuestion(questions=len(answers))
        answers[one.number - 1] = "".join(sorted(set(one.answer)))
    attempt.answers = answers
    return await _tell_attempt(db, attempt, actor)


async def hand_in(db: AsyncSession, attempt: ExamAttempt, *, actor: Actor, now: datetime) -> ExamAttempt:
    """What was saved in time is judged; handing in late adds nothing and loses nothing."""
    refuse_handed_in(attempt)
    await _close(db, await _standing_exam(db, attempt), attempt, actor, now)
    return attempt


async def _standing_exam(db: AsyncSession, attempt: ExamAttempt) -> Exam:
    """Held, so that it is not void beside this."""
    exam = await db.get_one(Exam, attempt.exam_id, with_for_update={"read": True}, populate_existing=True)
    if exam.void_reason is not None:
        raise ExamNotOpen
    return exam


def refuse_handed_in(attempt: ExamAttempt) -> None:
    if attempt.handed_in_at is not None:
        raise AttemptHandedIn


async def _close(db: AsyncSession, exam: Exam, attempt: ExamAttempt, actor: Actor, now: datetime) -> None:
    found = {one.id: one for one in await db.scalars(queries.questions_of(attempt.question_ids))}
    right = rules.right(attempt.answers, [found[one].answers for one in attempt.question_ids])
    attempt.score = rules.score(right, len(attempt.question_ids))
    attempt.is_passed, attempt.handed_in_at = attempt.score >= exam.pass_mark, now
    await _tell_attempt(db, attempt, actor)
    reached = Standing(attempt.score, attempt.is_passed, day_of(min(now, attempt.due_at)))
    await _keep_best(db, attempt, reached, actor, now)


async def _keep_best(db: AsyncSession, attempt: ExamAttempt, reached: Standing, actor: Actor, now: datetime) -> None:
    query = queries.standing_results(attempt.exam_id).where(ExamResult.member_id == attempt.member_id)
    result = await db.scalar(query.with_for_update())
    before = None if result is None else Standing(result.score, result.is_passed, result.taken_on)
    best = rules.better(before, reached)
    if result is None:
        result = ExamResult(
            exam_id=attempt.exam_id,
            member_id=attempt.member_id,
            organization_id=attempt.organization_id,
            root_id=attempt.root_id,
            recorded_by=actor.subject,
            recorded_at=now,
        )
        db.add(result)
    result.attempts, result.score, result.is_passed, result.taken_on = attempt.number, *best
    await _tell(db, result, actor)


async def void_result(db: AsyncSession, result: ExamResult, reason: str, *, actor: Actor) -> ExamResult:
    """Of somebody who did not answer alone, say; what it earned goes back."""
    if result.member_id == actor.person:
        raise OwnCase
    void_row(db, result, reason)
    await _tell(db, result, actor)
    return result


async def void_exam(db: AsyncSession, exam: Exam, reason: str, *, actor: Actor) -> Exam:
    """Nobody takes part any more, and what was reached in it goes back with its points."""
    voided = await void(db, exam, reason, actor=actor)
    for result in await db.scalars(queries.standing_results(exam.id).with_for_update()):
        void_row(db, result, reason)
        await _tell(db, result, actor)
    return voided


async def _tell(db: AsyncSession, result: ExamResult, actor: Actor) -> None:
    await db.flush()
    told = ExamResultChanged(
        id=result.id,
        organization_id=result.organization_id,
        exam_id=result.exam_id,
        member_id=result.member_id,
        score=result.score,
        taken_on=result.taken_on,
        is_earning=result.is_passed and result.void_reason is None,
        revision=result.version,
    )
    await tell(db, told, result, actor=actor)


async def _tell_attempt(db: AsyncSession, attempt: ExamAttempt, actor: Actor) -> ExamAttempt:
    await db.flush()
    await tell(db, ExamAttemptChanged.model_validate(attempt), attempt, actor=actor)
    return attempt


async def show_paper(db: AsyncSession, attempt: ExamAttempt, response: Response, *, now: datetime) -> ExamPaperRead:
    """The right answers leave once the attempt is handed in and the exam is closed: others are still sitting it."""
    shown = await ATTEMPTS.answer(db, attempt, response)
    found = {one.id: one for one in await db.scalars(queries.questions_of(attempt.question_ids))}
    drawn = [found[one] for one in attempt.question_ids]
    exam = await db.get_one(Exam, attempt.exam_id)
    is_over = attempt.handed_in_at is not None and now >= exam.closes_at
    questions = [
        PaperQuestion(
            number=number,
            kind=one.kind,
            text=one.text,
            options=one.options,
            answer=given,
            right_answer=one.answers if is_over else None,
        )
        for number, (one, given) in enumerate(zip(drawn, attempt.answers, strict=True), start=1)
    ]
    return ExamPaperRead(attempt=shown, questions=questions)
