"""`python -m deploy.upgrade.check`: refuses a migration that would stop people at work or the previous release."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.launcher.postgres import LocalPostgres
from deploy.upgrade import statements

OLDEST_POSTGRES = "15.0"
NOT_OURS = (
    "prefer-text-field",
    "prefer-bigint-over-int",
    "prefer-bigint-over-smallint",
    "prefer-identity",
    "prefer-robust-stmts",
    "prefer-timestamptz",
    "require-timeout-settings",
    "ban-char-field",
)
SQUAWK = Path(sys.executable).with_name("squawk")


def judge(files: list[Path]) -> int:
    """Widths and names of types are the models' business; locks and lost columns are this check's."""
    options = [f"--pg-version={OLDEST_POSTGRES}", "--assume-in-transaction", f"--exclude={','.join(NOT_OURS)}"]
    return subprocess.run([SQUAWK, *options, *files], check=False).returncode


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="liangxin-migrations-"))
    folder.chmod(0o711)
    try:
        with LocalPostgres(folder / "postgres", durable=False) as server:
            files = statements.write(server, folder)
        sys.stdout.write(f"{statements.RELEASED.name} 之后的迁移:{len(files)} 个事务\n")
        return judge(files) if files else 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
