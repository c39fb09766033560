"""The one-time token of an administrator, as the operator of the server gets it."""

import subprocess
import sys

from deploy.launcher.layout import ROOT


def bootstrap_token(role: str) -> str:
    command = [sys.executable, "-m", "registry", "bootstrap", "--role", role]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    if answer.returncode:
        sys.exit(answer.stderr)
    return answer.stdout.strip().splitlines()[-1]
