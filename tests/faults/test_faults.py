"""Everything breaks while people talk; afterwards nothing is lost, nothing is shown twice, and nobody saw what they may not see."""

import pytest

from tests.faults import faults
from tests.faults.checker import violations
from tests.faults.cluster import Cluster
from tests.faults.scenario import undergo

pytestmark = pytest.mark.timeout(300)


async def test_two_processes_on_postgresql_and_redis(folder):
    everything = [
        faults.remove_members,
        faults.kill_a_worker,
        faults.flush_redis,
        faults.restart_redis,
        faults.stop_redis,
        faults.cut_everybody,
        faults.restart_postgres,
        faults.kill_postgres,
        faults.stop_postgres,
        faults.hold_a_lock,
        faults.remove_members_without_redis,
        faults.swallow_everything,
        faults.narrow_everything,
        faults.stop_reading,
        faults.post_from_outside,
        faults.restart_all,
        faults.restart_politely,
    ]
    async with Cluster(folder, workers=2) as cluster:
        record, table = await undergo(cluster, everything, again=1)
        assert len(record.answers) > 500
        assert violations(record, table) == []


async def test_one_process_on_sqlite(folder):
    some = [
        faults.remove_members,
        faults.restart_all,
        faults.hold_a_lock,
        faults.post_from_outside,
        faults.cut_everybody,
        faults.stop_reading,
        faults.fill_the_disk,
        faults.swallow_answers,
        faults.restart_politely,
    ]
    async with Cluster(folder, workers=1) as cluster:
        record, table = await undergo(cluster, some)
        assert violations(record, table) == []


async def test_a_process_dies_between_a_commit_and_its_answers(folder):
    async with Cluster(folder, workers=1, planted="dies_after_a_commit") as cluster:
        record, table = await undergo(cluster, [faults.die_after_a_commit] * 3, pace=0.05)
        assert violations(record, table) == []
