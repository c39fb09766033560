"""Copies of the tree in which a fault is sown and a test is run, with the copy's own packages."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.seeded_faults.catalogue import ROOT, Fault

OURS = re.compile(r"^-e (.+)$", re.MULTILINE)
PASSED, FAILED = 0, 1
PATIENCE_SECONDS = 3600


@contextmanager
def copied_tree() -> Iterator[Path]:
    """Every file that git knows, as it stands in the work tree."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    with tempfile.TemporaryDirectory(prefix="liangxin-faults-") as folder:
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                target = Path(folder) / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target)
        yield Path(folder)


def run_tests(tree: Path, tests: Sequence[str], *options: str) -> subprocess.CompletedProcess[str]:
    """The packages of the tree come before the installed ones, for the processes that tests start too."""
    packages = [str(tree / name) for name in OURS.findall((tree / "requirements.in").read_text(encoding="utf-8"))]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LIANGXIN_", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", *options, *tests],
        cwd=tree, env={**environment, "PYTHONPATH": os.pathsep.join([str(tree), *packages])},
        capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False,
    )  # fmt: skip


def is_noticed(fault: Fault, tree: Path) -> bool:
    """The named test fails with the fault; a test that cannot be run has noticed nothing."""
    kept = (tree / fault.file).read_bytes()
    fault.apply(tree)
    try:
        return run_tests(tree, [fault.test]).returncode == FAILED
    finally:
        (tree / fault.file).write_bytes(kept)
