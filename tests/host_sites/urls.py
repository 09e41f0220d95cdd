from django.contrib.auth.views import LogoutView
from django.urls import include, path

urlpatterns = [
    path("chat/", include("zashiki.urls")),
    path("logout/", LogoutView.as_view(next_page="/"), name="logout"),
]
