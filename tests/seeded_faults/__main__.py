"""`python -m tests.seeded_faults [name…]`: sow each fault, see the named test fail, and keep the result in docs/."""

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

from tests.seeded_faults.catalogue import ROOT, Fault, faults
from tests.seeded_faults.garden import PASSED, copied_tree, is_noticed, run_tests

AT_ONCE = 2
RESULTS = ROOT / "docs" / "seeded-faults.md"
HEAD = """# 种错检验

`make seeded-faults` 把下列错误逐个种进代码的一份副本,再运行应当发现它的测试;测试失败即为发现。
种错之前,全部测试在同一份代码上都通过。错误清单见 `tests/seeded_faults/faults.toml`。

最近一次:{day},{noticed} / {total} 个错误被发现。

| 种下的错误 | 位置 | 应当发现它的测试 | 结果 |
|---|---|---|---|
"""


def sow(chosen: Sequence[Fault]) -> dict[str, bool]:
    trees: SimpleQueue[Path] = SimpleQueue()

    def try_one(fault: Fault) -> tuple[str, bool]:
        tree = trees.get()
        try:
            noticed = is_noticed(fault, tree)
        finally:
            trees.put(tree)
        sys.stdout.write(f"{'发现' if noticed else '未发现'}\t{fault.name}\n")
        sys.stdout.flush()
        return fault.name, noticed

    with ExitStack() as stack:
        for _ in range(AT_ONCE):
            trees.put(stack.enter_context(copied_tree()))
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return dict(threads.map(try_one, chosen))


def table(results: dict[str, bool]) -> str:
    lines = [
        f"| {fault.title} | `{fault.file}` | `{fault.test}` | {'发现' if results[fault.name] else '**未发现**'} |"
        for fault in faults()
    ]
    day, noticed = f"{datetime.now(UTC):%Y-%m-%d}", sum(results.values())
    return HEAD.format(day=day, noticed=noticed, total=len(results)) + "\n".join(lines) + "\n"


def main(names: Sequence[str]) -> int:
    chosen = [fault for fault in faults() if not names or fault.name in names]
    with copied_tree() as tree:
        sound = run_tests(tree, sorted({fault.test for fault in chosen}), "-n", str(AT_ONCE))
    if sound.returncode != PASSED:
        sys.stderr.write(f"没有种错时测试就不通过:\n{sound.stdout[-3000:]}\n")
        return 2
    results = sow(chosen)
    if not names:
        RESULTS.write_text(table(results), encoding="utf-8")
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
