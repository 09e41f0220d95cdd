"""Markdown becomes clean html, fast, whatever was typed."""

import time
from html.parser import HTMLParser

import pytest

from zashiki.messages.markdown import GROWTH_LIMIT, to_html
from zashiki.messages.mention_marker import MentionMarker
from zashiki.messages.mentions import mention_candidates, plain_text
from zashiki.messages.rendering import render


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def elements(html):
    parser = Elements()
    parser.feed(html)
    return parser.found


@pytest.mark.parametrize(
    "typed, shown",
    [
        ("hello", "<p>hello</p>"),
        ("**bold** ~~gone~~", "<strong>bold</strong> <del>gone</del>"),
        ("one\ntwo", "one<br>\ntwo"),
        ("**重要**です", "<strong>重要</strong>です"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<td>1</td>"),
        ("- [x] done", 'type="checkbox"'),
        ("a <b>tag</b>", "a &lt;b&gt;tag&lt;/b&gt;"),
    ],
)
def test_markdown_is_shown(typed, shown):
    assert shown in render(typed)


def test_links_open_safely():
    html = render("https://example.org/x?a=1&b=2")
    assert 'href="https://example.org/x?a=1&amp;b=2"' in html
    assert 'rel="noopener noreferrer nofollow ugc"' in html
    assert 'target="_blank"' in html


def test_code_is_coloured_and_an_unknown_language_is_just_code():
    assert '<span class="k">def</span>' in render("```python\ndef f(): pass\n```")
    assert "&lt;x&gt;" in render("```nosuchlanguage\n<x>\n```")


def test_a_picture_from_elsewhere_is_a_link():
    html = render("![tea](https://example.org/tea.png)")
    assert "<img" not in html
    assert '<a href="https://example.org/tea.png"' in html


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox)",
        '<a href="javascript:alert(1)">x</a>',
        "![x](javascript:alert(1))",
        '![x" onerror="alert(1)](https://example.org/)',
        '```"><script>alert(1)</script>\nx\n```',
        "<svg/onload=alert(1)>",
        "<iframe src=javascript:alert(1)>",
        "[a](<javascript:alert(1)>)",
        "<style>*{display:none}</style>",
        '<p style="position:fixed">',
        '<div class="zashiki-page">',
        "<form action=/accounts/logout/><button>x</button></form>",
        "&#106;avascript:alert(1)",
        "[x](&#106;avascript:alert(1))",
        "[x](\x01javascript:alert(1))",
    ],
)
def test_nothing_that_was_typed_runs(typed):
    for tag, attributes in elements(render(typed)):
        assert tag in {"p", "a", "pre", "code", "div", "span", "br"}
        assert set(attributes) <= {"href", "title", "target", "rel", "class"}
        assert attributes.get("href", "").startswith(("https:", "mailto:")) or not attributes.get("href")


HOSTILE = [
    *"[*>`<_~|(#-+!&\\:@＠]. \t。あéʼ\u0301",
    *(
        "> ",
        "- ",
        "1. ",
        "![",
        "[](",
        "**a ",
        "<a",
        "&amp;",
        "a@b.c ",
        "@[",
        "@[a",
        "@[a](u",
        "@._",
        "@a",
        "@田",
        "a@",
        "a.",
        "mailto:a@b.",
    ),
    *(
        "http://",
        "http://a",
        "http://[",
        "http://a)",
        "http://a,",
        "https://x/を",
        "www.",
        "www.a.",
        "[a](http://x",
        "[a](http://a ",
        "](",
    ),
    *(
        "(*",
        "(a*)",
        "\\[",
        "\\*",
        "\\`",
        "`a",
        "`` ` ",
        "ア`",
        "*_",
        "**_",
        "~~a ",
        "_a ",
        "é*",
        "[[a]",
        "[a]",
        "[x][",
        ":a:",
        ":smile:",
    ),
    *(
        "``` ",
        "```\n",
        "```\n\n",
        "- - ",
        "|a|\n|-|\n",
        "|a\n|-|\n",
        "a|\n",
        "> > ",
        "> \n>",
        "  - a\n",
        "1. \n",
        "#\n",
        "---\n",
        " \n",
        "\\|",
    ),
]


@pytest.mark.parametrize("sign", HOSTILE)
def test_hostile_lines_take_less_than_a_tenth_of_a_second(sign):
    line = (sign * 10_000)[:10_000]  # the default limit of a message
    for work in (
        lambda: to_html(line, MentionMarker(1, {(1, "@a"): ("u1", "A")}).mark, without_colors),
        lambda: mention_candidates(line),
        lambda: plain_text(line),
    ):
        assert any(cpu_seconds(work) < 0.1 for _ in range(3))  # a busy machine makes one of them slower


def without_colors(blocks):
    return [None] * len(blocks)


def cpu_seconds(work):
    begun = time.thread_time()
    work()
    return time.thread_time() - begun


@pytest.mark.parametrize(
    "language", ["python", "javascript", "html", "c++", "perl", "bash", "yaml", "markdown", "sql"]
)
@pytest.mark.parametrize("sign", ["(", '"', "'", "/*", "<", "{", "\\", "$"])
def test_hostile_code_costs_the_process_that_serves_less_than_a_tenth_of_a_second(language, sign):
    begun = time.thread_time()
    render(f"```{language}\n{(sign * 9_900)[:9_900]}\n```")
    assert time.thread_time() - begun < 0.1


WIDE_HEAD = "|a" * 1_200 + "\n" + "|-" * 1_200 + "\n"


@pytest.mark.parametrize(
    "typed",
    [
        (WIDE_HEAD + "b\n" * 5_000)[:10_000],
        "".join(f"> {line}\n" for line in (WIDE_HEAD + "b\n" * 2_500)[:9_000].splitlines())[:10_000],
        "```python\n" + "1+" * 4_950 + "\n```",
        "a@b.c " * 1_666,
        "[a](b)" * 1_666,
        "- \n" * 3_333,
        "&\n\n" * 3_333,
        "[a](/b)" * 1_428,
        "http://a " * 1_111,
        "a  a" * 2_500,
        "@a " * 3_333,
        "1. a\n" * 2_000,
        "'\"" * 5_000,
    ],
    ids=[
        "table",
        "quoted table",
        "code",
        "addresses",
        "links",
        "list",
        "paragraphs",
        "short links",
        "pages",
        "spaces",
        "mentions",
        "numbers",
        "quotes",
    ],
)
def test_little_text_does_not_become_much_html(typed):
    begun = time.thread_time()
    html = to_html(typed, MentionMarker(1, {(1, "@a"): ("u1", "A" * 100)}).mark, without_colors)
    assert time.thread_time() - begun < 0.5
    assert len(html) <= 20_000 + GROWTH_LIMIT * len(typed)


def test_a_large_table_is_a_table_and_much_code_is_code():
    rows = "\n".join("|".join(f"{row}.{column}" for column in range(20)) for row in range(80))
    assert (
        render("|".join("abcdefghijklmnopqrst") + "\n" + "|".join("-" * 20) + "\n" + rows).count("<td>")
        == 1_600
    )
    assert '<div class="code"><pre><code>1+1+' in render("```python\n" + "1+" * 4_950 + "\n```")


def test_the_first_thousand_emphasised_words_are_emphasised_and_the_rest_is_as_it_was_typed():
    html = render("*a* " * 1_500)
    assert html.count("<em>a</em>") == 1_000
    assert html.count("*a*") == 500
