"""A browser without scripts, and the owner who moves in with it."""

import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

PASSWORD = "tatami-shoji-engawa"


class Browser:
    """Keeps cookies and sends forms, as a browser without scripts does."""

    def __init__(self, server):
        self._server = server
        self._jar = CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar)).open

    @property
    def cookies(self):
        """The header with which a socket is opened."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)

    def get(self, path):
        """Final address and text of a page."""
        with self._open(self._server.url + path, timeout=10) as answer:
            return answer.url.removeprefix(self._server.url), answer.read().decode()

    def send(self, path, **fields):
        """Fill in the form of a page."""
        return self.post(path, path, **fields)

    def post(self, path, form="/accounts/sessions/", **fields):
        """Send fields, with the token of a page's form."""
        _, page = self.get(form)
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


def add_email_address(browser, address, password=PASSWORD):
    """Add an e-mail address to an account, which asks for the password first."""
    where, _ = browser.send("/accounts/email/", action_add="", email=address)
    if where.startswith("/accounts/reauthenticate/"):
        browser.send(where, password=password)
        browser.send("/accounts/email/", action_add="", email=address)
