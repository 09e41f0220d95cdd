"""Every page of rooms and people with somebody on it, and its html as a tree."""

from html.parser import HTMLParser

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from zashiki import writer
from zashiki.models import Invitation, Message, Profile, Role, Room
from zashiki.people.visitors import COOKIE, new_visitor, visitor_cookie
from zashiki.person import Person
from zashiki.rooms import actions as room_actions
from zashiki.rooms import direct, invitations, members

VOID = {"input", "img", "link", "meta", "br", "hr", "path", "circle", "use"}
PAGES = {pattern.name for pattern in get_resolver("zashiki.urls").url_patterns}
# Addresses that answer with something other than a page, or only take a form.
NO_PAGES = {
    *(
        "choose_name",
        "edit_room",
        "archive_room",
        "unarchive_room",
        "join",
        "set_involvement",
        "add_member",
        "remove_member",
    ),
    *(
        "change_role",
        "revoke_invitation",
        "invitation_code",
        "start_direct_room",
        "people_search",
        "avatars",
        "emoji",
        "avatar",
    ),
}


class Site:
    """Everything there is has the same name and ids of the caller's choice."""

    def __init__(self, name, first_id=1):
        self.name = name
        users = [self._user(first_id + n, f"user{n}") for n in range(3)]
        self.owner, self.other, _ = users
        self.room = room_actions.create(self.owner, name, description=name)
        self._renumber(first_id)
        members.add(self.room, self.other)
        self.direct = direct.get_or_create(users)
        self.visitor = Person(new_visitor().key, name)
        first = writer.post(self.room, "tea", author=self.visitor)
        writer.react(first, "🍵", author=self.visitor)
        writer.react(first, "🍵", author=self.other)
        writer.post(self.room, f"@user1 {name}", author=self.owner)
        self.invitation = invitations.create(self.owner, self.room, uses=5000)

    def pages(self):
        """``{name: html}``: the pages for the owner, and what a visitor sees of the room."""
        client = Client()
        client.force_login(self.owner)
        key = f"u{self.other.pk}"
        addresses = {
            "index": "",
            "room_by_id": f"room/{self.room.pk}/",
            "room": f"{self.room.name}/",
            "directory": "rooms/all/",
            "create_room": "room/new/",
            "room_details": f"room/{self.room.pk}/about/",
            "leave": f"room/{self.room.pk}/leave/",
            "room_invitations": f"room/{self.room.pk}/invitations/",
            "server_invitations": "invitations/server/",
            "invitation": f"invitation/{self.invitation.token}/",
            "people": "people/all/",
            "person": f"people/{key}/",
            "profile": "me/profile/",
            "deferred": "parts/en/",
        }
        assert addresses.keys() == PAGES - NO_PAGES, "a new page needs an address here"
        shown = {
            name: client.get(f"/chat/{path}", follow=name != "invitation") for name, path in addresses.items()
        }
        shown["direct"] = client.get(f"/chat/room/{self.direct.pk}/")
        shown["direct_about"] = client.get(f"/chat/room/{self.direct.pk}/about/")
        shown["refused"] = client.get("/chat/", {"name": f"{self.name}/"})
        stranger = Client()
        shown["invited"] = stranger.get(f"/chat/invitation/{self.invitation.token}/")
        stranger.cookies[COOKIE] = visitor_cookie(self.visitor)
        shown["visited"] = stranger.get(f"/chat/room/{self.room.pk}/")
        return {name: answer.content.decode() for name, answer in shown.items()}

    def _user(self, pk, username):
        user = get_user_model().objects.create_user(username, pk=pk, is_superuser=username == "user0")
        Profile.objects.create(user=user, name=self.name, status=self.name)
        return user

    def _renumber(self, first_id):
        """Let the ids of rooms, messages and invitations begin somewhere else, and the numbers of messages too."""
        if first_id == 1:
            return
        Room.objects.filter(pk=self.room.pk).delete()
        numbers = {"position": first_id, "version": first_id}
        self.room = Room.objects.create(pk=first_id, name=self.name, description=self.name, **numbers)
        members.add(self.room, self.owner, Role.OWNER)
        Message.objects.create(pk=first_id, room=self.room, posted_at=timezone.now(), nonce="n", **numbers)
        Invitation.objects.create(pk=first_id, created_by=self.owner)


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.texts = []  # of this element and of those in it, in order

    def text(self):
        return "".join(self.texts)


class Tree(HTMLParser):
    """All elements of a page, and the texts in them as ``(element, text)``."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.said = [], []
        self._here = Element("", {}, None)
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        element = Element(tag, {name: value or "" for name, value in attributes}, self._here)
        self.elements.append(element)
        if tag not in VOID:
            self._here = element

    def handle_endtag(self, tag):
        if tag not in VOID and self._here.parent is not None:
            self._here = self._here.parent

    def handle_data(self, text):
        self.said.append((self._here, text))
        element = self._here
        while element is not None:
            element.texts.append(text)
            element = element.parent
