import pytest

from gateway.breakers import Breaker


@pytest.fixture
def breaker() -> Breaker:
    return Breaker(threshold=3)


def fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        breaker.failed()


class TestBreaker:
    def test_opens_at_the_threshold_only(self, breaker: Breaker) -> None:
        fail(breaker, 2)
        assert not breaker.is_open

        fail(breaker, 1)
        assert breaker.is_open

    def test_counts_only_failures_in_a_row(self, breaker: Breaker) -> None:
        fail(breaker, 2)
        breaker.succeeded()
        fail(breaker, 2)

        assert not breaker.is_open

    def test_closes_at_the_first_success(self, breaker: Breaker) -> None:
        fail(breaker, 5)
        breaker.succeeded()

        assert not breaker.is_open
