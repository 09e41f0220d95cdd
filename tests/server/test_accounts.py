"""The owner moves in first; then people may; each has a name."""

import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

PASSWORD = "tatami-shoji-engawa"


class Browser:
    """Keeps cookies and sends forms, as a browser without scripts does."""

    def __init__(self, server):
        self._server = server
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def get(self, path):
        """Final address and text of a page."""
        with self._open(self._server.url + path, timeout=10) as answer:
            return answer.url.removeprefix(self._server.url), answer.read().decode()

    def send(self, path, **fields):
        _, page = self.get(path)
        fields["csrfmiddlewaretoken"] = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        request = urllib.request.Request(self._server.url + path, urllib.parse.urlencode(fields).encode())
        request.add_header("Origin", self._server.url)
        with self._open(request, timeout=10) as answer:
            return answer.url.removeprefix(self._server.url), answer.read().decode()


def make_owner(server):
    owner = Browser(server)
    where, page = owner.send(
        "/welcome/", username="aiko", name="Aiko 愛子", email="", password1=PASSWORD, password2=PASSWORD
    )
    assert where == "/chat/" and "Aiko 愛子" in page
    return owner


def test_the_first_visitor_is_asked_to_move_in_and_nobody_after(serve):
    server = serve()
    assert Browser(server).get("/")[0] == "/welcome/"
    make_owner(server)
    for path in ("/", "/welcome/"):
        assert Browser(server).get(path)[0] == "/chat/"


def test_nobody_signs_up_before_the_owner(serve):
    server = serve()
    assert "password1" not in Browser(server).get("/accounts/signup/")[1]
    make_owner(server)
    assert "password1" in Browser(server).get("/accounts/signup/")[1]


def test_somebody_signs_up_and_takes_a_name(serve):
    server = serve()
    make_owner(server)
    bela = Browser(server)
    where, page = bela.send("/accounts/signup/", username="bela", email="", password1=PASSWORD)
    assert where == "/chat/" and "bela" in page
    assert "Béla" in bela.send("/accounts/profile/", name="Béla")[1]
    assert bela.send("/accounts/logout/")[0] == "/chat/"
    where, page = Browser(server).send("/accounts/login/", login="bela", password=PASSWORD)
    assert where == "/chat/" and "Béla" in page


def test_a_closed_house_takes_nobody_in(serve):
    server = serve(env={"ZASHIKI_SIGN_UP": "no", "ZASHIKI_VISITORS": "no"})
    owner = make_owner(server)
    stranger = Browser(server)
    assert "password1" not in stranger.get("/accounts/signup/")[1]
    assert stranger.get("/chat/lobby/")[0].startswith("/accounts/login/")
    assert owner.get("/chat/lobby/")[0] == "/chat/lobby/"


def test_the_log_says_who_and_never_a_password(serve):
    server = serve()
    make_owner(server).get("/chat/")
    assert "GET /chat/ 200" in server.output and " u1 " in server.output
    assert PASSWORD not in server.output
