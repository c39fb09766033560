"""`python -m deploy.console build [FOLDER] | check`: the pages, and what holds them to their document."""

import sys
from functools import partial
from pathlib import Path

from deploy.console.building import SOURCES, BuildFailed, build, install, run
from deploy.console.document import write_document
from deploy.console.node import node_in
from deploy.launcher.layout import Layout
from deploy.launcher.refusals import Refusal

CHECKS = {
    "类型": ("node_modules/vue-tsc/bin/vue-tsc.js", "--noEmit"),
    "规则": ("node_modules/eslint/bin/eslint.js", ".", "--max-warnings", "0"),
    "单元测试": ("node_modules/vitest/vitest.mjs", "run", "--reporter=dot"),
}
TYPES = ("node_modules/openapi-typescript/bin/cli.js", ".generated/openapi.json", "--output", ".generated/schema.d.ts")


class CheckFailed(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(f"界面的{name}检查没有通过,原因见上")


def check(home: Path) -> None:
    node, npm = node_in(home)
    install(node, npm, home)
    write_document(SOURCES / ".generated" / "openapi.json")
    run(node, *TYPES, refusal=BuildFailed)
    for name, words in CHECKS.items():
        run(node, *words, refusal=partial(CheckFailed, name))


def main(words: list[str]) -> None:
    home = Layout.from_environment().home
    home.mkdir(parents=True, exist_ok=True)
    try:
        check(home) if words == ["check"] else print(build(Path(words[1]) if len(words) > 1 else home))
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        raise SystemExit(1) from refusal


if __name__ == "__main__":
    main(sys.argv[1:])
