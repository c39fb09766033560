"""`python -m deploy.features write|check`."""

import sys
from pathlib import Path

from deploy.features.coverage import marked_tests, unproven_figures
from deploy.features.page import LETTERS, write_page
from deploy.features.sources import read_rows, without_source

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "features.md"


def main(order: str) -> str | None:
    """The complaint, or nothing."""
    features = read_rows(ROOT / "docs" / "features.csv")
    tests = marked_tests(ROOT)
    unknown = sorted(set(tests) - {row["id"] for row in features})
    if unknown:
        return f"测试标注了清单中没有的编号:{'、'.join(unknown)}({tests[unknown[0]][0]})"
    unproven = [complaint for row in features if (complaint := unproven_figures(ROOT, row, tests))]
    if unproven:
        return "\n".join(unproven)
    page = write_page(features, tests, without_source(ROOT / "services" / "scoring" / "scoring" / "data"))
    if order == "check":
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        return None if current == page else "docs/features.md 已过期:请执行 make features"
    PAGE.write_text(page, encoding="utf-8")
    for letter in LETTERS:
        ids = [row["id"] for row in features if row["id"].startswith(letter)]
        print(f"{letter}: {sum(one in tests for one in ids)} / {len(ids)}")
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
