"""The route class of every service: authorise before the body is read, keep POST answers by Idempotency-Key.

Architecture D19: the answer is stored in the business transaction, after it was serialised and before the commit.
"""

from operator import attrgetter
from typing import Any

from fastapi import APIRouter, params
from sqlalchemy import Column, DateTime, LargeBinary, SmallInteger, String, Table, Uuid, func, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from kit import intake
from kit.access import authorise, claims_of
from kit.database import metadata, open_session
from kit.idempotency import IdempotencyKeyReused, key_of, request_hash
from kit.parameters import Handler, StrictRoute
from kit.permissions import PUBLIC

EXPORT = "export_"
LARGEST_PUBLIC_BODY, LARGEST_BODY = 64 * 1024, 1024 * 1024
KEPT_HEADERS = ("content-type", "etag", "location")

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("subject", Uuid, primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("request_hash", LargeBinary, nullable=False),
    Column("status", SmallInteger),
    Column("headers", JSONB),
    Column("body", LargeBinary),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now(), index=True),
)


class KitRoute(StrictRoute):
    """Authorises by the name of the route function, which is also its operationId.

    An `export_…` leaves a trace in the event log: though a read, it gets a transaction that may write.
    """

    needs_idempotency_key = False
    largest_body: int | None = None

    def get_route_handler(self) -> Handler:
        answer = super().get_route_handler()
        operation = self.name
        is_recorded = operation.startswith(EXPORT)

        async def guarded(request: Request) -> Response:
            authorise(request, operation)
            self.limit_body(request)
            if is_recorded:
                await open_session(request)
            if self.needs_idempotency_key and request.method == "POST":
                return await once(request, answer)
            return await answer(request)

        return guarded

    def limit_body(self, request: Request) -> None:
        """Before anything of it is read. An operation that takes a file takes what the service takes."""
        if self.largest_body is not None:
            intake.narrow(request.scope, self.largest_body)
        elif self.body_field is None or not isinstance(self.body_field.field_info, params.File):
            is_public = PUBLIC in request.scope["kit_rule"].roles
            intake.narrow(request.scope, LARGEST_PUBLIC_BODY if is_public else LARGEST_BODY)


class BusinessRoute(KitRoute):
    needs_idempotency_key = True


async def once(request: Request, answer: Handler) -> Response:
    key = key_of(request)
    subject, fingerprint = claims_of(request).subject, await request_hash(request)
    db = await open_session(request)
    claim = insert(idempotency_keys).values(subject=subject, key=key, request_hash=fingerprint)
    taken = await db.execute(claim.on_conflict_do_nothing().returning(idempotency_keys.c.key))
    if taken.first() is None:
        return await replay(db, subject, key, fingerprint)
    response = await answer(request)
    await keep(db, subject, key, response)
    return response


async def replay(db: AsyncSession, subject: Any, key: str, fingerprint: bytes) -> Response:
    table = idempotency_keys.c
    row = (await db.execute(select(idempotency_keys).where(table.subject == subject, table.key == key))).one()
    if row.request_hash != fingerprint:
        raise IdempotencyKeyReused
    return Response(row.body, row.status, {**row.headers, "Idempotent-Replay": "true"})


async def keep(db: AsyncSession, subject: Any, key: str, response: Response) -> None:
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    table = idempotency_keys.c
    await db.flush()
    await db.execute(
        update(idempotency_keys)
        .where(table.subject == subject, table.key == key)
        .values(status=response.status_code, headers=headers, body=bytes(response.body))
    )


def business_router(prefix: str, tags: list[str]) -> APIRouter:
    """Routes whose POSTs need an Idempotency-Key."""
    return router_of(BusinessRoute, prefix, tags)


def plain_router(prefix: str, tags: list[str]) -> APIRouter:
    """Login, tokens, bootstrap and internal reads: authorised, but not idempotent by key."""
    return router_of(KitRoute, prefix, tags)


def router_of(kind: type[KitRoute], prefix: str, tags: list[str]) -> APIRouter:
    """A service takes its routes as they are: what is said of each of them is said here."""
    return APIRouter(prefix=prefix, tags=list(tags), route_class=kind, generate_unique_id_function=attrgetter("name"))
