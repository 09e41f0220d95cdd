"""The lower bounds are written down once, and the lowest allowed versions are the ones that `bin/test-lowest` installs."""

import re
import tomllib
from pathlib import Path

import pytest

from zashiki.requirements import installed, is_older, missing, numbers, requirements

ROOT = Path(__file__).resolve().parent.parent
LOWEST = dict(
    re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements/lowest.lock.txt").read_text(), re.MULTILINE)
)


def declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["server"]]
    return {re.match(r"[\w-]+", line)[0].lower().replace("_", "-"): line for line in lines}


def test_the_metadata_has_every_requirement_with_a_bound():
    assert {each.name for each in requirements()} == set(declared())
    for each in requirements():
        assert each.least and not is_older(installed(each.name), each.least), each
    assert missing("server") == []


@pytest.mark.parametrize("name", declared())
def test_each_lower_bound_is_what_the_lowest_lock_has(name):
    least = re.search(r">=([\d.]+)", declared()[name])[1]
    have, bound = numbers(LOWEST[name]), numbers(least)
    assert not is_older(have, bound) and not is_older(bound, have), (
        f"{name}>={least}, tried with {LOWEST[name]}: bin/lock"
    )


def test_versions_compare_as_numbers():
    assert is_older((4, 3, 1), (4, 3, 2)) and is_older((5, 9), (5, 10))
    assert not is_older((5, 2), (5, 2, 0)) and not is_older((5, 2, 0), (5, 2))
