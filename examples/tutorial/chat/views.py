"""Two pages: one asks for a room's name, the other is the room. The address says which consumer it has."""

from django.shortcuts import render


def index(request, consumer):
    return render(request, "chat/index.html", {"consumer": consumer})


def room(request, consumer, room_name):
    return render(request, "chat/room.html", {"consumer": consumer, "room_name": room_name})
