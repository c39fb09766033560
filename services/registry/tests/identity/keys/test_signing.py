import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from kit.calendar import real_now
from registry.identity.keys.signing import SigningKeyError, SigningKeys, write_signing_key

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class TestSigningKeys:
    def test_without_a_key_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SigningKeyError):
            _ = SigningKeys(tmp_path).keys

    def test_sign_with_the_newest_and_publish_all(self, tmp_path: Path) -> None:
        now = real_now()
        write_signing_key(tmp_path, now=now - timedelta(days=90))
        older = SigningKeys(tmp_path)
        write_signing_key(tmp_path, now=now - timedelta(hours=1))
        rotated = SigningKeys(tmp_path)

        published = KeySet.import_key_set({"keys": rotated.public()["keys"]})

        assert rotated.public()["keys"][0]["kid"] == older.public()["keys"][0]["kid"]
        for token in (older.sign({"a": 1}), rotated.sign({"a": 1})):
            assert jwt.decode(token, published, algorithms=["ES256"]).claims == {"a": 1}
        newest = jwt.decode(rotated.sign({}), published, algorithms=["ES256"]).header["kid"]
        assert newest == rotated.public()["keys"][-1]["kid"]

    def test_publish_a_new_one_before_signing_with_it(self, tmp_path: Path) -> None:
        """Whoever fetched the public keys a minute ago still verifies every token."""
        write_signing_key(tmp_path, now=NOW - timedelta(days=90))
        write_signing_key(tmp_path, now=NOW)
        keys = SigningKeys(tmp_path)

        assert keys.signing_at(NOW + timedelta(seconds=119)) == keys.keys[0]
        assert keys.signing_at(NOW + timedelta(seconds=120)) == keys.keys[1]
        assert len(keys.public()["keys"]) == 2

    def test_sign_at_once_with_the_only_one(self, tmp_path: Path) -> None:
        write_signing_key(tmp_path, now=NOW)
        keys = SigningKeys(tmp_path)
        assert keys.signing_at(NOW) == keys.keys[0]

    def test_publish_nothing_private(self, tmp_path: Path) -> None:
        write_signing_key(tmp_path, now=NOW)

        assert all("d" not in key for key in SigningKeys(tmp_path).public()["keys"])

    def test_are_files_for_the_owner_only(self, tmp_path: Path) -> None:
        path = write_signing_key(tmp_path, now=NOW)

        assert stat.S_IMODE(path.stat().st_mode) == 0o600
