"""The documents say what is so, and lead somewhere."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from zashiki.server.cli import ABOUT
from zashiki.server.settings_docs import settings_page

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("examples/**/*.md"),
        *ROOT.glob("benchmarks/*.md"),
    ]
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def anchors(path):
    """As a forge makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", path.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_settings_page_is_the_tables():
    assert (ROOT / "docs" / "settings.md").read_text() == settings_page(), (
        "zashiki settings > docs/settings.md"
    )


@pytest.mark.parametrize("document", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document):
    for link in LINK.findall(CODE.sub("", document.read_text())):
        target, _, anchor = link.partition("#")
        if not re.match(r"[a-z]+:", link):
            path = (document.parent / target).resolve() if target else document
            assert path.exists(), link
            assert not anchor or anchor in anchors(path), link


@pytest.mark.parametrize("document", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_program_and_setting_that_is_named_exists(document):
    text = document.read_text()
    for name in set(re.findall(r"(?<![\w/.-])bin/([\w-]+)", text)):
        assert (ROOT / "bin" / name).exists(), name
    for name in set(re.findall(r"\bZASHIKI_[A-Z_]+[A-Z]\b", text)):
        assert f"`{name}`" in settings_page() or name in {"ZASHIKI_PYTHON", "ZASHIKI_FUZZ"}, name


@pytest.mark.parametrize("document", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_that_is_named_exists(document):
    text = document.read_text()
    for name in set(re.findall(r"\bzashiki manage (\w+)", text)):
        assert name in get_commands(), name
    for name in set(re.findall(r"^(?:/\S+/)?zashiki (\w+)", text, re.MULTILINE)) - {"manage"}:
        assert f"  zashiki {name}" in ABOUT, name
