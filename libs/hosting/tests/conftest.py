import importlib.util
import sys
import time
import uuid
from pathlib import Path

import httpx2
import psycopg
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from hosting import jobs
from hosting.tokens import Verifier

SAMPLE = Path(__file__).parent / "sample.py"


@pytest.fixture(scope="session")
def sample():
    spec = importlib.util.spec_from_file_location("kit_sample", SAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["kit_sample"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def signing_key():
    return ECKey.generate_key("P-256", {"kid": "k1", "use": "sig", "alg": "ES256"})


@pytest.fixture
def verifier(signing_key):
    return Verifier("liangxin", KeySet([signing_key]))


@pytest.fixture
def token(signing_key):
    def make(*roles, subject=7, at=1, header=None, key=None, **claims):
        now = int(time.time())
        payload = {
            "iss": "liangxin",
            "aud": "liangxin",
            "sub": str(uuid.UUID(int=subject)),
            "iat": now,
            "exp": now + 600,
            "jti": str(uuid.uuid4()),
            "grants": [[role, str(uuid.UUID(int=at))] for role in roles],
            **claims,
        }
        payload = {name: value for name, value in payload.items() if value is not None}
        return jwt.encode({"alg": "ES256", "kid": "k1", "typ": "at+jwt", **(header or {})}, payload, key or signing_key)

    return make


@pytest.fixture
def database(make_database, sample):
    database = make_database("kit")
    with psycopg.connect(jobs.conninfo(database.owner_url)) as connection:
        connection.execute(sample.CREATE_THINGS)
    return database


@pytest.fixture
async def app(database, sample, verifier):
    app = sample.create_app(database.app_url, verifier)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(app):
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://kit") as client:
        yield client
