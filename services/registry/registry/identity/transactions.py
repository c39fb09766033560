"""Work whose refusal must be kept: a failed login is counted and recorded although the answer is an error.

Such a use case gets the door to transactions instead of the request's own one, which a refusal rolls back; it also
holds no connection while a password is being hashed.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from kit.database import app_transaction

OpenTransaction = Callable[[], AbstractAsyncContextManager[AsyncSession]]


async def _transactions(request: Request) -> OpenTransaction:
    return partial(app_transaction, request.app)


Transactions = Annotated[OpenTransaction, Depends(_transactions)]
