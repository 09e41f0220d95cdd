"""Nothing that one message contains widens the page, or takes the place of others."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE

MARK, JOINER, OVERRIDE = "\u0301", "\u200d", "\u202e"
WIDENING = {
    "marks": "Z" + MARK * 6_000,
    "marks of many kinds": "Z" + "".join(chr(0x300 + number % 112) for number in range(6_000)),
    "joined signs": JOINER.join("👩" * 2_000),
    "a word": "w" * 9_000,
    "no-break spaces": "no\u00a0break\u00a0" * 900,
    "an address": "https://example.org/" + "path" * 2_000,
    "overrides": (OVERRIDE + "right to left ") * 600,
    "isolates that nobody ends": "\u2067" * 3_000 + "text",
    "a table": "|" + "cell|" * 400 + "\n|" + "-|" * 400 + "\n|" + "word|" * 400,
    "a line of code": "```\n" + "code " * 1_800 + "\n```",
    "code in a line": "`" + "c" * 9_000 + "`",
    "quotes in quotes": "> " * 400 + "deep",
    "lists in lists": "\n".join("  " * depth + "- item" for depth in range(90)),
    "a list that counts high": "999999999. item",
    "a heading": "# " + "H" * 3_000,
    "a ligature of Arabic": "﷽" * 1_000,
    "cuneiform": "𒐫" * 2_000,
    "Tibetan stacks": "ཀ" + "ྐ" * 3_000,
    "keys and flags": "1️⃣🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 300,
}

WIDTHS = """() => [document.documentElement, ...document.querySelectorAll(".z-timeline, .z-column, .z-panel-body")].map(
  (one) => [one.className || "page", one.scrollWidth - one.clientWidth])"""
IS_BESIDE = """all => all.flatMap((one) => {
  const { left, right } = one.getBoundingClientRect();
  const column = one.closest(".z-column").getBoundingClientRect();
  return left < column.left || right > column.right ? [one.innerText.slice(0, 20)] : [];
})"""


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_message_widens_the_room(open_as, chat_server, size):
    chat_server.run("tests.browser.messages.seed_room", f"wide {size['width']}", *WIDENING.values())
    aiko = open_as(f"wide {size['width']}", "aiko", viewport=size)
    expect(aiko.messages).to_have_count(len(WIDENING))
    assert {name: over for name, over in aiko.page.evaluate(WIDTHS) if over > 0} == {}
    assert aiko.messages.locator(".z-body").evaluate_all(IS_BESIDE) == []
    assert aiko.message("deep").locator("p").evaluate("one => one.clientWidth") > 100, "and can be read"
    for text in ("Z" + MARK * 6_000, "w" * 9_000):
        aiko.field.fill(text)
        aiko.field.press("Enter")
    assert {name: over for name, over in aiko.page.evaluate(WIDTHS) if over > 0} == {}
