"""Pages: ``path("chat/", include("zashiki.urls"))``."""

from django.urls import path, register_converter

from zashiki.views import rooms, visitors


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
    path("<room_name:name>/", rooms.room_by_name, name="room"),
]
