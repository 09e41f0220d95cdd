"""``/sync/``, ``/async/`` and ``/hub/`` ask for a room, ``/sync/lobby/`` is one."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from chat import views

app_name = "chat"
urlpatterns = [
    path("", RedirectView.as_view(url="async/")),
    re_path(r"^(?P<consumer>sync|async|hub)/$", views.index, name="index"),
    re_path(r"^(?P<consumer>sync|async|hub)/(?P<room_name>[^/]+)/$", views.room, name="room"),
]
