"""The data path: one request to one service and its answer back, as bytes, without a model in between."""

import asyncio
from dataclasses import dataclass

from pyreqwest.response import Response
from starlette.types import Message

from gateway.bodies import IncomingBody
from gateway.exchanges import Exchange
from gateway.headers import Pairs, answer
from gateway.refusals import CallerGone, ServiceAnswerBroken
from gateway.upstreams import Upstream, named_failures

SENT_WHOLE = 64 * 1024
WITHOUT_LENGTH = frozenset((204, 304))


@dataclass(frozen=True, slots=True)
class OnwardRequest:
    """One request as it is passed on."""

    method: str
    target: str
    headers: Pairs
    body: IncomingBody


async def forward(request: OnwardRequest, upstream: Upstream, exchange: Exchange, *, seconds: float) -> None:
    body = request.body
    with upstream.turn():
        whole = await body.whole_if_small()
        if whole is None and body.length is not None:
            request.headers.append(("content-length", str(body.length)))
        onward = body if whole is None else whole
        async with upstream.answer(request.method, request.target, request.headers, onward) as response:
            await _give_back(response, request, exchange, seconds)


async def _give_back(response: Response, request: OnwardRequest, exchange: Exchange, seconds: float) -> None:
    status = response.status
    try:
        kept, length = answer(response.headers.items(), with_length=status not in WITHOUT_LENGTH)
    except ValueError as error:
        raise ServiceAnswerBroken from error
    start: Message = {"type": "http.response.start", "status": status, "headers": kept}
    if request.method == "HEAD" or status in WITHOUT_LENGTH or (length is not None and length <= SENT_WHOLE):
        with named_failures():
            content = bytes(await response.body_reader.bytes())
        await exchange.finish(start, content, request.body)
        return
    try:
        async with asyncio.timeout(seconds):
            await _stream(response, start, request.body, exchange)
    except TimeoutError as error:
        raise CallerGone from error


async def _stream(response: Response, start: Message, body: IncomingBody, exchange: Exchange) -> None:
    """Piece by piece, as fast as the caller reads; it stops when the caller has gone."""
    piece = await _next_piece(response)
    exchange.close_after(start, body)
    await exchange.send(start)
    gone = asyncio.create_task(exchange.caller_leaves()) if body.is_complete else None
    try:
        while piece is not None:
            await exchange.send({"type": "http.response.body", "body": piece, "more_body": True})
            piece = await _next_piece(response)
            if gone is not None and gone.done():
                raise CallerGone
    finally:
        if gone is not None:
            gone.cancel()
    await exchange.send({"type": "http.response.body", "body": b""})


async def _next_piece(response: Response) -> bytes | None:
    with named_failures():
        piece = await response.body_reader.read_chunk()
    return None if piece is None else bytes(piece)
