import pytest

from tests.support.servers.pgbouncer import PgBouncer


@pytest.fixture(scope="module")
def pgbouncer(postgres_server, tmp_path_factory):
    """One for all tests of a file."""
    folder = tmp_path_factory.mktemp("pgbouncer")
    for path in (folder, *folder.parents[:3]):
        path.chmod(path.stat().st_mode | 0o055)
    server = PgBouncer(folder, postgres_server).start()
    yield server
    server.stop()
