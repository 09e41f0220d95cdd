"""Every page of a site, in an order in which each can be used, as somebody who is signed in; each with the status that it must have."""

from __future__ import annotations

import re
import urllib.parse
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

from django.conf import settings
from django.urls import get_resolver, reverse

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')  # of the protection against forged forms
EVERYTHING = {"name": "Tea", "description": "green", "kind": "public", "posting": "everybody"}


@dataclass
class Step:
    """One request.

    Attributes:
        page: the name of its address.
        named: the parts of the address; a text in braces stands for something of the site.
        form: what is sent; ``None`` only looks.
        statuses: those that are right.
    """

    page: str
    named: dict[str, Any] = field(default_factory=dict)
    form: dict[str, Any] | None = None
    statuses: tuple[int, ...] = (200,)


def _form(page, named=None, **fields):
    return Step(page, named or {}, fields, (302,))


ROOM, BEN = {"room_id": "{tea}"}, {"room_id": "{tea}", "key": "{ben}"}
STEPS = [
    Step("index"),
    Step("index", form=None),
    Step("directory"),
    Step("create_room"),
    _form("create_room", **EVERYTHING | {"name": "new"}),
    Step("room", {"name": "new"}),  # it is there at once
    Step("room", {"name": "tea"}),
    Step("room_by_id", ROOM),
    Step("room_details", ROOM),
    _form("edit_room", ROOM, **EVERYTHING),
    _form("archive_room", ROOM),
    Step("room_by_id", ROOM),
    _form("unarchive_room", ROOM),
    _form("set_involvement", ROOM, involvement="mentions"),
    _form("add_member", ROOM, person="{chidi}"),
    Step("room_details", ROOM),
    _form("change_role", BEN, role="moderator"),
    _form("remove_member", BEN),
    Step("room_invitations", ROOM),
    _form("room_invitations", ROOM, days="7", uses="3"),
    Step("room_invitations", ROOM),
    Step("server_invitations", statuses=(200, 403)),  # for whoever keeps the house
    Step("invitation_code", {"invitation_id": "{invitation}"}),
    Step("invitation", {"token": "{token}"}, statuses=(302,)),  # who made it is in the room already
    _form("revoke_invitation", {"invitation_id": "{invitation}"}),
    Step("people"),
    Step("people_search"),
    Step("avatars"),
    Step("person", {"key": "{ben}"}),
    _form("start_direct_room", person="{ben}"),
    Step("index"),
    Step("profile"),
    _form("profile", name="", status="away"),
    _form("choose_name", name="Vera"),
    Step("avatar", {"digest": "0"}, statuses=(404,)),
    Step("deferred", {"language": "en"}),
    Step("emoji"),
    _form("join", {"room_id": "{hall}"}),
    Step("leave", {"room_id": "{hall}"}),
    _form("leave", {"room_id": "{hall}"}),
    Step("logout", statuses=(405,)),
]


def names_of_pages():
    return {pattern.name for pattern in get_resolver("zashiki.urls").url_patterns}


class Visitor:
    """A browser of somebody who is signed in.

    Args:
        cookies: by name; what the site sets is kept.
        held: what the texts in braces stand for.
    """

    def __init__(self, port, cookies, held):
        self._port = port
        self._held = held
        self.cookies = dict(cookies)
        self._token = TOKEN.search(self.ask(self.address("create_room", {}))[1])[1]

    def take(self, step):
        """Returns what is wrong, or ``None``."""
        address = self.address(step.page, step.named)
        status, text = self.ask(address, step.form)
        if status not in step.statuses:
            return f"{step.page} {address} {step.form}: {status}, not {step.statuses}\n{text[:2000]}"
        return None

    def address(self, page, named):
        view = page if page == "logout" else f"zashiki:{page}"
        return reverse(view, kwargs={name: self._filled(value) for name, value in named.items()})

    def ask(self, address, form=None):
        """Status and text of a page; a redirection is not followed."""
        address = address.removeprefix(settings.MOUNT)  # as the proxy that has the site there
        connection = HTTPConnection("127.0.0.1", self._port, timeout=20)
        body = None
        if form is not None:
            filled = {name: self._filled(value) for name, value in form.items()}
            body = urllib.parse.urlencode({**filled, "csrfmiddlewaretoken": self._token})
        headers = {"Cookie": self.cookie_header, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("GET" if body is None else "POST", address, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        self._keep(answer.headers.get_all("Set-Cookie") or ())
        connection.close()
        return answer.status, text

    @property
    def cookie_header(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _keep(self, headers):
        for header in headers:
            name, _, value = header.partition(";")[0].partition("=")
            is_gone = "max-age=0" in header.lower()
            self.cookies.pop(name, None)
            if not is_gone:
                self.cookies[name] = value.strip('"') if value == '""' else value

    def _filled(self, value):
        if not isinstance(value, str):
            return value
        return self._held.get(value, value) if re.fullmatch(r"\{\w+\}", value) else value
