"""Ten thousand hostile characters of every shape: what makes an expression, a parser or a lexer go back and try again.

`shapes` are fixed, with some drawn at random from a fixed seed: ``ZASHIKI_FUZZ=500`` draws more. `seeds` are made from an expression itself.
"""

import os
import random
from collections.abc import Iterator
from itertools import chain
from re import _constants as kinds
from re import _parser as parser

LENGTH = 10_000

TOKENS = (
    *"[]()*_`~|<>&:;@#!\\/+-=^$%\"'{}.,?1aĀ\t \n\u00a0",
    *("@[", "![", "](", "[](", "[a](b)", "[a](u1)", "@[a](u1) ", "@[a](", "@[\\", "@ben ", "me@ben.org "),
    *(
        "**",
        "***",
        "__",
        "~~",
        "``",
        "*_",
        "_*a",
        "**a ",
        "`a",
        "``a`",
        "a*",
        "(*^_^*)",
        "m(_ _)m",
        "¯\\_(ツ)_/¯ ",
    ),
    *("> ", "> > ", "- ", "1. ", "- [ ] a\n", "\t- a\n", "* * *\n", "---\n", "a\n===\n", "# a\n", "    a\n"),
    *("|a", "|-", "|-\n", "a|b\n-|-\n", "```\n", "~~~a\n", "```scala\n", "[a]: b\n", "[^1]", "[^1]: a\n"),
    *("<a", "</a>", "<!--", "<?", "<![CDATA[", "<a href=", "&amp;", "&#x41;", "&#0;", "&lt", "&a"),
    *(
        "http://a.b ",
        "https://a/?",
        "www.a.b ",
        "://",
        "a@b.c ",
        "mailto:a",
        "http://[::1]",
        "localhost:80",
        "//",
    ),
    *(
        ":smile:",
        ":a",
        "::",
        "00:ab:cd:ef",
        "2001:db8::1",
        "10~12時、",
        "\u3000",
        "「https://例え.jp」",
        "＠ben",
        "@room",
    ),
    *(
        "a\u0301",
        "\u0301",
        "\u200d",
        "\ufe0f",
        "👩‍👩‍👧‍👦",
        "👍🏽",
        "🇯🇵",
        "\U000e0067",
        "\u202e",
        "\u200b",
        "\u3164",
        "\u2800",
    ),
    *(
        "田",
        "が",
        "ｶﾞ",
        "안",
        "ع",
        "ﷺ",
        "İ",
        "ß",
        "ﬃ",
        "\U0001d518",
        "\x01",
        "\x7f",
        "\r",
        "\r\n",
        "\x85",
        "\u2028",
    ),
    *(
        "%2F",
        "%F0",
        "?a=",
        "a.b",
        "..",
        "../",
        "&&",
        "u1",
        "u1:",
        "0x",
        "1e9",
        "-1",
        "true",
        "null",
        '{"a":',
        "[[",
        "\\u0000",
        "\\\\",
    ),
)


def shapes() -> dict[str, str]:
    """Texts by a name that tells what they are made of."""
    found = {f"{token!r} again and again": _repeated(token) for token in TOKENS}
    for opening, closing in (
        "[]",
        "()",
        "{}",
        "<>",
        ("**", "**"),
        ("@[", "](u1)"),
        ("[", "](a)"),
        ("`", "`"),
        ("\\", "a"),
    ):
        half = LENGTH // (len(opening) + len(closing))
        found[f"{opening!r} and then {closing!r}"] = opening * half + closing * half
    for token in ("[", "*", "a", " ", "\\", "@", "\n", "\u0301"):
        found[f"{token!r} before and after"] = f"x{_repeated(token)[:-2]}x"
        found[f"{token!r} behind an opening"] = f"@[{_repeated(token)[:-2]}"
    found["quotes deeper and deeper"] = _cut("".join("> " * depth + "a\n" for depth in range(1, 140)))
    found["lists deeper and deeper"] = _cut("".join("  " * depth + "- a\n" for depth in range(1, 140)))
    found["a wide table"] = _cut("|a" * 1200 + "\n" + "|-" * 1200 + "\n" + "b\n" * 5000)
    found["fences of growing length"] = _cut("".join("`" * length + "\n" for length in range(3, 140)))
    found["markers of growing length"] = _cut("".join("`" * length + " " for length in range(1, 140)))
    found["what one types, of many lines"] = _repeated(
        "So, **tea** at 10:30? @ben see https://example.org/a_(b) :)\n"
    )
    choose = random.Random(39)
    for number in range(int(os.environ.get("ZASHIKI_FUZZ", 20))):
        parts = [choose.choice(TOKENS) * choose.choice((1, 1, 2, 30)) for _ in range(choose.randint(2, 6))]
        found[f"random {number}: {parts!r:.80}"] = _repeated("".join(parts))
    return found


def seeds(pattern: str | bytes, flags: int) -> Iterator[str]:
    """Texts that an expression begins to match and does not finish: each run of its parts, repeated."""
    parsed = parser.parse(pattern, flags & ~parser.SRE_FLAG_DEBUG)
    samples = [_sample(item) for item in parsed]
    wholes = {
        "".join(samples[begin:end])
        for begin in range(len(samples))
        for end in range(begin + 1, len(samples) + 1)
    }
    inner = {sample for item in parsed for sample in _inner(item)}
    for whole in sorted(wholes | inner, key=len)[:60]:
        if whole:
            yield _repeated(whole)
            yield whole + _repeated(whole[-1])[: LENGTH - len(whole)]


def _repeated(token: str) -> str:
    return _cut(token * (LENGTH // len(token) + 1))


def _cut(text: str) -> str:
    return text[:LENGTH]


def _inner(item) -> Iterator[str]:
    """Samples of what stands in a group, a repetition or an alternative."""
    for part in _parts(item):
        for below in part:
            yield _sample(below)
            yield from _inner(below)


def _parts(item) -> list:
    kind, value = item
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
        return [value[2]]
    if kind is kinds.SUBPATTERN:
        return [value[3]]
    if kind is kinds.ATOMIC_GROUP:
        return [value]
    if kind is kinds.BRANCH:
        return list(value[1])
    return []


def _sample(item) -> str:
    """A short text that one part of an expression matches."""
    kind, value = item
    if kind is kinds.LITERAL:
        return chr(value)
    if kind is kinds.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if kind is kinds.ANY:
        return "a"
    if kind is kinds.IN:
        return _member(value)
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
        return "".join(map(_sample, value[2])) * max(1, min(value[0], 50))
    parts = _parts(item)
    return "".join(map(_sample, chain(parts[0]))) if parts else ""


def _member(members) -> str:
    first, value = members[0]
    if first is kinds.LITERAL:
        return chr(value)
    if first is kinds.RANGE:
        return chr(value[0])
    if first is kinds.CATEGORY:
        return {kinds.CATEGORY_DIGIT: "1", kinds.CATEGORY_SPACE: " "}.get(value, "a")
    excluded = {value for kind, value in members if kind is kinds.LITERAL}  # it begins with NEGATE
    return next(letter for letter in "a-. 1[" if ord(letter) not in excluded)
