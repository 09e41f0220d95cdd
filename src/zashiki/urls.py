"""Pages: ``path("chat/", include("zashiki.urls"))``."""

from django.urls import path, register_converter

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


class RoomName:
    """Anything without a slash: what is not a room's name gets a page that says why."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RoomName, "room_name")

app_name = "zashiki"

urlpatterns = [
    path("", rooms.index, name="index"),
    path("room/<int:room_id>/", rooms.room_by_id, name="room_by_id"),
    path("visitor/name/", visitors.choose_name, name="name"),
    path("rooms/all/", directory.directory, name="directory"),
    path("room/new/", keeping.make, name="make_room"),
    path("room/<int:room_id>/about/", about.about, name="about"),
    path("room/<int:room_id>/change/", keeping.change, name="change_room"),
    path("room/<int:room_id>/archive/", keeping.archive, name="archive_room"),
    path("room/<int:room_id>/unarchive/", keeping.unarchive, name="unarchive_room"),
    path("room/<int:room_id>/join/", membership.join, name="join"),
    path("room/<int:room_id>/leave/", membership.leave, name="leave"),
    path("room/<int:room_id>/involvement/", membership.involve, name="involve"),
    path("room/<int:room_id>/people/", membership.add, name="add_member"),
    path("room/<int:room_id>/people/<str:key>/remove/", membership.remove, name="remove_member"),
    path("room/<int:room_id>/people/<str:key>/role/", membership.change_role, name="change_role"),
    path("room/<int:room_id>/invitations/", invitations.for_room, name="room_invitations"),
    path("invitations/house/", invitations.for_house, name="house_invitations"),
    path("invitations/<int:invitation_id>/revoke/", invitations.revoke, name="revoke_invitation"),
    path("invitations/<int:invitation_id>/code.svg", invitations.code, name="invitation_code"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("people/all/", persons.everybody, name="people"),
    path("people/talk/", persons.talk, name="talk"),
    path("people/names.json", persons.names, name="names"),
    path("people/faces.json", profile.faces, name="faces"),
    path("people/<str:key>/", persons.somebody, name="person"),
    path("me/profile/", profile.profile, name="profile"),
    path("parts/<str:language>/", parts.parts, name="parts"),
    path("emoji/names.json", emoji.names, name="emoji"),
    path("picture/<slug:digest>.webp", profile.picture, name="picture"),
    path("<room_name:name>/", rooms.room_by_name, name="room"),
]
