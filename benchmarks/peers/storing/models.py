"""What the ordinary way stores of a message."""

from django.db import models


class Message(models.Model):
    room = models.CharField(max_length=100, db_index=True)
    author = models.CharField(max_length=100)
    body = models.TextField()
    posted_at = models.DateTimeField(auto_now_add=True)
