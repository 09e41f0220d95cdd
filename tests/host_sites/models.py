"""User models of other shapes than Django's: one app, of which each site of the matrix uses one model.

All are made by ``create_user(name, password=..., first_name=..., last_name=...)``, so that the same people live on each site. ``closed`` is what the
columns of a closed account hold; a model without it has its accounts deleted.
"""

import uuid

from django.contrib.auth.models import AbstractBaseUser, AbstractUser, BaseUserManager
from django.db import models


class People(BaseUserManager):
    def create_user(self, name, password=None, **fields):
        user = self.model(**self.model.columns(name, **fields))
        user.set_password(password)
        user.save(using=self._db)
        return user


class Bare(AbstractBaseUser):
    """As little as Django asks for."""

    objects = People()

    class Meta:
        abstract = True


class Mailed(Bare):
    """The e-mail address is the key; ``is_active`` is an attribute, as it is in Django's own base; there is no name and no date."""

    email = models.CharField(max_length=254, primary_key=True)

    USERNAME_FIELD = "email"

    @classmethod
    def columns(cls, name, **fields):
        return {"email": f"{name} o'hara+tea/50%@example.org"}


class Closable(Bare):
    """A UUID for a key, and ``is_active`` that is reckoned from a column."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    phone = models.BigIntegerField(unique=True)
    nick = models.CharField(max_length=100)
    closed_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "phone"
    closed = {"closed_at": "2026-01-01T00:00Z"}

    @property
    def is_active(self):
        return self.closed_at is None

    @classmethod
    def columns(cls, name, **fields):
        return {
            "phone": 10**12 + sum(ord(letter) * 31**place for place, letter in enumerate(name)),
            "nick": name,
        }


class Great(AbstractUser):
    """Django's own shape with a large number for a key and the longest names that it takes."""

    id = models.BigIntegerField(primary_key=True)

    objects = People()
    closed = {"is_active": False}

    @classmethod
    def columns(cls, name, **fields):
        number = 2**62 + sum(ord(letter) * 31**place for place, letter in enumerate(name))
        return {
            "id": number,
            "username": name,
            "first_name": (name + " x") * 30,
            "last_name": "山田 " * 50,
        } | fields


class Entity(models.Model):
    """What people and companies have in common."""

    created = models.DateTimeField(auto_now_add=True)


class Employee(Entity, AbstractBaseUser):
    """Inherits from another table, whose key is its key. Its names are what it says of itself: nothing."""

    login = models.CharField(max_length=100, unique=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    objects = People()
    closed = {"is_active": False}

    @classmethod
    def columns(cls, name, **fields):
        return {"login": name}

    def get_full_name(self):
        return ""


class KeptPeople(People):
    """Rows are never deleted, but hidden."""

    def get_queryset(self):
        return super().get_queryset().filter(is_hidden=False)


class Kept(Bare):
    """A model whose manager hides rows."""

    id = models.CharField(max_length=20, primary_key=True)
    is_hidden = models.BooleanField(default=False)

    USERNAME_FIELD = "id"
    objects = KeptPeople()
    closed = {"is_hidden": True}

    @classmethod
    def columns(cls, name, **fields):
        return {"id": name}
