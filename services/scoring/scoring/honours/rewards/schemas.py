from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Points, Schema
from records.listing import Listing, equals
from records.voiding import VOID_REASON, void_or_not
from scoring.honours.rewards.models import Reward
from scoring.honours.rewards.rules import StarClass
from scoring.subjects import SubjectKind

RewardId = Annotated[UUID, Path(title="奖励编号")]
RewardedLevel = Annotated[int, Field(ge=3, le=5)]


class RewardGrant(Schema):
    cycle_id: UUID = Field(title="评议年度")
    granted_on: BusinessDate = Field(title="奖励日期")
    star_ids: Annotated[list[UUID], Field(max_length=1000)] = Field(
        default=[], title="星级编号", description="空为名单上尚未奖励的全部三星级以上星级"
    )


class RewardRead(Schema):
    id: UUID = Field(title="编号")
    root_id: UUID = Field(title="所属区编号")
    organization_id: UUID = Field(title="所属党组织编号")
    organization_name: str | None = Field(title="所属党组织")
    cycle_id: UUID = Field(title="评议年度编号")
    cycle_name: str | None = Field(title="评议年度")
    subject_kind: SubjectKind = Field(title="对象类别")
    subject_id: UUID = Field(title="对象编号")
    subject_name: str | None = Field(title="对象")
    level: int = Field(title="星级")
    is_star_current: bool = Field(title="所依据的星级是否现行")
    plaque_number: str | None = Field(title="牌匾编号")
    amount: Points = Field(title="奖励金额(元)")
    granted_on: date = Field(title="奖励日期")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class RewardListing(
    Listing,
    sortable=(Reward.level, Reward.amount, Reward.granted_on),
    order=(Reward.level.desc(), Reward.id),
):
    cycle_id: Annotated[UUID | None, equals(Reward.cycle_id)] = Field(default=None, title="评议年度编号")
    level: Annotated[list[RewardedLevel], equals(Reward.level)] = Field(default=[], max_length=3, title="星级")
    subject_kind: Annotated[SubjectKind | None, equals(Reward.subject_kind)] = Field(default=None, title="对象类别")
    subject_id: Annotated[UUID | None, equals(Reward.subject_id)] = Field(default=None, title="对象编号")
    organization_id: Annotated[UUID | None, equals(Reward.organization_id)] = Field(
        default=None, title="所属党组织编号"
    )
    is_void: Annotated[bool, void_or_not(Reward)] = Field(default=False, title="只列已作废的")


class ClassCount(Schema):
    star_class: StarClass = Field(title="类别")
    stars: int = Field(title="对象数")


class LevelCount(Schema):
    level: int = Field(title="星级")
    stars: int = Field(title="现行星级数")
    rewards: int = Field(title="已奖励数")
    amount: Points = Field(title="奖励金额(元)")


class Unequal(Schema):
    subject_id: UUID = Field(title="对象编号")
    subject_name: str = Field(title="对象")
    level: int = Field(title="星级")


class RewardStatement(Schema):
    """One list against the other; of what differs, the first hundred by name."""

    cycle_id: UUID = Field(title="评议年度编号")
    cycle_name: str = Field(title="评议年度")
    stars: int = Field(title="已公布星级的对象数")
    classes: list[ClassCount] = Field(title="先进、一般、后进各多少")
    levels: list[LevelCount] = Field(title="五星、四星、三星各多少")
    named: int = Field(title="三星级以上的对象数")
    rewards: int = Field(title="现有奖励数")
    amount: Points = Field(title="现有奖励金额合计(元)")
    plaques: int = Field(title="悬挂中的牌匾数")
    is_equal: bool = Field(title="奖励名单与星级名单是否一致")
    without_reward: int = Field(title="有星级没有奖励的")
    without_star: int = Field(title="有奖励而星级已变的")
    missing: list[Unequal] = Field(title="有星级没有奖励的名单(前一百名)")
    surplus: list[Unequal] = Field(title="有奖励而星级已变的名单(前一百名)")
