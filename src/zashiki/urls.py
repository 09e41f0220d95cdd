"""Pages: ``path("chat/", include("zashiki.urls"))``."""

from collections.abc import Callable
from urllib.parse import unquote

from django.http import HttpResponse
from django.urls import URLPattern, path, register_converter

from zashiki.views import (
    about,
    directory,
    emoji,
    invitations,
    keeping,
    membership,
    parts,
    persons,
    profile,
    rooms,
    visitors,
)
from zashiki.views.doors import readable
from zashiki.views.paid import paid


class RoomName:
    """Anything without a slash: what is not a room's name gets a page that says why."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PersonKey:
    """A person's key, which holds whatever the primary key of a user does; a slash is percent-encoded once more than the rest of the address."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        return unquote(value)

    def to_url(self, value: str) -> str:
        return value.replace("%", "%25").replace("/", "%2F")


def page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return path(route, readable(paid(view)), name=name)


register_converter(PersonKey, "person_key")
register_converter(RoomName, "room_name")

app_name = "zashiki"

urlpatterns = [
    page("", rooms.index, name="index"),
    page("room/<int:room_id>/", rooms.room_by_id, name="room_by_id"),
    page("visitor/name/", visitors.choose_name, name="name"),
    page("rooms/all/", directory.directory, name="directory"),
    page("room/new/", keeping.make, name="make_room"),
    page("room/<int:room_id>/about/", about.about, name="about"),
    page("room/<int:room_id>/change/", keeping.change, name="change_room"),
    page("room/<int:room_id>/archive/", keeping.archive, name="archive_room"),
    page("room/<int:room_id>/unarchive/", keeping.unarchive, name="unarchive_room"),
    page("room/<int:room_id>/join/", membership.join, name="join"),
    page("room/<int:room_id>/leave/", membership.leave, name="leave"),
    page("room/<int:room_id>/involvement/", membership.involve, name="involve"),
    page("room/<int:room_id>/people/", membership.add, name="add_member"),
    page("room/<int:room_id>/people/<person_key:key>/remove/", membership.remove, name="remove_member"),
    page("room/<int:room_id>/people/<person_key:key>/role/", membership.change_role, name="change_role"),
    page("room/<int:room_id>/invitations/", invitations.for_room, name="room_invitations"),
    page("invitations/house/", invitations.for_house, name="house_invitations"),
    page("invitations/<int:invitation_id>/revoke/", invitations.revoke, name="revoke_invitation"),
    page("invitations/<int:invitation_id>/code.svg", invitations.code, name="invitation_code"),
    page("invitation/<str:token>/", invitations.invitation, name="invitation"),
    page("people/all/", persons.everybody, name="people"),
    page("people/talk/", persons.talk, name="talk"),
    page("people/names.json", persons.names, name="names"),
    page("people/faces.json", profile.faces, name="faces"),
    page("people/<person_key:key>/", persons.somebody, name="person"),
    page("me/profile/", profile.profile, name="profile"),
    page("parts/<str:language>/", parts.parts, name="parts"),
    page("emoji/names.json", emoji.names, name="emoji"),
    page("picture/<slug:digest>.webp", profile.picture, name="picture"),
    page("<room_name:name>/", rooms.room_by_name, name="room"),
]
