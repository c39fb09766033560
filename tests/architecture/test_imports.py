"""What a running process must do without: memory on a small server is shared by four of them."""

import subprocess
import sys

import pytest

SELDOM = ("rich.console", "xlsxwriter", "rustpy_xlsxwriter", "pyvips")
"""Needed for a help page, for the first workbook and for the first picture."""
UNNEEDED = {
    "gateway": ("sqlalchemy", "alembic", "psycopg", "openpyxl", *SELDOM),
    "registry": ("alembic", "mako", *SELDOM),
    "scoring": ("alembic", "mako", *SELDOM),
    "training": ("alembic", "mako", *SELDOM),
}


@pytest.mark.parametrize("package", UNNEEDED)
def test_a_process_imports_nothing_it_does_not_need(package: str) -> None:
    """`<package>.__main__` is what serves; commands that need more import it when they are called."""
    code = f"import sys, {package}.__main__, {package}.app; print(*sorted(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not set(UNNEEDED[package]) & set(found.stdout.split())
