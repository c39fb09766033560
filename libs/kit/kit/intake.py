"""How much of a request's body is let in: hosting sets the most of the service, a route the most of its operation."""

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope

from kit import problems


class Intake:
    """A request's body on its way in; as soon as the operation is known, its own limit holds (`narrow`)."""

    def __init__(self, receive: Receive, announced: int, most: int) -> None:
        self._receive = receive
        self._announced = announced
        self._taken = 0
        self._most = most

    async def __call__(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        if self._taken > self._most:
            raise HTTPException(problems.TooLarge.status_code)
        return message

    def narrow(self, most: int) -> None:
        self._most = min(self._most, most)
        if self._announced > self._most:
            raise problems.TooLarge


def narrow(scope: Scope, most: int) -> None:
    """Nothing of the body has been read yet: what is announced as larger is refused without reading it."""
    intake: Intake = scope["kit_intake"]
    intake.narrow(most)
