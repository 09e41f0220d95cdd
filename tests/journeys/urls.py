"""Pages of the site that the journeys visit."""

from django.urls import include, path

urlpatterns = [path("chat/", include("zashiki.urls")), path("i18n/", include("django.conf.urls.i18n"))]
