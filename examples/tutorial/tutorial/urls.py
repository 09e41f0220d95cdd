"""The pages."""

from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.urls import include, path

urlpatterns = [
    path("", include("chat.urls")),
    path("chat/", include("zashiki.urls")),
    *staticfiles_urlpatterns(),  # while DEBUG is on, so that any server shows the pages complete
]
