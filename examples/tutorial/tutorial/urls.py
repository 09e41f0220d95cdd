"""The pages."""

from django.urls import include, path

urlpatterns = [
    path("", include("chat.urls")),
    path("chat/", include("zashiki.urls")),
]
