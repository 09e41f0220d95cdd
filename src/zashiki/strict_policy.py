"""Strict answers: a policy whose ``can_...`` methods return anything but ``True`` or ``False`` raises an error.

A coroutine, a queryset or a text counts as true in an ``if`` and ``None`` as false: a policy with a forgotten ``return`` or a stray
``async`` would open every room, or close it, without a word.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any


class PolicyError(TypeError):
    """A method of the site's policy returned something other than ``True`` or ``False``."""


def strict(site: type) -> type:
    """A subclass of a policy whose rights are checked for their type, also where the policy calls its own methods."""
    methods = {name: _strict_method(site, name) for name in rights_of(site)}
    return type(site.__name__, (site,), {**methods, "__module__": site.__module__})


def make(site: type) -> Any:
    """An instance of `strict` (site); rights that its ``__init__`` has put on the instance are checked too."""
    made = strict(site)()
    for name, value in list(vars(made).items()):
        if is_right(name) and callable(value):
            setattr(made, name, checked(site, name, value))
    return made


def rights_of(site: type) -> Iterator[str]:
    """The names of a policy's rights."""
    return (name for name in dir(site) if is_right(name) and callable(getattr(site, name)))


def is_right(name: str) -> bool:
    return name.startswith("can_") or name == "is_admin"


def asynchronous(site: type) -> list[str]:
    """The names of the methods that return a coroutine or a generator, which no caller awaits."""
    kinds = (inspect.iscoroutinefunction, inspect.isasyncgenfunction, inspect.isgeneratorfunction)
    names = [*rights_of(site), "display_name", "membership"]
    return [name for name in names if any(is_kind(getattr(site, name, None)) for is_kind in kinds)]


def checked(site: type, name: str, method: Callable[..., Any]) -> Callable[..., bool]:
    """A method that raises `PolicyError` unless it returns ``True`` or ``False``."""

    def answer(*args: Any, **kwargs: Any) -> bool:
        found = method(*args, **kwargs)
        if found is True or found is False:
            return found
        if inspect.iscoroutine(found):
            found.close()  # nobody awaits it
        raise PolicyError(
            f"{site.__module__}.{site.__qualname__}.{name} returned {type(found).__name__}; "
            "a right is True or False, and a policy is synchronous."
        )

    return answer


def _strict_method(site: type, name: str) -> Callable[..., bool]:
    @wraps(getattr(site, name))
    def method(self: Any, *args: Any, **kwargs: Any) -> bool:
        return checked(site, name, getattr(super(type(self), self), name))(*args, **kwargs)

    return method
