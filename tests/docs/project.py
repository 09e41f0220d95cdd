"""A Django project as `django-admin startproject` makes it, with orders and customers, to which a document's lines are added."""

import os
import re
import subprocess
import sys

from tests.support.servers import AsgiServer

NAME = "shop"
PATIENCE = 120  # seconds for a command of Django's

SETTINGS = """
INSTALLED_APPS += ["orders"]
AUTH_USER_MODEL = "orders.Customer"
ALLOWED_HOSTS = ["127.0.0.1"]
STATIC_ROOT = BASE_DIR / "collected"
"""
URLS = """
from orders import views
urlpatterns += [path("orders/<int:pk>/", views.order)]
"""
MODELS = """
from django.contrib.auth.models import AbstractUser
from django.db import models

class Customer(AbstractUser):
    name = models.CharField(max_length=60)

class Order(models.Model):
    customer = models.ForeignKey(Customer, models.CASCADE)

    def __str__(self):
        return f"Order {self.pk}"

    def concerns(self, user):
        return self.customer == user
"""
VIEWS = """
from django.shortcuts import get_object_or_404, render
from orders.models import Order

def order(request, pk):
    return render(request, "order.html", {"order": get_object_or_404(Order, pk=pk)})
"""
FURNISH = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from orders.models import Customer, Order
for name in ("aiko", "bela"):
    user = Customer.objects.create_user(name, password="x", name=name.title())
    session = SessionStore()
    session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend", HASH_SESSION_KEY: user.get_session_auth_hash()})
    session.save()
    print(name, session.session_key)
Order.objects.create(customer=Customer.objects.get(username="aiko"))
"""


class Project:
    """
    Args:
        folder: an empty one.
    """

    def __init__(self, folder):
        self.folder = folder
        subprocess.run(
            [sys.executable, "-m", "django", "startproject", NAME, folder],
            check=True,
            timeout=PATIENCE,
            env=_bare(),
        )
        for name, text in {
            "models": MODELS,
            "views": VIEWS,
            "__init__": "",
            "migrations/__init__": "",
        }.items():
            self.write(f"orders/{name}.py", text)
        self.add("settings.py", SETTINGS)
        self.add("urls.py", URLS)

    def write(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def add(self, name, text):
        """Add lines to the end of a file of the project."""
        with (self.folder / NAME / name).open("a") as file:
            file.write(f"\n{text}\n")

    def apply(self, block):
        """Add a block's lines to the files that its comments name, ``# settings.py``, and take the settings that a comment names.

        A file with a folder, ``# orders/policy.py``, is written.
        """
        for name, settings, text in re.findall(
            r"^# ([\w/]+\.py)(?:[,;:]([^\n]*))?\n(.*?)(?=^# [\w/]+\.py|\Z)", block, re.MULTILINE | re.DOTALL
        ):
            self.write(name, text) if "/" in name else self.add(name, text)
            for line in re.findall(r"\bZASHIKI_\w+ = \S+", settings):
                self.add("settings.py", line)

    def manage(self, *words):
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=self.folder, env=_bare(), capture_output=True, text=True, timeout=PATIENCE
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def shell(self, text):
        return self.manage("shell", "-c", text)

    def furnish(self):
        """Migrate; make Aiko, whose order is number 1, and Bela. Returns the keys of their sessions by their names."""
        self.manage("makemigrations", "orders", "--verbosity", "0")
        self.manage("migrate", "--verbosity", "0")
        return dict(line.split() for line in self.shell(FURNISH).splitlines() if len(line.split()) == 2)

    def server(self):
        return AsgiServer(
            f"{NAME}.asgi:application", self.folder, cwd=self.folder, env={"DJANGO_SETTINGS_MODULE": None}
        )


def _bare():
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
