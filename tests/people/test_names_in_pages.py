"""What the pages make of names and numbers: a name turns nothing around that stands beside it, and what a machine reads is not written for people."""

import re

import pytest
from django.test import override_settings

from tests.people.pages import Site, Tree
from zashiki.text.bidi import isolated

NAME = "אבג 12"
ISOLATE = re.compile("\u2068[^\u2068\u2069]*\u2069")
FOR_PEOPLE = {"title", "aria-label", "alt", "placeholder", "aria-description"}


def is_kept_apart(element, text):
    """Whether a text with the name is in an element of its own that isolates it, or isolates it by characters."""
    if NAME not in ISOLATE.sub("", text):
        return True
    while element.parent is not None:
        if element.tag == "bdi" or element.attributes.get("dir") == "auto":
            return "z-body" in element.attributes.get("class", "") or element.text().strip() == NAME
        element = element.parent
    return False


def test_a_name_is_kept_apart_from_what_is_beside_it(db):
    pages = Site(NAME).pages()
    for page, html in pages.items():
        tree = Tree(html)
        for element, text in tree.said:
            assert is_kept_apart(element, text), (
                f"{page}: <{element.tag} {element.attributes}> {element.text()!a}"
            )
        for element in tree.elements:
            for attribute in FOR_PEOPLE & element.attributes.keys():
                value = element.attributes[attribute]
                assert value == NAME or NAME not in ISOLATE.sub("", value), f"{page}: {attribute}={value!a}"
    shown = [page for page, html in pages.items() if NAME in html]
    assert len(shown) > 12, shown


@pytest.mark.parametrize(
    "text, plain",
    [
        ("Aiko Tanaka", "Aiko Tanaka"),
        ("room 12", "room 12"),
        ("田中", "田中"),
        (NAME, f"\u2068{NAME}\u2069"),
        ("C++", "\u2068C++\u2069"),
        ("12", "\u206812\u2069"),
        ("a\u202eb", "\u2068ab\u2069"),
        ("", ""),
    ],
)
def test_a_name_in_plain_text(text, plain):
    assert isolated(text) == plain


DRAWN = {"d", "viewbox", "points", "data-posted-at", "datetime"}  # numbers beside numbers, and moments
MILLION = 1_234_567


GROUPED = re.compile(r"\d[.,'\s’]\d{3}(?!\d)")


@pytest.mark.parametrize("language", ["de", "en", "ja"])
def test_what_a_machine_reads_is_never_grouped(language, db):
    """Where numbers are written for people in groups, those in attributes are not."""
    # What is drawn once for everybody is kept in memory by id: each language has its own ids.
    site = Site("tea", MILLION + 1000 * len(language) + ord(language[0]))
    with override_settings(LANGUAGE_CODE=language, USE_THOUSAND_SEPARATOR=True):
        pages = site.pages()
    numbers = 0
    for page, html in pages.items():
        for element in Tree(html).elements:
            for attribute in element.attributes.keys() - FOR_PEOPLE - DRAWN:
                value = element.attributes[attribute]
                assert not GROUPED.search(value), f"{page}: <{element.tag} {attribute}={value}>"
                numbers += "123" in value
    assert numbers > 60, "the pages have ids"
