"""A bucket gives what it holds and what flows in, whoever asks, and cannot be made to forget."""

import multiprocessing
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zashiki.limits.token_buckets import SIZE, WAYS, TokenBuckets


class Clock:
    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


def made(path="", secret=b""):
    clock = Clock()
    return TokenBuckets(path, secret, clock), clock


def taken(buckets, key, tries, cost=1, amount=10, period=60):
    """How many of so many tries succeed."""
    return sum(not buckets.charge(key, cost, amount, period) for _ in range(tries))


def test_a_full_bucket_gives_what_it_holds_and_then_says_how_long_to_wait():
    buckets, clock = made()
    assert taken(buckets, "aiko", 30) == 10
    assert buckets.charge("aiko", 1, 10, 60) == pytest.approx(6)
    clock.now += 6.1
    assert taken(buckets, "aiko", 30) == 1
    assert taken(buckets, "ben", 30) == 10
    clock.now += 3600
    assert taken(buckets, "aiko", 30) == 10


def test_what_costs_more_than_a_bucket_holds_empties_it():
    buckets, _ = made()
    assert taken(buckets, "aiko", 2, cost=99) == 1


def test_a_clock_that_was_set_back_costs_no_more_than_one_bucket():
    buckets, clock = made()
    assert taken(buckets, "aiko", 1) == 1
    clock.now -= 86_400
    buckets.charge("aiko", 1, 10, 60)
    clock.now += 61
    assert taken(buckets, "aiko", 30) == 10


@given(
    st.lists(st.tuples(st.floats(0, 30), st.floats(0.1, 5)), max_size=200),
    st.sampled_from([(5, 60), (60, 3600)]),
)
def test_nobody_gets_more_than_a_bucket_and_what_flowed_in(steps, size):
    buckets, clock = made()
    amount, period = size
    begun, got = clock.now, 0.0
    for pause, cost in steps:
        clock.now += pause
        if not buckets.charge("aiko", cost, amount, period):
            got += min(cost, amount)
        assert got <= amount + (clock.now - begun) * amount / period + 1e-3
    buckets.close()


def test_of_a_full_set_the_bucket_that_would_be_full_first_is_forgotten():
    import zashiki.limits.token_buckets as module

    buckets, clock = made()
    keys = [f"key {number}" for number in range(200_000)]
    assert taken(buckets, "failed", 30, amount=10, period=300) == 10
    begun = time.process_time()
    for key in keys[: module.SETS * WAYS * 2]:
        buckets.charge(key, 1, 10, 60)
    assert time.process_time() - begun < 20
    assert taken(buckets, "failed", 5, amount=10, period=300) == 0


def test_processes_share_a_file_and_it_outlives_them(tmp_path):
    path = str(tmp_path / "limits")
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        counts = pool.starmap(_take_many, [(path, 500)] * 4)
    assert 100 <= sum(counts) <= 102
    assert _take_many(path, 10) <= 1
    assert (tmp_path / "limits").stat().st_size == SIZE
    assert (tmp_path / "limits").stat().st_mode & 0o777 == 0o600


def test_a_file_that_cannot_be_used_leaves_limits_to_the_process(tmp_path):
    buckets = TokenBuckets(str(tmp_path))
    assert taken(buckets, "aiko", 30, period=3600) == 10


def test_a_lock_that_is_held_for_ever_holds_nobody_up(tmp_path):
    path = str(tmp_path / "limits")
    first, second = TokenBuckets(path), TokenBuckets(path)
    begun = time.monotonic()
    with first._guard:
        assert first._lock_file(first._file)
        assert taken(second, "aiko", 5) == 5
    assert time.monotonic() - begun < 2


def test_a_charge_takes_microseconds(tmp_path):
    buckets = TokenBuckets(str(tmp_path / "limits"), b"secret")
    begun = time.process_time()
    for number in range(5000):
        buckets.charge(f"u{number % 50}", 1, 1e9, 60)
    assert (time.process_time() - begun) / 5000 < 50e-6


def _take_many(path, tries):
    return taken(TokenBuckets(path), "aiko", tries, amount=100, period=3600)
