"""docs/features.md: every capability with the tests that show it, or 未完成 (open)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from deploy.features.sources import Indicator

OPEN = "open"
LETTERS = {
    "R": "registry 组织与身份",
    "T": "training 教育培训",
    "S": "scoring 积分星级",
    "G": "gateway 统一入口",
    "X": "其他能力",
}
HEAD = """# 能力清单

由 `make features` 根据 `docs/features.csv` 与各测试上的 `@pytest.mark.feature("编号")` 写成,
`make check` 检查它没有过期。
“测试”一栏是证明该能力的测试,测试里有验收所写的数字;“尚缺”写明还没有证明的部分;`open` 表示尚无测试证明。
"""


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").strip()


def write_page(
    features: Sequence[Mapping[str, str]], tests: Mapping[str, Sequence[str]], missing: Sequence[Indicator]
) -> str:
    return "\n".join([HEAD, *_counts(features, tests), *_features(features, tests), *_indicators(missing)]) + "\n"


def _counts(features: Sequence[Mapping[str, str]], tests: Mapping[str, Sequence[str]]) -> Iterator[str]:
    total = Counter(row["id"][0] for row in features)
    shown = Counter(row["id"][0] for row in features if row["id"] in tests and not row["missing"])
    partly = Counter(row["id"][0] for row in features if row["id"] in tests and row["missing"])
    yield from ("| 服务 | 全部 | 已证明 | 部分 | open |", "|---|---:|---:|---:|---:|")
    for letter, title in LETTERS.items():
        still = total[letter] - shown[letter] - partly[letter]
        yield f"| {letter} {title} | {total[letter]} | {shown[letter]} | {partly[letter]} | {still} |"
    still = total.total() - shown.total() - partly.total()
    yield f"| 合计 | {total.total()} | {shown.total()} | {partly.total()} | {still} |"


def _features(features: Sequence[Mapping[str, str]], tests: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for letter, title in LETTERS.items():
        yield from ("", f"## {title}", "", "| 编号 | 原文 | 验收 | 测试 | 尚缺 |", "|---|---|---|---|---|")
        for row in features:
            if row["id"].startswith(letter):
                shown = "<br>".join(f"`{test}`" for test in tests.get(row["id"], ())) or OPEN
                cells = (row["id"], cell(row["phrase"]), cell(row["acceptance"]), shown, cell(row["missing"]))
                yield f"| {' | '.join(cells)} |"


def _indicators(missing: Sequence[Indicator]) -> Iterator[str]:
    yield from ("", "## 暂无来源的指标 (no source yet)", "")
    yield f"默认指标库中下列 {len(missing)} 项所需的事件尚无服务发出,也不能申报,因此不产生积分。"
    yield from ("", "| 编号 | 指标 | 应由 | 所需凭据 |", "|---|---|---|---|")
    for one in missing:
        yield f"| {one.code} | {cell(one.name)} | {one.source} | {cell(one.evidence)} |"
