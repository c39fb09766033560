"""The keys of one installation, as `python -m registry install-keys` makes them."""

import configparser
import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from registry.commands import cli
from registry.identity.keys import installation


def install(folder: Path, *more: str) -> str:
    answer = CliRunner().invoke(cli, ["install-keys", str(folder), *more], catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.output


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class TestInstallation:
    def test_refuses_new_keys_for_a_database_that_has_data(self, tmp_path: Path) -> None:
        (tmp_path / "PG_VERSION").write_text("18\n", encoding="ascii")

        with pytest.raises(installation.KeysLost, match="先从备份恢复密钥"):
            install(tmp_path / "keys", "--cluster", str(tmp_path))

        assert not (tmp_path / "keys").exists()

    def test_repeated_changes_nothing(self, tmp_path: Path) -> None:
        install(tmp_path)
        first = contents(tmp_path)

        install(tmp_path)

        assert contents(tmp_path) == first

    def test_is_readable_by_its_owner_only_and_prints_no_secret(self, tmp_path: Path) -> None:
        output = install(tmp_path)

        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert {oct(path.stat().st_mode & 0o777) for path in files} == {"0o600"}
        assert not any(word in output for path in files for word in path.read_text(encoding="ascii").split())

    def test_gives_each_service_its_own_and_the_owners_passwords_to_none(self, tmp_path: Path) -> None:
        install(tmp_path)

        found = {name: {path.name for path in (tmp_path / name).iterdir()} for name in installation.CLIENTS}
        assert found["gateway"] == {"client-gateway"}
        assert found["training"] == {"client-training", "pgpass"}
        assert found["scoring"] == {"client-scoring", "pgpass", "attachments"}
        assert found["registry"] == {"client-registry", "pgpass", "clients.json", "data.json", "signing"}
        for service in installation.WITH_DATABASE:
            assert f"{service}_owner" not in (tmp_path / service / "pgpass").read_text(encoding="ascii")
            assert f":{service}_owner:" in (tmp_path / "migrations" / "pgpass").read_text(encoding="ascii")

    def test_gives_the_dashboards_a_password_of_their_own(self, tmp_path: Path) -> None:
        install(tmp_path)

        assert len((tmp_path / "grafana" / "admin-password").read_text(encoding="ascii")) >= 32

    def test_seals_backups_with_one_passphrase_for_both_who_write_them(self, tmp_path: Path) -> None:
        install(tmp_path)

        passphrase = (tmp_path / "postgres" / "backup-passphrase").read_text(encoding="ascii")
        read = configparser.ConfigParser()
        read.read(tmp_path / "postgres" / "pgbackrest" / "passphrase.conf")
        assert len(passphrase) >= 32
        assert read["global"]["repo1-cipher-pass"] == passphrase

    def test_lets_registry_know_every_client(self, tmp_path: Path) -> None:
        install(tmp_path)

        hashes = json.loads((tmp_path / "registry" / "clients.json").read_text(encoding="ascii"))
        for name in installation.CLIENTS:
            secret = (tmp_path / name / f"client-{name}").read_text(encoding="ascii")
            assert hashes[name] == hashlib.sha256(secret.encode()).hexdigest()
