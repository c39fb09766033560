"""Forged, stale and foreign tokens prove nothing."""

import base64
import hmac
import json
import time
import uuid

import pytest
from joserfc.jwk import ECKey, KeySet

from hosting.tokens import Verifier
from kit.claims import InvalidToken


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(payload: dict[str, object]) -> str:
    return f"{part({'alg': 'none', 'typ': 'at+jwt', 'kid': 'k1'})}.{part(payload)}."


class TestVerifier:
    def test_accepts_its_own_issuer(self, verifier, token):
        assert verifier.verify(token("worker")).grants[0].role == "worker"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"iss": "other"},
            {"aud": "other"},
            {"exp": None},
            {"exp": 1},
            {"sub": "not-a-uuid"},
            {"sub": None},
            {"jti": None},
            {"iat": None},
            {"grants": None},
            {"grants": [["worker"]]},
            {"grants": "worker"},
            {"header": {"typ": "JWT"}},
            {"header": {"typ": "rt+jwt"}},
            {"header": {"kid": "../../etc/passwd"}},
        ],
        ids=str,
    )
    def test_refuses_wrong_claims_and_headers(self, verifier, token, wrong):
        with pytest.raises(InvalidToken):
            verifier.verify(token("worker", **wrong))

    def test_refuses_another_key_under_the_same_name(self, verifier, token):
        other = ECKey.generate_key("P-256", {"kid": "k1"})
        with pytest.raises(InvalidToken):
            verifier.verify(token("worker", key=other))

    def test_refuses_the_public_key_used_as_a_shared_secret(self, verifier, signing_key):
        signed = f"{part({'alg': 'HS256', 'typ': 'at+jwt', 'kid': 'k1'})}.{part({'sub': str(uuid.uuid4())})}"
        mac = hmac.digest(signing_key.as_pem(private=False), signed.encode(), "sha256")
        with pytest.raises(InvalidToken):
            verifier.verify(f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}")

    @pytest.mark.parametrize("text", ["", "a.b.c", "é" * 20, "x" * 9000, unsigned({"sub": str(uuid.UUID(int=1))})])
    def test_refuses_what_is_no_signed_token(self, verifier, text):
        with pytest.raises(InvalidToken):
            verifier.verify(text)

    def test_refuses_everything_without_keys(self, token):
        with pytest.raises(InvalidToken):
            Verifier("liangxin").verify(token("worker"))

    def test_never_remembers_past_expiry(self, signing_key, token):
        now = time.time()
        verifier = Verifier("liangxin", KeySet([signing_key]), clock=lambda: now)
        given = token("worker", exp=int(now) + 5)
        verifier.verify(given)
        now += 6
        with pytest.raises(InvalidToken):
            verifier.verify(given)

    def test_forgets_at_a_revoked_login(self, verifier, token):
        login = uuid.uuid4()
        given = token("worker", sid=str(login))
        verifier.verify(given)
        verifier.revoke([{"login_id": str(login)}])
        with pytest.raises(InvalidToken):
            verifier.verify(given)

    def test_revokes_a_subject_up_to_a_moment(self, verifier, token):
        subject, now = uuid.UUID(int=7), int(time.time())
        verifier.revoke([{"subject": str(subject), "revoked_at_epoch": now - 1}])
        with pytest.raises(InvalidToken):
            verifier.verify(token("worker", iat=now - 1))
        assert verifier.verify(token("worker", iat=now)).subject == subject

    def test_forgets_when_the_keys_change(self, verifier, token):
        given = token("worker")
        verifier.verify(given)
        verifier.replace_keys(KeySet([ECKey.generate_key("P-256", {"kid": "k2"})]))
        with pytest.raises(InvalidToken):
            verifier.verify(given)
