"""Filters for Zashiki's own pages. `static/zashiki/ui/initials.js` draws the same in the browser."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zashiki.text.bidi import isolated
from zashiki.views.fragment_cache import cached
from zashiki.views.static_cache import include_cached

register = template.Library()

HUES = 12


@register.filter
def initials(name: str) -> str:
    """One or two letters that stand for a person: the first of the first and of the last word."""
    words = name.split()
    ends = words[:1] + words[1:][-1:]
    if words and ord(words[0][0]) >= 0x2E80:  # Han, kana, hangul, emoji: one fills the square
        ends = words[:1]
    return "".join(word[0] for word in ends).upper()


@register.filter
def hue(key: str) -> int:
    """Which of the twelve hues a person's key has; neighbouring accounts get distant ones."""
    return sum(map(ord, key)) * 5 % HUES


@register.filter
def isolate(text: object) -> str:
    """A name for an attribute or a title that has other words, too."""
    return isolated(str(text))


@register.filter
def bdi(text: object) -> SafeString:
    """A name as an element, for a sentence in html."""
    return format_html("<bdi>{}</bdi>", str(text))


@register.filter
def is_guest(key: object) -> bool:
    """Whether a person's key is that of a visitor, who has a badge beside the name."""
    return str(key).startswith("v")


register.simple_tag(include_cached)
register.tag(cached)


@register.simple_tag
def optional_url(name: str) -> str:
    """The address of a view, or nothing where the site has no such view."""
    return _address(name, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=256)
def _address(name: str, urlconf: str | None, prefix: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
