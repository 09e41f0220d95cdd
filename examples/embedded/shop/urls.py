from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path
from orders import views

urlpatterns = [
    path("", views.orders, name="orders"),
    path("orders/<int:pk>/", views.order, name="order"),
    path("orders/<int:pk>/send/", views.send, name="send"),
    path("orders/<int:pk>/give/", views.give, name="give"),
    path("sign-in/", LoginView.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("help/chat/", include("zashiki.urls")),  # rooms
]
