"""The site's user model, whatever its shape: which columns it has, who is active, whose key this is.

Django asks little of a user model: ``is_active`` may be an attribute or a property and no column, the primary key may be any field, and names may
lie anywhere. Nothing else in Zashiki filters users by a column of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connections, models, router
from django.db.models import QuerySet

from zashiki.models.lookup import fits


def users() -> QuerySet[Any]:
    """All users, active or not, read from the database that they are written to."""
    model = get_user_model()
    return model._default_manager.using(router.db_for_write(model))


def models_of_users() -> list[type[models.Model]]:
    """The user model, and what inherits from it: proxies and children of it send their signals under names of their own."""
    concrete = get_user_model()._meta.concrete_model
    return [model for model in apps.get_models() if concrete is not None and issubclass(model, concrete)]


def is_active(user: Any) -> bool:
    """Whether the account is open. A model without ``is_active`` closes none."""
    return bool(getattr(user, "is_active", True))


def active(rows: QuerySet[Any], user: str = "") -> QuerySet[Any]:
    """Leave out closed accounts as far as the database can tell: where ``is_active`` is no column, `is_active` tells for each.

    An account that the manager of the user model hides is closed, too.

    Args:
        user: the name by which these rows know their user; empty for users themselves.
    """
    if user and _hides_rows():
        rows = rows.filter(**{f"{user}__in": users().values("pk")})
    if _column("is_active") is None:
        return rows
    return rows.filter(**{f"{user}__is_active" if user else "is_active": True})


def knows_active() -> bool:
    """Whether `active` leaves out all closed accounts, so that rows can be counted in the database."""
    return _column("is_active") is not None or isinstance(getattr(get_user_model(), "is_active", True), bool)


def active_users(keys: Iterable[str]) -> list[Any]:
    """The users with these keys whose accounts are open."""
    pks = pks_of(keys)
    return [user for user in active(users().filter(pk__in=pks)) if is_active(user)] if pks else []


def active_user(key: str) -> Any:
    """The user behind a person's key, or ``None`` for a visitor, a closed account or nobody."""
    return next(iter(active_users([key])), None)


def pks_of(keys: Iterable[str]) -> list[Any]:
    """The primary keys in these people's keys; visitors, and what cannot be a user's key, are left out."""
    return [pk for key in keys if (pk := pk_of(key)) is not None]


def pk_of(key: str) -> Any:
    """The primary key in a person's key, or ``None``. Only the one spelling that is written down counts."""
    field = get_user_model()._meta.pk
    if not key.startswith("u"):
        return None
    try:
        pk = field.to_python(key[1:])
    except (ValidationError, ValueError, TypeError, OverflowError):
        return None
    connection = connections[router.db_for_write(get_user_model())]
    return pk if str(pk) == key[1:] and fits(connection, field, pk) else None


def username(user: Any) -> str:
    """The name by which the account signs in, as text."""
    if hasattr(user, "get_username"):
        return str(user.get_username())
    return str(getattr(user, get_user_model().USERNAME_FIELD, user.pk))


def text_columns(names: Iterable[str]) -> list[str]:
    """Those of these names that are columns of text, in which parts of a name can be looked for."""
    return [name for name in names if isinstance(_column(name), models.CharField | models.TextField)]


def _hides_rows() -> bool:
    """Whether the manager of the user model leaves out rows. Asked each time: which ones may depend on the request."""
    query = users().query
    return bool(query.where) or query.is_sliced


def _column(name: str) -> models.Field[Any, Any] | None:
    try:
        field = get_user_model()._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) and field.concrete else None
