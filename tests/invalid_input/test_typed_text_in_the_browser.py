"""The page's own scripts on the same hostile texts: every regular expression in them, and every function of a text.

Expressions are found by themselves: a new one is in it without being named here.
"""

import functools
import re
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import zashiki
from tests.invalid_input.shapes import shapes

MODULES = Path(zashiki.__file__).parent / "static" / "zashiki"
LIMIT = 100  # milliseconds for a function
EXPRESSION_LIMIT = 20  # milliseconds for an expression: a linear one takes less than one
# A literal stands where a value may: behind a bracket, a comma, an operator, or one of these words.
LITERAL = re.compile(
    r"(?:[(,=:\[!&|?;{]|\breturn|^)\s*/((?:[^/\\\[\n*]|\\.|\[(?:[^\]\\\n]|\\.)*\])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])*)/([dgimsuvy]*)",
    re.M,
)

EXPRESSIONS = """async ([literals, texts]) => {
    const slow = [];
    for (const [where, source, flags] of literals) {
        const expression = new RegExp(source, flags.replace(/[gy]/g, "") + "g");
        for (const text of texts) {
            const timed = () => {
                const begun = performance.now();
                text.replace(expression, "");
                return performance.now() - begun;
            };
            let best = timed();
            if (best > LIMIT / 2) best = Math.min(best, timed(), timed());
            if (best > LIMIT) slow.push([where, source, text.slice(0, 20), Math.round(best)]);
        }
    }
    return slow;
}""".replace("LIMIT", str(EXPRESSION_LIMIT))

FUNCTIONS = """async (texts) => {
    const { plain, chosenIn, written, begins, ends } = await import("/composer/mention_syntax.js");
    const { MentionCodec } = await import("/composer/mention_codec.js");
    const { normalizeForSearch } = await import("/sidebar/room_filter.js");
    const { merge } = await import("/composer/draft.js");
    const { excerpt } = await import("/timeline/message_body.js");
    const { emojiNamed } = await import("/composer/emoji.js");
    const names = new MentionCodec();
    for (let n = 0; n < 50; n++) names.add(`a${n}`, `u${n}`);
    const signs = "data:application/json," + encodeURIComponent(JSON.stringify(Array(2000).fill(["x", "smile", "grin"])));
    await emojiNamed("a", signs, 8);
    const functions = {
        plain, chosenIn, normalizeForSearch,
        decode: (text) => names.decode(text),
        encode: (text) => names.encode(text),
        written: (text) => written(text, text.toWellFormed()),
        begins: (text) => begins(text, text.length),
        ends: (text) => ends(text, 1),
        merge: (text) => merge(`${text}a`, text, `${text}b`),
        excerpt: (text) => { const html = document.createElement("p"); html.textContent = text; excerpt({ html: html.outerHTML }, 100); },
        emojiNamed: (text) => emojiNamed(text, signs, 8),
    };
    const slow = [];
    for (const [name, call] of Object.entries(functions)) for (const text of texts) {
        const timed = async () => {
            const begun = performance.now();
            await call(text);
            return performance.now() - begun;
        };
        let best = await timed();
        if (best > LIMIT / 2) best = Math.min(best, await timed(), await timed());
        if (best > LIMIT) slow.push([name, text.slice(0, 20), Math.round(best)]);
    }
    return slow;
}""".replace("LIMIT", str(LIMIT))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def page(chromium):
    """An empty page that can import the modules of the real page."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(MODULES)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = chromium.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/css/message_body.css")
    yield page
    page.close()
    server.shutdown()
    server.server_close()


def literals():
    return [
        (path.name, source, flags)
        for path in sorted(MODULES.glob("**/*.js"))
        for source, flags in LITERAL.findall(path.read_text())
    ]


TEXTS = [text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in shapes().values()]


def test_every_expression_of_the_page(page):
    found = literals()
    assert {"mention_syntax.js", "autocomplete.js", "room_filter.js", "message_body.js"} <= {
        name for name, _, _ in found
    }
    assert page.evaluate(EXPRESSIONS, [found, TEXTS]) == []


def test_every_function_of_a_text(page):
    assert page.evaluate(FUNCTIONS, TEXTS) == []


def test_a_square_expression_would_be_found(page):
    source = r"@\[(?:[^\]\\]|\\.)*\]\([^)]*\)"
    assert page.evaluate(EXPRESSIONS, [[("old.js", source, "g")], ["@[" * 5_000]])
