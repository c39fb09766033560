from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "date", "integer", "yes_no", "choice"]
YES, NO = "是", "否"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet; `unique` refuses a value repeated within one file, a code knows no space."""

    key: str
    heading: str
    required: bool = False
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    note: str = ""
    example: str = ""
    unique: bool = False
    longest: int = 200
    is_code: bool = False

    def pick_list(self) -> tuple[str, ...]:
        return (YES, NO) if self.kind == "yes_no" else self.choices


@dataclass(frozen=True, slots=True)
class SheetTemplate:
    title: str
    columns: tuple[Column, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may cost; checked before and while it is parsed."""

    file_bytes: int = 32 * 1024**2
    unpacked_bytes: int = 256 * 1024**2
    parts: int = 500
    rows: int = 200_000
    columns: int = 64
    seconds: float = 60.0
    memory_bytes: int = 2 * 1024**3
