from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from records.registers import Register
from records.voiding import void_row
from roster.queries import name_of, open_below
from training.branch_sites.sites.service import tell
from training.exams.exams import rules
from training.exams.exams.models import Exam
from training.exams.exams.schemas import ExamChanged, ExamCreate, ExamRead
from training.exams.questions.queries import standing
from training.mutual_aid.acting import acting_for


class ExamNotFound(problems.NotFound):
    code = "exam-not-found"
    detail = "没有这场测试,或您看不到它"


class BankTooSmall(problems.Conflict):
    code = "bank-too-small"
    detail = "题库中只有 {found} 道可用的题,不够抽 {wanted} 道"


class ExamWindowMismatch(problems.Unprocessable):
    code = "exam-window-mismatch"
    detail = "截止时刻须晚于开始时刻"


EXAMS = Register(
    "测试",
    Exam,
    ExamRead,
    ExamNotFound,
    open_below(Exam.organization_id),
    derived={"organization_name": name_of(Exam.organization_id)},
)


async def set_exam(db: AsyncSession, entry: ExamCreate, *, actor: Actor) -> Exam:
    organization = await acting_for(db, actor, entry.organization_id)
    if entry.closes_at <= entry.opens_at:
        raise ExamWindowMismatch
    found = len((await db.scalars(standing(organization.id, entry.topic))).all())
    if found < entry.questions:
        raise BankTooSmall(found=found, wanted=entry.questions)
    exam = Exam(
        **entry.model_dump(exclude={"seed"}),
        seed=rules.seed_of(entry.seed),
        root_id=organization.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(exam)
    return await _tell(db, exam, actor)


async def void(db: AsyncSession, exam: Exam, reason: str, *, actor: Actor) -> Exam:
    """Nobody takes part any more; results that stand are void one by one."""
    void_row(db, exam, reason)
    return await _tell(db, exam, actor)


async def _tell(db: AsyncSession, exam: Exam, actor: Actor) -> Exam:
    await db.flush()
    facts = {name: getattr(exam, name) for name in ExamChanged.model_fields if name != "is_void"}
    await tell(db, ExamChanged(**facts, is_void=exam.void_reason is not None), exam, actor=actor)
    return exam
