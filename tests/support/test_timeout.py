"""The end of a test that nothing else ends, such as one that waits for a thread while its event loop closes: the worker gives up, and the run goes on and fails."""

import faulthandler
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

PATIENCE = 420  # seconds for a test and its fixtures; longer than any time-out of pytest's

_lost = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    # pytest's own watch over threads is over as soon as a test has failed.
    timer = threading.Timer(PATIENCE, _give_up, [item.nodeid])
    timer.daemon = True
    timer.start()
    try:
        return (yield)
    finally:
        timer.cancel()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    """Of xdist: a worker has ended. Tests that it still had to run are not run: the run did not get to its end."""
    if error:
        _lost.append(node)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    if _lost:
        session.exitstatus = pytest.ExitCode.INTERRUPTED


def _give_up(test):
    print(f"{test} has not ended after {PATIENCE} s", file=sys.__stderr__)
    faulthandler.dump_traceback(sys.__stderr__)
    for pid in _children():
        with suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
    os._exit(os.EX_SOFTWARE)


def _children():
    """Servers lead groups of their own; where there is no /proc, they stay."""
    files = Path("/proc/self/task").glob("*/children")
    return [int(pid) for file in files for pid in file.read_text().split()]
