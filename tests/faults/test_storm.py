"""Many come back at the same moment; each of them is complete."""

import pytest

from tests.faults import faults
from tests.faults.checker import violations
from tests.faults.cluster import Cluster
from tests.faults.scenario import undergo

pytestmark = pytest.mark.timeout(180)

READERS = 250


async def test_everybody_who_returns_in_a_storm_is_complete(folder, postgres_server, redis_server):
    async with Cluster(folder, workers=2, postgres=postgres_server, redis=redis_server) as cluster:
        record, table = await undergo(
            cluster,
            [faults.restart_all, faults.cut_everybody],
            authors=2,
            readers=READERS,
            leavers=0,
            pace=0.5,
        )
    assert len(record.views) == 3 * (READERS + 4)
    assert violations(record, table) == []
