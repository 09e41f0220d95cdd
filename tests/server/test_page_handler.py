"""Pages are made in threads that stay, and a slow client holds none of them."""

import socket
import threading
from contextlib import ExitStack

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core.signals import request_finished, request_started
from django.urls import get_script_prefix

from zashiki.server.http.page_handler import THREADS, ThreadPoolHandler

SCOPE = {
    "type": "http",
    "method": "GET",
    "path": "/site/nothing/",
    "root_path": "/site",
    "query_string": b"",
    "headers": [(b"host", b"testserver")],
}


@pytest.fixture
def heard():
    """What the signals of requests were sent from: the names of threads, and the prefix of addresses there."""
    found = []

    def hear(signal, **more):
        found.append((signal is request_finished, threading.current_thread().name, get_script_prefix()))

    for signal in (request_started, request_finished):
        signal.connect(hear)
    yield found
    for signal in (request_started, request_finished):
        signal.disconnect(hear)


async def test_a_page_begins_and_ends_in_one_thread_which_looks_after_its_connection(heard):
    asking = ApplicationCommunicator(ThreadPoolHandler(), SCOPE)
    await asking.send_input({"type": "http.request"})
    assert (await asking.receive_output())["status"] == 404
    assert not (await asking.receive_output())["more_body"]
    thread = heard[0][1]
    assert thread.startswith("page-") and heard == [(False, thread, "/site/"), (True, thread, "/site/")]


async def test_who_leaves_before_having_asked_is_not_answered(heard):
    asking = ApplicationCommunicator(ThreadPoolHandler(), SCOPE)
    await asking.send_input({"type": "http.request", "body": b"name=", "more_body": True})
    await asking.send_input({"type": "http.disconnect"})
    await asking.wait()
    assert asking.output_queue.empty() and not heard


async def test_a_question_that_is_no_text_is_refused(heard):
    asking = ApplicationCommunicator(ThreadPoolHandler(), {**SCOPE, "query_string": b"name=\xff"})
    await asking.send_input({"type": "http.request"})
    assert (await asking.receive_output())["status"] == 400
    assert len(heard) == 2


def test_more_slow_clients_than_threads_keep_nobody_waiting(serve):
    server = serve()
    with ExitStack() as stack:
        for _ in range(THREADS + 2):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            slow.sendall(b"POST /chat/visitor/name/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nname=")
        assert server.get("/chat/")[0] == 200
