"""Leave a failing service alone for a while, then let one request find out."""

import time
from collections.abc import Callable


class Breaker:
    """Opens after `threshold` failures in a row; after `pause` seconds one probe at a time may pass."""

    def __init__(self, threshold: int, pause: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._threshold = threshold
        self._pause = pause
        self._clock = clock
        self._failures = 0
        self._retry_at = 0.0
        self._probing = False

    @property
    def is_open(self) -> bool:
        return self._failures >= self._threshold

    def seconds_to_wait(self) -> float:
        """0 when a request may pass; a probe that passes must end in succeeded, failed or abandoned."""
        if not self.is_open:
            return 0.0
        remaining = self._retry_at - self._clock()
        if remaining > 0:
            return remaining
        if self._probing:
            return self._pause
        self._probing = True
        return 0.0

    def succeeded(self) -> None:
        self._failures = 0
        self._probing = False

    def failed(self) -> None:
        self._failures += 1
        self._probing = False
        if self.is_open:
            self._retry_at = self._clock() + self._pause

    def abandoned(self) -> None:
        """The caller left or was at fault: nothing was learnt about the service."""
        self._probing = False
