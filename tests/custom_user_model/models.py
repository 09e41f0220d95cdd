import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models


class Strangers(BaseUserManager):
    def create_user(self, name, email="", password=None, **fields):
        names = [fields.pop("first_name", ""), fields.pop("last_name", "")]
        user = self.model(address=name, full_name=" ".join(filter(None, names)), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class Stranger(AbstractBaseUser, PermissionsMixin):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    address = models.CharField(max_length=100, unique=True)
    full_name = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "address"
    objects = Strangers()

    def get_full_name(self):
        return self.full_name
