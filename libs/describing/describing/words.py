"""Chinese words of the document that no single field owns."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kit.permissions import Scope

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SCOPES: Mapping[Scope, str] = {
    Scope.SUBTREE: "本级及下级党组织",
    Scope.SELF: "仅本人",
    Scope.SUBTREE_AND_SELF: "本级及下级党组织,以及本人",
    Scope.ROOT: "所在区",
    Scope.NONE: "不按党组织限定",
}


def is_chinese(text: object) -> bool:
    return isinstance(text, str) and CHINESE.search(text) is not None


@cache
def titles() -> Mapping[str, str]:
    """What a field or parameter of that name is called wherever it does not say so itself."""
    return _table("titles.csv")


@cache
def role_labels() -> Mapping[str, str]:
    return _table("roles.csv")


def _table(name: str) -> Mapping[str, str]:
    text = files("describing").joinpath(name).read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))[1:]
    found = dict(rows)
    if len(found) != len(rows):
        raise ValueError(f"{name}: a name stands twice")
    return found
