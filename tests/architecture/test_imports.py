"""What a running process must do without: memory on a small server is shared by four of them."""

import subprocess
import sys

import pytest

from tests.support.databases import ROOT

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


@pytest.mark.parametrize("service", ["registry", "scoring", "training"])
def test_a_service_that_takes_files_has_the_parser_of_forms_in_its_image(service: str) -> None:
    """FastAPI imports it by itself, so nothing else misses it before the container starts."""
    folder = ROOT / "services" / service
    sources = (file.read_text(encoding="utf-8") for file in (folder / service).rglob("*.py"))
    takes_files = any("UploadFile" in source for source in sources)
    lock = (ROOT / "deploy/docker/locks" / f"{service}.lock").read_text(encoding="utf-8")

    assert takes_files
    assert "python-multipart" in (folder / "pyproject.toml").read_text(encoding="utf-8")
    assert "\npython-multipart==" in lock
