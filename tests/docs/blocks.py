"""The code blocks of README.md, README.ja.md and docs/: readers copy them, so tests run them."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.ja.md", *sorted((ROOT / "docs").rglob("*.md"))]
_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """
    Attributes:
        page: such as ``docs/deployment.md``.
        language: as the page names it; empty if it does not.
        text: what stands between the fences.
        line: where it begins.
    """

    page: str
    language: str
    text: str
    line: int

    def __str__(self):
        return f"{self.page}:{self.line}"


@cache
def blocks():
    """All blocks, in the order of the pages."""
    found = []
    for page in PAGES:
        text = page.read_text()
        for fence in _FENCE.finditer(text):
            line = text.count("\n", 0, fence.start()) + 1
            found.append(Block(str(page.relative_to(ROOT)), fence[1], fence[2], line))
    return tuple(found)


def block(page, words):
    """The text of the only block of a page that contains these words.

    Raises:
        AssertionError: there is none, or another one.
    """
    found = [each for each in blocks() if each.page == page and words in each.text]
    assert len(found) == 1, f"{page} has {len(found)} blocks with {words!r}"
    return found[0].text
