import pytest

from gateway.breakers import Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(threshold=3, pause=5.0, clock=clock)


def fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        breaker.failed()


class TestBreaker:
    def test_opens_at_the_threshold_only(self, breaker: Breaker) -> None:
        fail(breaker, 2)
        assert breaker.seconds_to_wait() == 0

        fail(breaker, 1)
        assert breaker.seconds_to_wait() == 5.0

    def test_counts_only_failures_in_a_row(self, breaker: Breaker) -> None:
        fail(breaker, 2)
        breaker.succeeded()
        fail(breaker, 2)

        assert not breaker.is_open

    def test_lets_one_probe_pass_after_the_pause(self, breaker: Breaker, clock: Clock) -> None:
        fail(breaker, 3)
        clock.now = 5.0

        assert breaker.seconds_to_wait() == 0
        assert breaker.seconds_to_wait() > 0

    def test_closes_when_the_probe_succeeds(self, breaker: Breaker, clock: Clock) -> None:
        fail(breaker, 3)
        clock.now = 5.0
        breaker.seconds_to_wait()
        breaker.succeeded()

        assert breaker.seconds_to_wait() == breaker.seconds_to_wait() == 0

    def test_waits_again_when_the_probe_fails(self, breaker: Breaker, clock: Clock) -> None:
        fail(breaker, 3)
        clock.now = 5.0
        breaker.seconds_to_wait()
        breaker.failed()

        assert breaker.seconds_to_wait() == 5.0

    def test_lets_the_next_probe_pass_when_one_is_abandoned(self, breaker: Breaker, clock: Clock) -> None:
        fail(breaker, 3)
        clock.now = 5.0
        breaker.seconds_to_wait()
        breaker.abandoned()

        assert breaker.seconds_to_wait() == 0
