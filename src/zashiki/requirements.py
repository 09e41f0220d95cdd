"""What this package requires, as pyproject.toml says and as the metadata of the installed package repeats: the only list of lower bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version

PACKAGE = "zashiki"
Version = tuple[int, ...]

# PEP 508, as far as this package's own requirements go.
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)\s*(?:\[[^]]*\])?\s*(?P<bounds>[^;]*)(?:;(?P<marker>.*))?")
_LEAST = re.compile(r">=\s*(\d+(?:\.\d+)*)")
_EXTRA = re.compile(r"extra\s*==\s*['\"](\w+)['\"]")


@dataclass(frozen=True, slots=True)
class Requirement:
    """
    Attributes:
        name: normalised as by PEP 503, such as ``channels-redis``.
        least: the lowest version that works; empty for any.
        extra: of which extra it is a part; empty for what every installation needs.
    """

    name: str
    least: Version
    extra: str = ""


@cache
def requirements() -> tuple[Requirement, ...]:
    """All of them; none when the package is not installed but lies on the path."""
    try:
        lines = requires(PACKAGE) or []
    except PackageNotFoundError:
        return ()
    return tuple(_parsed(lines))


def installed(name: str) -> Version | None:
    """The leading numbers of an installed package's version: ``(0, 52, 1)`` for ``0.52.1.post2``; ``None`` when it is not installed."""
    try:
        return numbers(version(name))
    except PackageNotFoundError:
        return None


def missing(extra: str) -> list[str]:
    """Names of the packages of an extra that are not installed."""
    return [each.name for each in requirements() if each.extra == extra and installed(each.name) is None]


def is_older(present: Version, least: Version) -> bool:
    """Whether a version lies below a bound; ``(5, 2)`` is the same as ``(5, 2, 0)``."""
    return _trimmed(present) < _trimmed(least)


def numbers(text: str) -> Version:
    found = re.match(r"\d+(?:\.\d+)*", text)
    return tuple(map(int, found[0].split("."))) if found else ()


def _parsed(lines: list[str]) -> Iterator[Requirement]:
    for line in lines:
        found = _REQUIREMENT.fullmatch(line)
        assert found, line
        least, extra = _LEAST.search(found["bounds"]), _EXTRA.search(found["marker"] or "")
        name = re.sub(r"[-_.]+", "-", found["name"]).lower()
        yield Requirement(name, numbers(least[1]) if least else (), extra[1] if extra else "")


def _trimmed(numbers: Version) -> Version:
    while numbers and numbers[-1] == 0:
        numbers = numbers[:-1]
    return numbers
