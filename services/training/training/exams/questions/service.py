"""题库:逐题录入,或以 XLSX、GIFT 导入,有错的逐行说明."""

import asyncio
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from records.events import record_event
from records.registers import Register
from records.voiding import void_row
from roster.queries import belonging, name_of
from training.branch_sites.sites.service import tell
from training.exams.questions import queries, rules
from training.exams.questions.kinds import QuestionKind
from training.exams.questions.models import Question
from training.exams.questions.rules import MOST_QUESTIONS, TRUE_FALSE, Draft, digest
from training.exams.questions.schemas import (
    QuestionChanged,
    QuestionCreate,
    QuestionImportReport,
    QuestionProblem,
    QuestionRead,
    QuestionsImported,
)
from training.exams.questions.workbooks import LIMITS, letters_of, read_workbook
from training.mutual_aid.acting import acting_for

WHOLE_FILE = 0


class QuestionNotFound(problems.NotFound):
    code = "question-not-found"
    detail = "没有这道试题,或不在您的管理范围内"


class QuestionTaken(problems.Conflict):
    code = "question-taken"
    detail = "题库中已有这道题"


class WrongQuestion(problems.Unprocessable):
    code = "wrong-question"
    detail = "{reason}"


QUESTIONS = Register(
    "题库",
    Question,
    QuestionRead,
    QuestionNotFound,
    belonging(Question.organization_id),
    derived={"organization_name": name_of(Question.organization_id)},
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_questions_digest": QuestionTaken}


async def write(db: AsyncSession, entry: QuestionCreate, *, actor: Actor) -> Question:
    organization = await acting_for(db, actor, entry.organization_id)
    options = list(TRUE_FALSE) if entry.kind is QuestionKind.TRUE_FALSE and not entry.options else entry.options
    draft = Draft(0, entry.kind, entry.text, tuple(options), letters_of(entry.answers, options))
    if reason := rules.reason_against(draft.kind, draft.text, draft.options, draft.answers):
        raise WrongQuestion(reason=reason)
    [question] = await _add(db, [draft], organization.id, organization.root_id, entry.topic, actor)
    return await _tell(db, question, actor)


async def import_questions(
    db: AsyncSession, content: bytes, *, name: str, organization_id: UUID, topic: str, is_dry_run: bool, actor: Actor
) -> QuestionImportReport:
    """All or nothing; an `.xlsx` is a workbook, anything else GIFT."""
    organization = await acting_for(db, actor, organization_id)
    drafts, wrong = await (read_workbook(content) if name.lower().endswith(".xlsx") else _read_gift(content))
    wrong += _told(rules.repeated(drafts))
    known = set(await db.scalars(queries.known(organization_id, [digest(one.text) for one in drafts])))
    wrong += [_problem(one.line, "题库中已有这道题") for one in drafts if digest(one.text) in known]
    if not drafts and not wrong:
        wrong = [_problem(WHOLE_FILE, "文件中没有试题")]
    if wrong or is_dry_run:
        return QuestionImportReport(found=len(drafts), imported=0, problems=sorted(wrong, key=lambda one: one.line))
    await _add(db, drafts, organization_id, organization.root_id, topic, actor)
    told = QuestionsImported(organization_id=organization_id, topic=topic, questions=len(drafts))
    await record_event(
        db, told, subject=organization_id, root_id=organization.root_id, path=organization.path, actor=actor
    )
    return QuestionImportReport(found=len(drafts), imported=len(drafts), problems=[])


async def void(db: AsyncSession, question: Question, reason: str, *, actor: Actor) -> Question:
    """No later paper draws it; those that hold it keep it."""
    void_row(db, question, reason)
    return await _tell(db, question, actor)


async def _read_gift(content: bytes) -> tuple[list[Draft], list[QuestionProblem]]:
    if len(content) > LIMITS.file_bytes:
        return [], [_problem(WHOLE_FILE, "文件超过 2 MiB,请分次导入")]
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [_problem(WHOLE_FILE, "文件不是 UTF-8 文本")]
    if "\x00" in written:
        return [], [_problem(WHOLE_FILE, "文件不是文本")]
    drafts, faults = await asyncio.to_thread(rules.read_gift, written)
    if len(drafts) + len(faults) > MOST_QUESTIONS:
        return [], [_problem(WHOLE_FILE, f"一次至多导入 {MOST_QUESTIONS} 题")]
    return drafts, _told(faults)


def _problem(line: int, reason: str) -> QuestionProblem:
    return QuestionProblem(line=line, column="", reason=reason)


def _told(faults: Iterable[rules.Fault]) -> list[QuestionProblem]:
    return [_problem(one.line, one.reason) for one in faults]


async def _add(
    db: AsyncSession, drafts: list[Draft], organization_id: UUID, root_id: UUID, topic: str, actor: Actor
) -> list[Question]:
    now = await business_now(db)
    rows = [
        Question(
            topic=topic,
            kind=one.kind,
            text=one.text,
            options=list(one.options),
            answers=one.answers,
            digest=digest(one.text),
            organization_id=organization_id,
            root_id=root_id,
            recorded_by=actor.subject,
            recorded_at=now,
        )
        for one in drafts
    ]
    db.add_all(rows)
    await db.flush()
    return rows


async def _tell(db: AsyncSession, question: Question, actor: Actor) -> Question:
    await db.flush()
    told = QuestionChanged(
        id=question.id,
        organization_id=question.organization_id,
        topic=question.topic,
        kind=question.kind,
        is_void=question.void_reason is not None,
    )
    await tell(db, told, question, actor=actor)
    return question
