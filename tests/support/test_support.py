"""The fixtures every other test relies on."""

from collections.abc import Callable

import psycopg
import pytest

from deploy.launcher.provision import conninfo
from hosting.tokens import Verifier
from tests.support.databases import Database

MakeDatabase = Callable[[str], Database]


class TestDatabase:
    def test_of_the_application_role_cannot_rewrite_the_event_log(self, make_database: MakeDatabase) -> None:
        database = make_database("kit")

        with (
            psycopg.connect(conninfo(database.app_url)) as db,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            db.execute("DELETE FROM event_log")

    def test_is_fresh_on_every_call(self, make_database: MakeDatabase) -> None:
        first, second = make_database("kit"), make_database("kit")

        with psycopg.connect(conninfo(first.owner_url)) as db:
            db.execute("CREATE TABLE only_here (id int)")

        with psycopg.connect(conninfo(second.owner_url)) as db:
            assert db.execute("SELECT to_regclass('only_here')").fetchone() == (None,)


class TestToken:
    def test_is_trusted_by_the_verifier_of_the_tests(
        self, issue_token: Callable[..., str], test_verifier: Verifier
    ) -> None:
        claims = test_verifier.verify(issue_token(roles=["system_administrator"]))

        assert [grant.role for grant in claims.grants] == ["system_administrator"]
