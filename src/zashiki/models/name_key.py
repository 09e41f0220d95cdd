"""Columns by which names that look alike are found."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.db import models

from zashiki.text.confusables import looks_of

if TYPE_CHECKING:  # Django's own class takes no arguments in brackets
    _TextOrNone = models.CharField[str | None, str | None]
else:
    _TextOrNone = models.CharField


class NameKey(_TextOrNone):
    """One of the two keys of an open room's ``name``, as a digest of one length; ``None`` for other rooms, whose names are no addresses.

    Args:
        which: 0 for the key in which every letter is small, 1 for the one by the shape of capital letters.
    """

    def __init__(self, *args: Any, which: int = 0, **kwargs: Any) -> None:
        self._which = which
        super().__init__(*args, **{"max_length": 32, "null": True, "editable": False, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        name = getattr(model_instance, "name", None)
        is_address = bool(name) and getattr(model_instance, "kind", None) == "public"
        key = name_keys(str(name))[self._which] if is_address else None
        setattr(model_instance, self.attname, key)
        return key

    def deconstruct(self) -> Any:
        """For migrations it is a column of text: they need none of our code."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def name_keys(name: str) -> tuple[str, str]:
    """The digests of a name's two keys."""
    small, shape = (hashlib.sha256(look.encode()).hexdigest()[:32] for look in looks_of(name))
    return small, shape
