"""One database a service: `<s>_owner` owns and migrates it, `<s>_app` only works in it. Repeatable."""

from urllib.parse import urlsplit

import psycopg
from psycopg import sql

SERVICES = ("registry", "scoring", "training")


def conninfo(sqlalchemy_url: str, database: str | None = None) -> str:
    """The same address for psycopg itself, optionally of another database."""
    address = urlsplit(sqlalchemy_url)._replace(scheme="postgresql")
    return (address if database is None else address._replace(path=f"/{database}")).geturl()


def provision(admin_url: str, service: str, database: str | None = None) -> None:
    """Roles are shared by every database of the service (tests have many); `database` defaults to its name."""
    database = database or service
    owner, worker = sql.Identifier(f"{service}_owner"), sql.Identifier(f"{service}_app")
    name = sql.Identifier(database)
    with psycopg.connect(conninfo(admin_url), autocommit=True) as admin:
        for role in (f"{service}_owner", f"{service}_app"):
            if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            admin.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(name, owner))
        admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, worker))
    with psycopg.connect(conninfo(admin_url, database), autocommit=True) as admin:
        admin.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        admin.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(owner))
        admin.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(worker))
