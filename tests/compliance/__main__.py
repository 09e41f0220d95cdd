"""``bin/compliance``: the fuzzing client against our protocol class in a server as ``zashiki serve`` runs it."""

import argparse
import sys
import tempfile
import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.compliance.fuzzing import WITH_COMPRESSION, WITHOUT_COMPRESSION, fuzz
from tests.support.servers import AsgiServer

CROWD = 50


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wstest", type=Path, help="path of autobahntestsuite's program")
    parser.add_argument(
        "--quick", action="store_true", help="groups 1 to 7 alone, while a crowd is broadcast to"
    )
    parser.add_argument(
        "--reports", type=lambda name: Path(name).resolve(), help="folder to keep the client's reports in"
    )
    asked = parser.parse_args()
    runs = [("beside a crowd", CROWD, WITHOUT_COMPRESSION[:7])]
    if not asked.quick:
        runs = [
            ("alone", 0, WITHOUT_COMPRESSION),
            ("beside a crowd", CROWD, WITHOUT_COMPRESSION),
            ("compressed", 0, WITH_COMPRESSION),
            ("compressed, beside a crowd", CROWD, WITH_COMPRESSION),
        ]
    failed = [case for run in runs for case in _run(asked, *run)]
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


def _run(asked, name, crowd, cases):
    with tempfile.TemporaryDirectory(prefix="zashiki-compliance-") as folder:
        place = (
            Path(folder) if asked.reports is None else asked.reports / name.replace(" ", "-").replace(",", "")
        )
        place.mkdir(parents=True, exist_ok=True)
        server = AsgiServer("tests.compliance.echo:application", place).start()
        try:
            with _crowd(server, crowd):
                verdicts = fuzz(asked.wstest.resolve(), server.socket_url("/echo"), cases, place)
        finally:
            server.stop()
    print(f"{name}: {len(verdicts.by_case)} cases, {verdicts.counts}", flush=True)
    for verdict in ("FAILED", "NON-STRICT"):
        if cases := verdicts.of(verdict):
            print(f"  {verdict.lower()}: {', '.join(cases)}", flush=True)
    return verdicts.failed


@contextmanager
def _crowd(server, size):
    """Connections that are broadcast to, and read, until the block ends."""
    with ExitStack() as stack:
        for _ in range(size):
            connection = stack.enter_context(connect(server.socket_url("/crowd")))
            threading.Thread(target=_listen, args=[connection], daemon=True).start()
        yield


def _listen(connection):
    try:
        while True:
            connection.recv()
    except ConnectionClosed:
        pass


if __name__ == "__main__":
    main()
