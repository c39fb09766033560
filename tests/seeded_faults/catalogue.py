"""The faults that are sown, as data: `faults.toml` names the place, the wrong text and the test that must notice."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CATALOGUE = Path(__file__).with_name("faults.toml")


@dataclass(frozen=True)
class Fault:
    """`old` stands exactly once in `file`; `title` is what a reader of the results is told."""

    name: str
    title: str
    file: str
    old: str
    new: str
    test: str

    def sown(self, source: str) -> str:
        if source.count(self.old) != 1:
            raise ValueError(f"{self.name}: the text to change stands {source.count(self.old)} times in {self.file}")
        return source.replace(self.old, self.new)

    def apply(self, root: Path) -> None:
        target = root / self.file
        target.write_text(self.sown(target.read_text(encoding="utf-8")), encoding="utf-8")


@cache
def faults() -> tuple[Fault, ...]:
    written = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    return tuple(Fault(name, **fields) for name, fields in written.items())
