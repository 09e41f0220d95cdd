"""Starts the site that ``ZASHIKI_TEST_SITE`` names, and uses all of it once: ``python -m tests.host_sites.drive``.

Prints what is wrong and ends with 1, or ends with 0. All output of the site is on standard error.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from html import escape
from urllib.parse import quote

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.host_sites.settings")
import django

django.setup()

import uvicorn  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.asgi import get_asgi_application  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.urls import set_script_prefix  # noqa: E402

from tests.host_sites.converse import Talker, try_all  # noqa: E402
from tests.host_sites.visit import STEPS, Step, Visitor  # noqa: E402
from tests.support.servers import free_port  # noqa: E402
from zashiki import writer  # noqa: E402
from zashiki.asgi import with_rooms  # noqa: E402
from zashiki.models import Kind, Room, SystemState  # noqa: E402
from zashiki.person import user_key  # noqa: E402
from zashiki.rooms import actions as room_actions  # noqa: E402
from zashiki.rooms import direct, invitations, members  # noqa: E402
from zashiki.testing import signed_in  # noqa: E402

REPLICA = settings.DATABASES.get("replica")


def furnish():
    """Four people and their rooms, of whom one leaves for good, made where it is written. Returns what the texts in braces stand for, and cookies."""
    call_command("migrate", verbosity=0, interactive=False, database=settings.ALIAS)
    follow()
    people = {
        name: get_user_model().objects.create_user(name, password="x", first_name=name, last_name="Tanaka")
        for name in ("aiko", "ben", "chidi", "dan")
    }
    aiko, ben, chidi, dan = people.values()
    tea, hall = room_actions.create(aiko, "tea", kind=Kind.PRIVATE), room_actions.create(chidi, "hall")
    members.add(tea, ben)
    members.add(tea, dan)
    follow()
    writer.post(tea, "The first.", author=aiko)
    writer.post(tea, "Dan was here.", author=dan)
    writer.post(tea, "@ben the second, to @room", author=ben)
    direct.get_or_create([aiko, ben, chidi, dan])
    invitation = invitations.create(aiko, tea, days=1)
    held = {f"{{{name}}}": user_key(user.pk) for name, user in people.items()}
    held |= {"{tea}": tea.pk, "{hall}": hall.pk, "{invitation}": invitation.pk, "{token}": invitation.token}
    cookies = signed_in(aiko), signed_in(aiko)
    leave(dan)
    follow()
    return held, cookies


def leave(user):
    """The account is closed in the way that its site has for it, or deleted where there is none."""
    if hasattr(user, "closed"):
        get_user_model()._base_manager.filter(pk=user.pk).update(**user.closed)
    else:
        user.delete()


def follow():
    """The replica becomes what the primary is now, and stays so."""
    if REPLICA:
        connections.close_all()
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(settings.DATABASES["default"]["NAME"], REPLICA["NAME"])


def serve(port):
    config = uvicorn.Config(
        with_rooms(get_asgi_application()),
        port=port,
        ws="zashiki.hub.uvicorn:HubProtocol",
        log_level="warning",
        lifespan="on",
        root_path=settings.MOUNT,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    return server, thread


def use(port, held, cookies):
    """Everything that is wrong, as sentences."""
    wrong = []
    prefix = settings.FORCE_SCRIPT_NAME or ""
    set_script_prefix(f"{prefix or settings.MOUNT}/")
    visitor = Visitor(port, cookies[0], held)
    url = f"ws://127.0.0.1:{port}{prefix}/ws/zashiki/"
    talker = Talker(url, visitor.cookie_header)
    epoch = talker.ask("subscribe", room=held["{tea}"])["epoch"]
    wrong += try_all(talker, held["{tea}"])
    wrong += filter(None, map(visitor.take, STEPS))
    wrong += said_and_read(talker, visitor, held)
    wrong += who_left_is_shown_and_offered_nowhere(talker, visitor, held)
    if talker.ask("subscribe", room=held["{tea}"])["epoch"] != epoch or SystemState.load().epoch != epoch:
        wrong.append("there is a new epoch")
    wrong += signs_out(url, talker, visitor, held, cookies[1])
    return wrong


def said_and_read(talker, visitor, held):
    """What was said is on the page and in the history at once."""
    wrong = []
    tea = held["{tea}"]
    talker.ask("subscribe", room=tea)
    said = talker.ask("post", room=tea, body="Said at last.", nonce="last")["message"]
    if "Said at last." not in visitor.ask(visitor.address("room_by_id", {"room_id": "{tea}"}))[1]:
        wrong.append("the page does not have what was just said")
    found = talker.ask("history", room=tea)["messages"]
    if found[-1]["id"] != said["id"]:
        wrong.append("the history does not have what was just said")
    if (
        "\N{NO-BREAK SPACE}" in str(said["id"])
        or f'data-room="{tea}"' not in visitor.ask(visitor.address("room_by_id", {"room_id": "{tea}"}))[1]
    ):
        wrong.append("the page names the room by something else than its id")
    return wrong


def who_left_is_shown_and_offered_nowhere(talker, visitor, held):
    wrong = []
    tea, dan, key = held["{tea}"], held["{dan}"], escape(held["{dan}"])
    pages = {
        name: visitor.ask(
            visitor.address(name, {"room_id": "{tea}"} if name in {"room_by_id", "room_details"} else {})
        )[1]
        for name in ("room_by_id", "room_details", "people", "people_search")
    }
    if "Dan was here." not in pages["room_by_id"]:
        wrong.append("what somebody said who left is not in the room")
    found = [
        name
        for name in ("room_details", "people", "people_search")
        if f'"{key}"' in pages[name] or f'"{dan}"' in pages[name]
    ]
    offered = talker.ask("suggest_people", room=tea, query="")["people"]
    said = talker.ask("post", room=tea, body=f"@[Dan]({quote(dan, safe='')}), @dan", nonce="gone")["message"]
    if found or dan in str(offered) or "mention" in said["html"]:
        wrong.append(f"somebody who left is offered: {found} {offered} {said['html']}")
    if visitor.ask(visitor.address("person", {"key": "{dan}"}))[0] != 404:
        wrong.append("somebody who left has a page")
    return wrong


def signs_out(url, talker, visitor, held, other_session):
    """The socket ends, the page's next one is refused, and another browser of the same person stays."""
    wrong = []
    elsewhere = Visitor(visitor._port, other_session, held)
    before, cookie = dict(visitor.cookies), settings.SESSION_COOKIE_NAME
    if sentence := visitor.take(Step("logout", form={}, statuses=(302,))):
        return [sentence]
    if (code := talker.close_code()) not in {4408, 1012}:
        wrong.append(f"signed out, and the socket is closed with {code}")
    mine = f"{url}?as={quote(held['{aiko}'], safe='')}"
    if before[cookie] == visitor.cookies.get(cookie):
        wrong.append("the cookie of the session is still there")
    if (code := Talker(mine, visitor.cookie_header).close_code()) != 4408:
        wrong.append(f"signed out, and the next socket is closed with {code}")
    if elsewhere.ask(elsewhere.address("room_details", {"room_id": "{tea}"}))[0] != 200:
        wrong.append("another browser of the same person was signed out too")
    again = Talker(mine, elsewhere.cookie_header)
    if again.ask("subscribe", room=held["{tea}"])["type"] != "ok":
        wrong.append("the socket of another browser of the same person is refused")
    again.close()
    return wrong


def main():
    held, cookies = furnish()
    port = free_port()
    server, thread = serve(port)
    try:
        wrong = use(port, held, cookies)
    finally:
        server.should_exit = True
        thread.join(20)
    assert Room.objects.filter(name="new").exists()
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
