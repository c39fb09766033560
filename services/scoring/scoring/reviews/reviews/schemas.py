from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import Instant, LongText, Schema
from records.listing import Listing, equals
from records.steps import MissingRead, StepKind
from scoring.reviews.access.models import Review, ReviewSubject, StepRecord
from scoring.reviews.cycles.models import CycleState
from scoring.reviews.cycles.rules import State


class ReviewOpen(Schema):
    cycle_id: UUID = Field(title="评议年度编号")
    organization_id: UUID = Field(title="组织评议的党组织编号")


class ReviewRead(Schema):
    id: UUID = Field(title="编号")
    root_id: UUID = Field(title="所属区编号")
    cycle_id: UUID = Field(title="评议年度编号")
    cycle_name: str = Field(title="评议年度")
    organization_id: UUID = Field(title="组织评议的党组织编号")
    organization_name: str | None = Field(title="组织评议的党组织")
    superior_id: UUID = Field(title="上级党组织编号")
    superior_name: str | None = Field(title="上级党组织")
    subjects_count: int = Field(title="评议对象数")
    state: State = Field(title="所处步骤")
    opened_on: date = Field(title="启动日期")
    finished_on: date | None = Field(title="办结日期")
    is_late: bool = Field(title="是否晚于“七一”前办结")
    version: int = Field(title="版本")


class ReviewListing(Listing, sortable=(Review.opened_on, Review.state, Review.is_late), order=(Review.id,)):
    cycle_id: Annotated[UUID | None, equals(Review.cycle_id)] = Field(default=None, title="评议年度编号")
    organization_id: Annotated[UUID | None, equals(Review.organization_id)] = Field(
        default=None, title="组织评议的党组织编号"
    )
    superior_id: Annotated[UUID | None, equals(Review.superior_id)] = Field(default=None, title="上级党组织编号")
    state: Annotated[list[State], equals(Review.state)] = Field(default=[], max_length=8, title="所处步骤")
    is_late: Annotated[bool | None, equals(Review.is_late)] = Field(default=None, title="是否晚于“七一”前办结")


class SubjectRead(Schema):
    review_id: UUID = Field(title="评议编号")
    review_name: str = Field(title="评议")
    subject_id: UUID = Field(title="评议对象编号")
    subject_name: str = Field(title="评议对象")
    peer_kind: str = Field(title="同类组别")
    is_graded: bool = Field(title="是否评定等次(预备党员不评)")


class SubjectListing(
    Listing,
    sortable=(ReviewSubject.name.label("subject_name"), ReviewSubject.peer_kind),
    order=(ReviewSubject.subject_id,),
):
    peer_kind: Annotated[str | None, equals(ReviewSubject.peer_kind), Field(max_length=40)] = Field(
        default=None, title="同类组别"
    )
    is_graded: Annotated[bool | None, equals(ReviewSubject.is_graded)] = Field(default=None, title="是否评定等次")


class StepOutput(Schema):
    """What a step left behind; counts of what was missing are all none when it was left."""

    subjects: int | None = Field(default=None, title="评议对象数")
    subjects_without_pledges: int | None = Field(default=None, title="缺承诺的对象数")
    is_period_over: bool | None = Field(default=None, title="积分周期是否结束")
    undecided_claims: int | None = Field(default=None, title="未审定的申报数")
    reports_missing: int | None = Field(default=None, title="缺述职的对象数")
    open_ballots: int | None = Field(default=None, title="未截止的测评数")
    valid_ballots: int | None = Field(default=None, title="有效测评数")
    counted_ballots: int | None = Field(default=None, title="有效且未准予重新进行的测评数")
    ballot_id: UUID | None = Field(default=None, title="准予重新进行的测评编号")
    surveys_missing: int | None = Field(default=None, title="缺民意调查的对象数")
    subjects_unrated: int | None = Field(default=None, title="未算得分的对象数")
    notices_missing: int | None = Field(default=None, title="未公示的对象数")
    notices_running: int | None = Field(default=None, title="公示期未满的对象数")
    open_objections: int | None = Field(default=None, title="未答复的异议数")
    is_resolved: bool | None = Field(default=None, title="是否已形成决议")
    frozen_at: Instant | None = Field(default=None, title="数据冻结时间")
    notices: int | None = Field(default=None, title="公示数")
    ends_on: date | None = Field(default=None, title="公示期满日")
    stars: dict[str, int] | None = Field(default=None, title="各星级数量")
    is_late: bool | None = Field(default=None, title="是否晚于“七一”前办结")


class StepRecordRead(Schema):
    position: int = Field(title="序号")
    kind: StepKind = Field(title="动作")
    from_state: State | None = Field(title="原步骤")
    to_state: State = Field(title="现步骤")
    actor_id: UUID = Field(title="办理账号")
    person_id: UUID | None = Field(title="办理人编号")
    person_name: str | None = Field(title="办理人")
    occurred_on: date = Field(title="办理日期")
    occurred_at: Instant = Field(title="办理时间")
    output: StepOutput = Field(title="成果")
    reason: str | None = Field(title="理由")


class StepRecordListing(Listing, sortable=(StepRecord.position, StepRecord.occurred_at), order=(StepRecord.position,)):
    pass


class Advance(Schema):
    to: State = Field(title="推进到哪一步")


class Reopening(Schema):
    to: State = Field(title="退回到哪一步")
    reason: LongText = Field(title="退回理由")


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
