"""Rooms: who may enter, what changes them, their members, lists and invitations."""
