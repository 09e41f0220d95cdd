"""Pages: ``path("chat/", include("zashiki.urls"))``."""

from collections.abc import Callable
from urllib.parse import unquote

from django.http import HttpResponse
from django.urls import URLPattern, path, register_converter

from zashiki.views import (
    deferred,
    directory,
    emoji,
    invitations,
    members,
    people,
    profile,
    room_details,
    room_settings,
    rooms,
    visitors,
)
from zashiki.views.decorators import reject_nul
from zashiki.views.rate_limited import paid


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
    return path(route, reject_nul(paid(view)), name=name)


register_converter(PersonKey, "person_key")
register_converter(RoomName, "room_name")

app_name = "zashiki"

urlpatterns = [
    page("", rooms.index, name="index"),
    page("room/<int:room_id>/", rooms.room_by_id, name="room_by_id"),
    page("visitor/name/", visitors.choose_name, name="choose_name"),
    page("rooms/all/", directory.directory, name="directory"),
    page("room/new/", room_settings.create_room, name="create_room"),
    page("room/<int:room_id>/about/", room_details.room_details, name="room_details"),
    page("room/<int:room_id>/change/", room_settings.edit_room, name="edit_room"),
    page("room/<int:room_id>/archive/", room_settings.archive_room, name="archive_room"),
    page("room/<int:room_id>/unarchive/", room_settings.unarchive_room, name="unarchive_room"),
    page("room/<int:room_id>/join/", members.join, name="join"),
    page("room/<int:room_id>/leave/", members.leave, name="leave"),
    page("room/<int:room_id>/involvement/", members.set_involvement, name="set_involvement"),
    page("room/<int:room_id>/people/", members.add, name="add_member"),
    page("room/<int:room_id>/people/<person_key:key>/remove/", members.remove, name="remove_member"),
    page("room/<int:room_id>/people/<person_key:key>/role/", members.change_role, name="change_role"),
    page("room/<int:room_id>/invitations/", invitations.room_invitations, name="room_invitations"),
    page("invitations/server/", invitations.server_invitations, name="server_invitations"),
    page("invitations/<int:invitation_id>/revoke/", invitations.revoke, name="revoke_invitation"),
    page("invitations/<int:invitation_id>/code.svg", invitations.code, name="invitation_code"),
    page("invitation/<str:token>/", invitations.invitation, name="invitation"),
    page("people/all/", people.people_list, name="people"),
    page("people/talk/", people.start_direct_room, name="start_direct_room"),
    page("people/names.json", people.search, name="people_search"),
    page("people/faces.json", profile.avatars, name="avatars"),
    page("people/<person_key:key>/", people.person_page, name="person"),
    page("me/profile/", profile.profile, name="profile"),
    page("parts/<str:language>/", deferred.deferred_html, name="deferred"),
    page("emoji/names.json", emoji.names, name="emoji"),
    page("picture/<slug:digest>.webp", profile.avatar, name="avatar"),
    page("<room_name:name>/", rooms.room_by_name, name="room"),
]
