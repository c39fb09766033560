"""The sentences of a scheme's rule, with its own numbers in them: what an auditor needs to compute a result again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kit.edge import LabelledEnum


class Topic(LabelledEnum):
    ATTENDANCE = "attendance", "日常考勤"
    PERFORMANCE = "performance", "年度考绩"
    BALLOT = "ballot", "民主测评"
    SURVEY = "survey", "民意调查"
    COMPOSITE = "composite", "综合得分"
    STARS = "stars", "星级"
    RANK = "rank", "名次"
    FREEZE = "freeze", "冻结与更正"
    NOTICE = "notice", "公示与异议"


@dataclass(frozen=True)
class Numbers:
    """What a scheme fills into the sentences."""

    is_of_members: bool
    is_by_dimension: bool
    is_of_single: bool
    period_from: date
    period_to: date
    weights: Sequence[int]
    values: Sequence[int]
    bands: Sequence[Decimal]
    floor: Decimal
    dimension_share: Decimal
    veto_cap: int
    fewest_answers: int
    notice_working_days: int
    maximum: Decimal
    in_use: int
    meetings: Sequence[str]


Clauses = list[tuple[Topic, str]]


def clauses(numbers: Numbers) -> Clauses:
    return [*_attendance(numbers), *_performance(numbers), *_opinions(numbers), *_composite(numbers), *_after(numbers)]


def _attendance(n: Numbers) -> Clauses:
    whose = "本人" if n.is_of_members else "本组织全体党员(按人次)"
    return [
        (Topic.ATTENDANCE, f"得分=实到次数÷应到次数×100,按{whose}计;没有应到的会议,本项缺项。"),
        (
            Topic.ATTENDANCE,
            f"应到:{n.period_from} 至 {n.period_to} 举行并已确认出席的会议({'、'.join(n.meetings)}),"
            "开会当天属于应到范围的人;请假的仍为应到。",
        ),
        (Topic.ATTENDANCE, "实到:到会的,或者会后补课的;到会人数不足法定人数的会议无效,但到会的人算实到。"),
    ]


def _performance(n: Numbers) -> Clauses:
    found = [
        (Topic.PERFORMANCE, f"得分=积分÷满分×100,最高 100;满分是在用的 {n.in_use} 项指标年度上限之和 {n.maximum} 分。"),
        (
            Topic.PERFORMANCE,
            f"积分:发生在 {n.period_from} 至 {n.period_to} 的在用指标的得分;撤销的一笔随原笔所在的周期扣回。"
            "每笔以指标当期(月、季、半年、年)和全年上限的余量为限,超出的不计并记明。",
        ),
    ]
    if not n.is_of_members:
        found += [
            (
                Topic.PERFORMANCE,
                "O34 按比例得分:学时达到党员学时要求的党员数÷党员数,书记和委员同样按党员的要求(班子成员的要求见 O35)。",
            ),
            (Topic.PERFORMANCE, "O35 按比例得分:学时达到班子成员要求的书记和委员人数÷书记和委员人数。"),
        ]
    return found


def _opinions(n: Numbers) -> Clauses:
    best, good, fair, worst = n.values
    return [
        (
            Topic.BALLOT,
            f"得分=各票分值的平均:优秀 {best}、合格 {good}、基本合格 {fair}、不合格 {worst};没有评定等次的不计。",
        ),
        (
            Topic.BALLOT,
            "以最后一场有效的民主测评为准:参加人达到有权投票人的半数(含半数)为有效;"
            "已有有效的一场,只有上级说明理由准予重新测评,才以新的一场为准。",
        ),
        (
            Topic.SURVEY,
            f"得分=各份答卷分值的平均:好 {best}、较好 {good}、一般 {fair}、差 {worst};只计群众的民意调查。",
        ),
        (
            Topic.COMPOSITE,
            f"一名对象的测评不足 {n.fewest_answers} 票、调查不足 {n.fewest_answers} 份的,不公布也不计入,本项缺项。",
        ),
    ]


def _composite(n: Numbers) -> Clauses:
    attendance, performance, ballot, survey = n.weights
    return [
        (
            Topic.COMPOSITE,
            f"综合得分=(日常考勤×{attendance}+年度考绩×{performance}+民主测评×{ballot}+民意调查×{survey})÷100;"
            "缺项的不计,除以其余各项权重之和。",
        ),
        (Topic.COMPOSITE, "各项得分不取整,只在得出综合得分时四舍五入到两位小数;分项的两位小数只供显示。"),
        *_stars(n),
        (
            Topic.RANK,
            f"同类组:组织评议的党组织的上级相同,且{'都是党员' if n.is_of_members else '党组织类型相同'}。"
            "综合得分相同的名次相同,后面的名次空出;没有综合得分的排在最后。",
        ),
    ]


def _stars(n: Numbers) -> Clauses:
    five, four, three, two = n.bands
    model = (
        f"一个维度的积分达到该维度满分的 {n.dimension_share}%,得一颗星,最多五颗。"
        if n.is_by_dimension
        else f"综合得分 {five} 以上五星,{four} 以上四星,{three} 以上三星,{two} 以上二星,{n.floor} 以上一星,以下不评星。"
    )
    found = [
        (Topic.STARS, model + "不设名额和升级幅度的限制。"),
        (Topic.STARS, f"有一票否决事项的最高 {n.veto_cap} 星。系统只提出建议,由会议审议决定。"),
    ]
    if n.is_of_single:
        found.append((Topic.STARS, "只评单独组建的党组织,联合组建的不参加。"))
    return found


def _after(n: Numbers) -> Clauses:
    return [
        (
            Topic.FREEZE,
            "“评”结束时冻结各项数据;之后申报的积分不进入本次评议。只有成立的异议改动冻结的数据:"
            "重新核计所写明的部分,或者该项不计(指标不计的,得分和满分都去掉),每次改动留有修订号和原因。",
        ),
        (
            Topic.NOTICE,
            f"公示 {n.notice_working_days} 个工作日,至最后一日终了;有异议的停止计时,"
            "不成立的接着计时,成立的重新计算并重新公示。",
        ),
    ]
