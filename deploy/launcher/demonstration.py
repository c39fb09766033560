"""`python -m deploy.launcher.demonstration`: fills an empty system through its public API."""

import subprocess
import sys

from deploy.demo.load import load_if_empty
from deploy.launcher.layout import ROOT, Layout


def bootstrap_token(role: str) -> str:
    """The one-time token that only the operator of the server can have."""
    command = [sys.executable, "-m", "registry", "bootstrap", "--role", role]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode:
        sys.exit(answer.stderr)
    return answer.stdout.strip().splitlines()[-1]


if __name__ == "__main__":
    layout = Layout.from_environment()
    load_if_empty(layout.address, bootstrap_token, layout.accounts)
