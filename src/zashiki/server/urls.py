from django.urls import include, path

from zashiki.server.accounts import sessions, views

urlpatterns = [
    path("", views.home, name="front_door"),
    path("welcome/", views.first_run, name="first_run"),
    path("accounts/sessions/end/", sessions.end_all, name="end_all_sessions"),
    path("accounts/sessions/<int:session_id>/end/", sessions.end_session, name="end_session"),
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("chat/", include("zashiki.urls")),
]
