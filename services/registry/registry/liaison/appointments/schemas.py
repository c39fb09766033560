from datetime import date

from pydantic import Field

from kit.edge import Schema
from registry.tree.posts.kinds import AppointmentSource, Background, PostKind


class InstructorSource(Schema):
    source: AppointmentSource | None = Field(title="来源", description="没有登记的为空")
    number: int = Field(title="人数")


class PostSource(Schema):
    kind: PostKind = Field(title="职务")
    source: AppointmentSource | None = Field(title="来源", description="没有登记的为空")
    background: Background | None = Field(title="身份", description="没有登记的为空")
    number: int = Field(title="人数")


class AppointmentFigures(Schema):
    """派、选、聘、挑、招: where instructors and holders of posts come from."""

    as_of: date = Field(title="截至日期")
    instructors: int = Field(title="在任党建指导员")
    seconded_deputies: int = Field(title="挂职副书记")
    owners_in_teams: int = Field(title="进班子的业主")
    instructors_by_source: list[InstructorSource] = Field(title="党建指导员来源")
    posts_by_source: list[PostSource] = Field(title="任职来源")
