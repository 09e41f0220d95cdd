"""The checker is checked: a server with a planted bug must not pass, and each bug is found by the check that is meant for it."""

import pytest

from tests.faults import faults
from tests.faults.checker import violations
from tests.faults.cluster import Cluster
from tests.faults.planted_bugs import BUGS
from tests.faults.scenario import undergo

pytestmark = pytest.mark.timeout(120)

NO_BUGS = {"none", "dies_after_a_commit", "one_ring_in_500_is_lost", "leases_are_short"}

# bug: (processes, faults that bring it to light, checks that may find it)
FOUND_BY = {
    "gaps_are_not_filled": (
        2,
        [faults.restart_redis],
        {"views_are_the_table", "whoever_sits_down_again_has_seen_what_they_say"},
    ),
    "answers_come_before_the_commit": (
        1,
        [faults.restart_all] * 2,
        {"acknowledged_are_stored_once", "every_retry_gets_the_same_answer"},  # sent again, it is stored late
    ),
    "the_cursor_is_an_id": (
        1,
        [faults.cut_everybody] * 2,
        {"views_are_the_table", "everybody_is_complete_in_time"},
    ),
    "nine_rings_of_ten_are_lost_and_the_heart_does_not_beat": (
        2,
        [faults.cut_everybody],
        {"everybody_is_complete_in_time"},
    ),
    "one_ring_in_500_is_lost_and_nothing_makes_up_for_it": (
        2,
        [faults.cut_everybody],
        {"views_are_the_table", "whoever_sits_down_again_has_seen_what_they_say"},
    ),
    "nonces_are_not_unique": (1, [faults.cut_everybody], {"nothing_is_stored_twice"}),
    "who_comes_back_is_not_asked_again": (
        1,
        [faults.remove_members],
        {"nothing_is_seen_after_the_right_has_ended"},
    ),
    "ended_rights_are_not_heeded": (
        1,
        [faults.remove_members],
        {"nothing_is_seen_after_the_right_has_ended"},
    ),
    "who_sits_down_misses_what_comes_meanwhile": (1, [faults.cut_everybody] * 2, {"views_are_the_table"}),
    "who_was_slow_goes_on_at_the_end": (1, [faults.narrow_everything], {"views_are_the_table"}),
    "deletions_are_not_told": (
        1,
        [faults.cut_everybody],
        {"views_are_the_table", "everybody_is_complete_in_time"},
    ),
}


# A ring that was lost is made up for by the next change of the same message, too.
LOAD = {"one_ring_in_500_is_lost_and_nothing_makes_up_for_it": {"changes": False}}


def test_every_bug_has_its_check():
    assert set(FOUND_BY) == set(BUGS) - NO_BUGS


@pytest.mark.parametrize("bug", FOUND_BY)
async def test_the_bug_is_found(bug, folder, request):
    workers, breaking, expected = FOUND_BY[bug]
    servers = (
        {}
        if workers == 1
        else {name: request.getfixturevalue(f"{name}_server") for name in ("postgres", "redis")}
    )
    async with Cluster(
        folder,
        workers,
        planted=bug,
        env={"ZASHIKI_SEND_BUFFER_HIGH": 16384, "ZASHIKI_SEND_BUFFER_LOW": 4096},
        **servers,
    ) as cluster:
        record, table = await undergo(cluster, breaking, pace=0.05, **LOAD.get(bug, {}))
    found = {name for name, _ in violations(record, table)}
    assert found & expected, f"found by {found or 'nothing'}"


async def test_a_ring_that_is_lost_now_and_then_is_made_up_for(folder, postgres_server, redis_server):
    async with Cluster(
        folder, 2, planted="one_ring_in_500_is_lost", postgres=postgres_server, redis=redis_server
    ) as cluster:
        record, table = await undergo(cluster, [faults.cut_everybody], pace=0.05)
    assert violations(record, table) == []
