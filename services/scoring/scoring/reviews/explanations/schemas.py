from datetime import date
from uuid import UUID

from pydantic import Field

from kit.edge import Instant, Points, Schema
from scoring.reviews.cycles.schemas import ReachRead
from scoring.reviews.notices.models import NoticeState
from scoring.reviews.ratings.schemas import Explained, RatingRead


class AbsenceRead(Schema):
    meeting_id: UUID = Field(title="会议编号")
    meeting_name: str = Field(title="会议")
    held_on: date = Field(title="会议日期")
    member_id: UUID = Field(title="党员编号")
    member_name: str | None = Field(title="党员")


class PlaceRead(Schema):
    rank: int = Field(title="同类组内名次(并列同名次)")
    peers: int = Field(title="同类组已评人数")
    tied: int = Field(title="同名次人数(含本对象)")
    superior_id: UUID = Field(title="上级党组织编号")
    superior_name: str | None = Field(title="上级党组织")


class NextStarRead(Schema):
    level: int = Field(title="下一个星级")
    threshold: Points = Field(title="须达到的分数", description="按分数线评星为综合得分,按维度评星为该维度的积分")
    lacking: Points = Field(title="还差的分数")
    dimension: str | None = Field(title="差得最少的维度", description="按分数线评星为空")


class VetoTold(Schema):
    stars_without: int | None = Field(title="只按得分可评的星级")
    cap: int = Field(title="一票否决后最高星级")
    ground: str | None = Field(title="一票否决事项", description="只对本人(本组织)和上级党组织给出")
    reason: str | None = Field(title="事实与依据", description="同上")


class ObjectionWindow(Schema):
    notice_state: NoticeState | None = Field(title="公示状态", description="尚未公示为空")
    ends_on: date | None = Field(title="可以提出异议到哪一天(含当日)")
    is_open: bool = Field(title="今天可以提出异议")


class StarTold(Schema):
    level: int = Field(title="公布的星级")
    reason: str = Field(title="公布的依据")
    published_on: date = Field(title="公布日期")


class CountedEntryRead(Schema):
    id: UUID = Field(title="流水编号")
    indicator_code: str = Field(title="指标编码")
    indicator_name: str = Field(title="指标")
    occurred_on: date = Field(title="发生日期")
    granted: Points = Field(title="得分")
    clipped: Points = Field(title="超出上限未计")
    source: str = Field(title="来源")
    source_ref: str = Field(title="来源标识")
    recorded_at: Instant = Field(title="入账时间")


class ExplanationRead(RatingRead):
    explanation: Explained = Field(title="说明:各项、权重、规则、指标")
    reach: ReachRead = Field(title="可达到的满分和星级")
    is_whole: bool = Field(title="含积分明细", description="只对本人和管理范围内的对象给出指标、维度和流水")
    entries: list[CountedEntryRead] = Field(title="计入的积分流水")
    entries_sum: Points | None = Field(title="流水合计")
    paragraph: str = Field(title="一段话说清", description="照算式可以自己算出综合得分")
    calculation: str | None = Field(title="综合得分的算式", description="没有综合得分为空")
    absences: list[AbsenceRead] = Field(title="缺席的会议", description="只对本人和管理范围内的对象给出")
    place: PlaceRead = Field(title="在同类组中的位置")
    next_star: NextStarRead | None = Field(title="距下一个星级", description="已是最高或没有得分为空")
    veto: VetoTold | None = Field(title="一票否决")
    objecting: ObjectionWindow = Field(title="提出异议的期限")
    published: StarTold | None = Field(title="公布的星级", description="尚未公布为空")
