"""Leave a failing service alone until it answers again."""


class Breaker:
    """Opens after `threshold` failures in a row; one success closes it."""

    def __init__(self, threshold: int) -> None:
        self._threshold = threshold
        self._failures = 0

    @property
    def is_open(self) -> bool:
        return self._failures >= self._threshold

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self) -> None:
        self._failures += 1
