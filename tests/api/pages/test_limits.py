"""C12: how often something may be tried, counted by a clock that the test holds."""

from datetime import timedelta

import pytest
from starlette.requests import Request

from api.pages.limits import Limiter, network_of
from tests.api.pages.browser import NOW

MINUTE = timedelta(minutes=1)


def test_so_many_within_so_long_and_then_again() -> None:
    limiter = Limiter()
    assert [limiter.takes("a", 3, MINUTE, NOW) for _ in range(5)] == [True, True, True, False, False]
    assert limiter.takes("b", 3, MINUTE, NOW)
    assert not limiter.takes("a", 3, MINUTE, NOW + MINUTE - timedelta(seconds=1))
    assert limiter.takes("a", 3, MINUTE, NOW + MINUTE)


def test_what_is_refused_does_not_prolong_the_wait() -> None:
    limiter = Limiter()
    assert limiter.takes("a", 1, MINUTE, NOW)
    for second in range(0, 60, 10):
        assert not limiter.takes("a", 1, MINUTE, NOW + timedelta(seconds=second))
    assert limiter.takes("a", 1, MINUTE, NOW + MINUTE)


def test_a_clock_that_was_set_back_locks_nobody_out() -> None:
    limiter = Limiter()
    assert limiter.takes("a", 1, MINUTE, NOW + timedelta(days=365))
    assert limiter.takes("a", 1, MINUTE, NOW)


def test_memory_is_bounded_and_the_longest_unused_goes_first() -> None:
    limiter = Limiter(most_keys=100)
    assert limiter.takes("kept", 1, MINUTE, NOW)
    for number in range(1000):
        limiter.takes(f"flood {number}", 1, MINUTE, NOW)
        assert not limiter.takes("kept", 1, MINUTE, NOW)
    assert len(limiter._uses) == 100


@pytest.mark.parametrize(("host", "network"), [
    ("192.0.2.77", "192.0.2.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"),
    ("testclient", "unknown"), (None, "unknown"),
])  # fmt: skip
def test_a_network_tells_nobody_who_it_was(host: str | None, network: str) -> None:
    client = None if host is None else (host, 1)
    assert network_of(Request({"type": "http", "client": client, "headers": []})) == network
