"""How many connections one person or one address may have."""

import pytest

from tests.seating.recorder import Recorder
from zashiki.seating import configure
from zashiki.seating.caps import Cap, network_of


def test_it_counts_by_key():
    cap = Cap()
    assert [cap.take("aiko", 2) for _ in range(3)] == [True, True, False]
    assert cap.take("ben", 2)
    cap.release("aiko")
    assert cap.take("aiko", 2)


def test_zero_is_no_limit_and_nobody_is_not_counted():
    cap = Cap()
    assert all(cap.take("aiko", 0) for _ in range(100))
    assert all(cap.take(None, 1) for _ in range(3))
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
    assert network_of(address) == network


async def test_a_seat_counts_for_its_person_until_it_is_closed():
    configure(connections_per_person=1)
    try:
        first, second, third = Recorder(), Recorder(), Recorder()
        first.person = "aiko"
        second.person = "aiko"
        assert second.closed
        assert second.closes == [(1008, "too many connections")]
        second.person = "aiko"
        first.close(1000)
        third.person = "aiko"
        assert not third.closed
        assert third.person == "aiko"
        third.person = None
        third.close(1000)
    finally:
        configure(connections_per_person=0)
