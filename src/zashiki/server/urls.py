from django.urls import include, path

from zashiki.server.accounts import views

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("welcome/", views.first_run, name="first_run"),
    path("accounts/profile/", views.profile, name="zashiki_profile"),
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("chat/", include("zashiki.urls")),
]
