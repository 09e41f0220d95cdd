"""What is different for a client of the tutorial: the table at the end of docs/from-the-tutorial.md."""

import json

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.tutorial.talker import PATIENCE

LOBBY = "/ws/{}/lobby/"


@pytest.fixture(params=["memory", "core"])
def host(projects, request):
    """A process on uvicorn with connections, and one on Daphne."""
    return projects[request.param].hosts[-1]


def opened(host, path, origin=None):
    return connect(f"ws://{host}{path}", origin=origin, open_timeout=PATIENCE, proxy=None)


def refusal(host, path, origin=None):
    """The HTTP status with which a socket is refused."""
    with pytest.raises(InvalidStatus) as refused, opened(host, path, origin):
        pass
    return refused.value.response.status_code


def answer(host, path, text):
    """What comes back to somebody who says this; an exception when the connection ends."""
    with opened(host, path, origin=f"http://{host}") as socket:
        socket.send(text)
        return json.loads(socket.recv(timeout=PATIENCE))


@pytest.mark.parametrize("consumer", ["async", "chat"])
def test_a_page_of_another_site_is_refused(host, consumer):
    assert refusal(host, LOBBY.format(consumer), origin="http://elsewhere.example") == 403


def test_a_script_without_an_origin_is_refused_by_the_tutorial(host):
    assert refusal(host, LOBBY.format("async")) == 403


def test_a_script_without_an_origin_is_let_in_by_zashiki(host):
    with opened(host, LOBBY.format("chat")) as socket:
        socket.send(json.dumps({"message": "from a script"}))
        assert json.loads(socket.recv(timeout=PATIENCE))["message"] == "from a script"


def test_what_is_no_message_ends_the_connection_of_the_tutorial(host):
    with pytest.raises(ConnectionClosed):
        answer(host, LOBBY.format("async"), "hello")


@pytest.mark.parametrize(("said", "code"), [("hello", "malformed"), ('{"message": ""}', "empty")])
def test_what_is_no_message_is_answered_by_zashiki(host, said, code):
    heard = answer(host, LOBBY.format("chat"), said)
    assert heard["error"] == code
    assert heard["message"].endswith(".")


def test_a_name_that_is_none_fails_in_the_tutorial(host):
    assert refusal(host, "/ws/async/%00/", origin=f"http://{host}") == 500


def test_a_name_that_is_none_is_refused_by_zashiki_with_a_code(host):
    with opened(host, "/ws/chat/%00/") as socket, pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=PATIENCE)
    assert closed.value.rcvd.code == 4404
