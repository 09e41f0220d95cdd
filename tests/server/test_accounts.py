"""The owner moves in first; then people may; each has a name."""

import re
import sqlite3
from contextlib import closing
from urllib.error import HTTPError

import pytest

from tests.server.browser import PASSWORD, Browser, make_owner


def test_the_first_visitor_is_asked_to_move_in_and_nobody_after(serve):
    server = serve()
    assert Browser(server).get("/")[0] == "/welcome/"
    make_owner(server)
    for path in ("/", "/welcome/"):
        assert Browser(server).get(path)[0] == "/chat/"


def test_nobody_signs_up_before_the_owner(serve):
    server = serve(env={"ZASHIKI_ALLOW_SIGNUP": "yes"})
    assert "password1" not in Browser(server).get("/accounts/signup/")[1]
    make_owner(server)
    assert "password1" in Browser(server).get("/accounts/signup/")[1]


def test_somebody_signs_up_and_takes_a_name(serve):
    server = serve(env={"ZASHIKI_ALLOW_SIGNUP": "yes"})
    make_owner(server)
    bela = Browser(server)
    where, page = bela.send("/accounts/signup/", username="bela", email="", password1=PASSWORD)
    assert where == "/chat/" and "bela" in page
    assert "Béla" in bela.send("/chat/me/profile/", name="Béla")[1]
    assert bela.send("/accounts/logout/")[0] == "/chat/"
    where, page = Browser(server).send("/accounts/login/", login="bela", password=PASSWORD)
    assert where == "/chat/" and "Béla" in page


def test_an_account_is_seen_and_looks_like_nobody_else(serve):
    server = serve(env={"ZASHIKI_ALLOW_SIGNUP": "yes"})
    unseen = {"username": "\u3164", "name": "", "email": "", "password1": PASSWORD, "password2": PASSWORD}
    assert is_refused(server, "/welcome/", **unseen)
    make_owner(server)
    for username in ("aikо", "AIKO", "aik0", "\u3164", "ａｉｋｏ"):
        assert is_refused(server, "/accounts/signup/", username=username, email="", password1=PASSWORD)
    guest = Browser(server)
    guest.get("/chat/tea/")
    with pytest.raises(HTTPError, match="400"):
        guest.post("/chat/visitor/name/", name="Аiko")


def is_refused(server, path, **form):
    """Whether a form is shown again, by somebody who has not been here before."""
    try:
        return Browser(server).send(path, **form)[0] == path
    except HTTPError as answer:
        return answer.code == 400


def test_a_closed_house_takes_nobody_in(serve):
    server = serve(env={"ZASHIKI_ALLOW_VISITORS": "no"})
    owner = make_owner(server)
    stranger = Browser(server)
    assert "password1" not in stranger.get("/accounts/signup/")[1]
    assert stranger.get("/chat/lobby/")[0].startswith("/accounts/login/")
    owner.send("/chat/room/new/", name="lobby", kind="public", posting="everybody")
    assert owner.get("/chat/lobby/")[0] == "/chat/lobby/"


def test_an_invitation_lets_one_person_in_and_no_second(serve):
    server = serve()
    owner = make_owner(server)
    owner.send("/chat/room/new/", name="tea", kind="private", posting="everybody")
    _, page = owner.send("/chat/room/1/invitations/", days="7", uses="1")
    link = re.search(r'value="(http[^"]+/invitation/[^"]+)"', page)[1].removeprefix(server.url)
    bela, carl = Browser(server), Browser(server)
    for stranger in (bela, carl):
        assert re.search("invited you to join (<bdi>)?tea", stranger.get(link)[1])
        assert "password1" in stranger.get("/accounts/signup/")[1]
    bela.send("/accounts/signup/", username="bela", email="", password1=PASSWORD)
    assert bela.get(link)[0] == "/chat/room/1/"
    assert "password1" not in carl.get("/accounts/signup/")[1]
    with pytest.raises(HTTPError, match="404"):
        carl.get(link)


def test_one_who_signs_out_everywhere_is_signed_out_everywhere(serve):
    server = serve()
    here, there = make_owner(server), Browser(server)
    there.send("/accounts/login/", login="aiko", password=PASSWORD)
    _, page = here.get("/accounts/sessions/")
    assert page.count("Sign out</button>") >= 2 and "this browser" in page
    here.post("/accounts/sessions/end/")
    for browser in (here, there):
        assert browser.get("/chat/me/profile/")[0].startswith("/accounts/login/")


def test_the_log_says_who_and_never_a_password(serve):
    server = serve()
    make_owner(server).get("/chat/")
    assert "GET /chat/ 200" in server.output and " u1 " in server.output
    assert PASSWORD not in server.output


def test_a_visit_is_noted_now_and_then_and_not_at_every_page(serve):
    server = serve()
    owner = make_owner(server)
    owner.get("/chat/")
    noted = last_seen(server)
    assert len(noted) == 1
    owner.get("/chat/")
    assert last_seen(server) == noted


def last_seen(server):
    with closing(sqlite3.connect(server.folder / "zashiki.sqlite3")) as database:
        return database.execute("SELECT last_seen_at FROM usersessions_usersession").fetchall()
