from datetime import date
from uuid import UUID

from pydantic import Field

from kit.edge import LongText, Schema
from scoring.reviews.cycles.models import CycleState
from scoring.reviews.cycles.rules import State
from scoring.reviews.reviews.schemas import ReviewRead


class Advance(Schema):
    to: State = Field(title="推进到哪一步")


class Reopening(Schema):
    to: State = Field(title="退回到哪一步")
    reason: LongText = Field(title="退回理由")


class MissingRead(Schema):
    code: str = Field(title="代码")
    text: str = Field(title="尚缺")


class Permissions(Schema):
    may_advance: bool = Field(title="可以推进")
    may_reopen: bool = Field(title="可以退回")
    may_submit_pledges: bool = Field(title="可以提交承诺")
    may_decide_pledges: bool = Field(title="可以审定承诺")
    may_report: bool = Field(title="可以述职")
    may_open_ballot: bool = Field(title="可以开始民主测评")
    may_reopen_ballot: bool = Field(title="可以准予重新民主测评")
    may_record_survey: bool = Field(title="可以录入调查")
    may_record_veto: bool = Field(title="可以登记一票否决")
    may_object: bool = Field(title="可以提出异议")
    may_decide_objections: bool = Field(title="可以答复异议")
    may_record_resolution: bool = Field(title="可以登记决议")
    may_confirm_resolution: bool = Field(title="可以确认与登记人有关的决议")


class Links(Schema):
    history: str = Field(title="办理记录")
    subjects: str = Field(title="评议对象")
    results: str = Field(title="结果")


class ReviewDetail(ReviewRead):
    next_state: State | None = Field(title="下一步")
    missing: list[MissingRead] = Field(title="离开本步骤尚缺")
    permissions: Permissions = Field(title="权限")
    due_at: date = Field(title="本步骤期限")
    links: Links = Field(title="链接")


class StepCount(Schema):
    state: State = Field(title="步骤")
    label: str = Field(title="名称")
    reviews: int = Field(title="评议数")
    late: int = Field(title="逾期办结数")


class Progress(Schema):
    cycle_id: UUID = Field(title="评议年度编号")
    cycle_name: str = Field(title="评议年度")
    state: CycleState = Field(title="年度状态")
    reviews: int = Field(title="评议总数")
    steps: list[StepCount] = Field(title="各步骤评议数")
