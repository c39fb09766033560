from pydantic import Field

from kit.edge import Schema


class Term(Schema):
    value: str = Field(title="值")
    label: str = Field(title="名称")


class VocabularyRead(Schema):
    terms: dict[str, list[Term]] = Field(title="词汇", description="按类别列出接口里的取值及其中文名称")
