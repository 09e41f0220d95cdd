"""The chat server behind PgBouncer in transaction mode: several start at once, one brings the database up to date, all serve."""

import json

import psycopg
from websockets.sync.client import connect

from tests.support.servers import ZashikiServer


def test_servers_start_at_once_and_serve(tmp_path, postgres_url, pgbouncer):
    options = ("--database", pgbouncer.through(postgres_url))
    environment = {"ZASHIKI_SECRET_KEY": "the same for both"}
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    servers = [ZashikiServer(folder, *options, env=environment) for folder in folders]
    try:
        for server in servers:
            server.spawn()
        for server in servers:
            server.wait_until(server.answers)
            assert server.get("/chat/tea/")[0] in {200, 302}
        with psycopg.connect(postgres_url) as connection:
            assert not connection.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'").fetchall()
        with connect(servers[0].socket_url("/ws/chat/tea/"), proxy=None) as socket:
            socket.send(json.dumps({"message": "through the pooler"}))
            assert json.loads(socket.recv(10))["message"] == "through the pooler"
    finally:
        for server in servers:
            server.stop()
    assert not [server.output for server in servers if "Traceback" in server.output]
