"""Each service starts without the others: it lives, says what it needs, and serves its part of the document."""

from pathlib import Path

import httpx2
import pytest

from tests.support.databases import MakeDatabase
from tests.support.processes import serving


class TestAService:
    @pytest.mark.feature("G07")
    @pytest.mark.parametrize("service", ["registry", "scoring", "training"])
    def test_starts_alone(self, service: str, make_database: MakeDatabase, tmp_path: Path) -> None:
        with (
            serving(service, make_database(service), tmp_path) as process,
            httpx2.Client(base_url=process.address, trust_env=False, timeout=60.0) as http,
        ):
            ready, version, document = [http.get(path) for path in ("/readyz", "/version", "/openapi.json")]

        needed = {name: state for name, state in ready.json()["checks"].items() if state != "ok"}
        assert needed == ({} if service == "registry" else {"keys": "missing"})
        assert version.json()["service"] == service
        assert document.json()["paths"]
