"""How many connections one person or one address may have."""

import pytest

from tests.hub.recorder import Recorder
from zashiki.hub import configure
from zashiki.hub.connection_limits import ConnectionCounter, network_prefix


def test_it_counts_by_key():
    cap = ConnectionCounter()
    assert [cap.acquire("aiko", 2) for _ in range(3)] == [True, True, False]
    assert cap.acquire("ben", 2)
    cap.release("aiko")
    assert cap.acquire("aiko", 2)


def test_zero_is_no_limit_and_nobody_is_not_counted():
    cap = ConnectionCounter()
    assert all(cap.acquire("aiko", 0) for _ in range(100))
    assert all(cap.acquire(None, 1) for _ in range(3))
    cap.release(None)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_a_household_of_ipv6_is_one_address(address, network):
    assert network_prefix(address) == network


async def test_a_seat_counts_for_its_person_until_it_is_closed():
    configure(max_connections_per_user=1)
    try:
        first, second, third = Recorder(), Recorder(), Recorder()
        first.owner = "aiko"
        second.owner = "aiko"
        assert second.closed
        assert second.closes == [(1008, "too many connections")]
        second.owner = "aiko"
        first.close(1000)
        third.owner = "aiko"
        assert not third.closed
        assert third.owner == "aiko"
        third.owner = None
        third.close(1000)
    finally:
        configure(max_connections_per_user=0)
