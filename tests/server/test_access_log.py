"""The log can be read, and holds no secrets."""

from tests.server.talking import subscription
from zashiki.server.http.access_log import path


def lines(server, word):
    return [line for line in server.output.splitlines() if word in line]


def test_a_line_for_each_request(serve):
    server = serve()
    server.get("/chat/?name=x&token=very-secret")
    server.get("/nothing/here/")
    server.wait_until(lambda: lines(server, "GET /nothing/here/"), 5)  # it is written after the answer
    (line,) = lines(server, "GET /nothing/here/")
    assert " 404 " in line and line.endswith("127.0.0.1")
    assert "very-secret" not in server.output


def test_two_lines_for_each_socket(serve):
    server = serve()
    with subscription(server, "雑談") as aiko:
        aiko.says("for nobody else")
        aiko.hears("for nobody else")
    server.wait_until(lambda: lines(server, "closed"), 5)
    opened, closed = lines(server, "SOCKET /ws/chat/雑談/")
    assert " open v" in opened
    assert " closed 1000 after " in closed and "received 1 v" in closed
    assert "for nobody else" not in server.output


def test_a_refused_socket_says_so(serve):
    server = serve()
    try:
        with subscription(server, "a\nb"):
            pass
    except Exception as refusal:
        assert "Traceback" not in str(refusal)
    server.wait_until(lambda: lines(server, "refused") or lines(server, "closed 4404"), 5)


def test_health_is_not_worth_a_line(serve):
    server = serve()
    assert server.health()[0] == 200
    assert not lines(server, "/healthz")


def test_a_path_is_one_word_without_secrets():
    assert path({"path": "/chat/two words\n/"}) == "/chat/two%20words%0A/"
    assert path({"path": "/accounts/password/reset/key/1-abcdef/"}) == "/accounts/password/reset/key/..."
    assert path({"path": "/accounts/confirm-email/MQ:1abc/"}) == "/accounts/confirm-email/..."
