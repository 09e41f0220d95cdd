"""No text of 10,000 characters keeps the process that serves for a tenth of a second: CPU time of one thread, measured.

Expressions, and functions of one text, are found by themselves: a new one is in it without being named here.
"""

import importlib
import inspect
import json
import pkgutil
import re
import signal
import time
from collections import deque
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django import forms as django_forms

import zashiki
from tests.invalid_input.shapes import LENGTH, seeds, shapes
from zashiki import wire
from zashiki.messages.markdown import to_html
from zashiki.messages.mention_marker import MentionMarker
from zashiki.messages.mention_suggestions import _first as first_that_match
from zashiki.messages.mentions import mention_candidates
from zashiki.messages.rendering import SHORT, render
from zashiki.views import forms
from zashiki.writer.changes.body import clean_body

LIMIT = 0.1  # seconds of CPU
LIGHT_LIMIT = 0.01  # the same for what is rendered in a batch of the writer
PATIENCE = 2.0  # seconds of CPU after which what does not end is ended

SHAPES = shapes()
# Called with names of people and rooms, or with one word, whose length was checked before (at most 301 characters).
OF_NAMES = (
    "zashiki.text.confusables.",
    "zashiki.models.name_key.",
    "zashiki.people.taken_names.",
    "zashiki.messages.mention_syntax.readings",
)
# Used on html that was made of typed text, in which every element is closed.
OF_HTML = ("zashiki.messages.mention_marker._IN_HTML",)
# The stand-alone project's own modules act on files and processes; those of them that read what a stranger sends are named.
PASSED_OVER = ("zashiki.server", "zashiki.migrations", "zashiki.testing", "zashiki.sandbox", "zashiki.asgi")
READ_STRANGERS_TOO = (
    "zashiki.server.accounts.user_agents",
    "zashiki.server.http.access_log",
    "zashiki.server.http.security_headers",
)


def modules():
    for found in pkgutil.walk_packages(zashiki.__path__, "zashiki."):
        if found.name in READ_STRANGERS_TOO or not found.name.startswith(PASSED_OVER):
            yield importlib.import_module(found.name)


def expressions():
    """Every compiled expression that a module, one of its classes, or a list, dict or closure of theirs holds."""
    found = {}
    for module in modules():
        for name, value in vars(module).items():
            for pattern in _patterns(value, module.__name__, 0):
                found.setdefault((pattern.pattern, pattern.flags), (f"{module.__name__}.{name}", pattern))
    return sorted(found.values(), key=lambda each: each[0])


def _patterns(value, module, depth):
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3:
        if isinstance(value, dict):
            value = list(value.values()) if len(value) < 500 else []
        elif inspect.isclass(value) and value.__module__ == module:
            value = list(vars(value).values())
        elif isinstance(value, list | tuple | set | frozenset) and len(value) < 500:
            value = list(value)
        else:
            return
        for each in value:
            yield from _patterns(each, module, depth + 1)


def functions():
    """Every function that wants one text and nothing else."""
    for module in modules():
        for name, value in list(vars(module).items()):
            if inspect.isfunction(value) and value.__module__ == module.__name__ and _wants_a_text(value):
                yield f"{module.__name__}.{name}", value


def _wants_a_text(function):
    if inspect.iscoroutinefunction(function):
        return False
    needed = [each for each in inspect.signature(function).parameters.values() if each.default is each.empty]
    return (
        len(needed) == 1
        and needed[0].annotation == "str"
        and needed[0].kind is needed[0].POSITIONAL_OR_KEYWORD
    )


class TookTooLong(BaseException):
    """Past `PATIENCE`."""


@contextmanager
def ended():
    """What does not end is ended, so that a failure is a failure and no hang."""

    def end(*_):
        raise TookTooLong

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    except TookTooLong:
        pass
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def cost(function, *args):
    """Seconds of CPU of this thread; the better of two, since the first may load something."""
    best = PATIENCE
    for _ in range(2):
        begun = time.thread_time()
        with ended(), suppress(Exception):  # a refusal is as good as an answer
            function(*args)
        best = min(best, time.thread_time() - begun)
        if best < LIMIT / 2:
            break
    return best


def too_slow(function, texts, limit=LIMIT):
    costs = {name: cost(function, text) for name, text in texts.items()}
    return {name: round(seconds, 3) for name, seconds in costs.items() if seconds > limit}


def _go_through(pattern, ways=("finditer", "fullmatch")):
    def search(text):
        if isinstance(pattern.pattern, bytes):
            text = text.encode("utf-8", "surrogatepass")
        for way in ways:
            found = getattr(pattern, way)(text)
            if way == "finditer":
                deque(found, 0)

    return search


def _ways_of(name):
    """How the source uses an expression: where it is only tried at one place of a text, it need not be searched for."""
    ways = set(re.findall(rf"\b{name.rpartition('.')[2]}\.(\w+)", SOURCE))
    return ("match", "fullmatch") if ways and ways <= {"match", "fullmatch"} else ("finditer", "fullmatch")


SOURCE = "".join(path.read_text() for path in Path(zashiki.__file__).parent.rglob("*.py"))
EXPRESSIONS = expressions()


@pytest.mark.parametrize(("name", "pattern"), EXPRESSIONS, ids=[name for name, _ in EXPRESSIONS])
def test_every_expression(name, pattern):
    if name in OF_HTML:
        texts = {shape: render(text) for shape, text in SHAPES.items()}
    else:
        own = {f"its own parts: {text[:30]!r}": text for text in seeds(pattern.pattern, pattern.flags)}
        texts = SHAPES | own
    slow = too_slow(_go_through(pattern, _ways_of(name)), texts)
    assert slow == {}


FUNCTIONS = dict(functions())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_of_one_text(name):
    length = 1_000 if name.startswith(OF_NAMES) else LENGTH
    slow = too_slow(FUNCTIONS[name], {shape: text[:length] for shape, text in SHAPES.items()})
    assert slow == {}


def test_expressions_and_functions_are_found():
    assert {"zashiki.messages.mention_marker", "zashiki.messages.markdown", "zashiki.text.names"} <= {
        name.rpartition(".")[0] for name, _ in EXPRESSIONS
    }
    assert {
        "zashiki.writer.changes.body.clean_body",
        "zashiki.messages.mentions.mention_candidates",
    } <= FUNCTIONS.keys()


def test_a_message_from_the_frame_to_its_html():
    def whole(text):
        frame = json.dumps({"type": "post", "room": 1, "nonce": "n", "body": text}, ensure_ascii=False)
        body = clean_body(wire.decode(frame).body)
        people = {(1, name): ("u1", "Ben") for name in mention_candidates(body)}
        render(body, MentionMarker(1, people), author="u-hostile")
        to_html(body, MentionMarker(1, people).mark, lambda blocks: [None] * len(blocks))  # without a child

    slow = too_slow(whole, SHAPES)
    assert slow == {}


def test_what_is_rendered_in_a_batch_of_the_writer():
    texts = {name: text[:SHORT] for name, text in SHAPES.items() if "```" not in text and "~~~" not in text}
    slow = too_slow(render, texts, LIGHT_LIMIT)
    assert slow == {}


def test_any_frame():
    slow = too_slow(wire.decode, {name: (text * 7)[: 64 * 1024] for name, text in SHAPES.items()})
    assert slow == {}


def test_every_field_of_every_command():
    def every(text):
        for command in wire.COMMANDS:
            fields = dict.fromkeys(command.__struct_fields__, text)
            with suppress(wire.CommandError):
                wire.decode(json.dumps({"type": command.__struct_config__.tag, **fields}))

    slow = too_slow(every, {name: SHAPES[name] for name in list(SHAPES)[::4]})
    assert slow == {}


def test_completion_of_names():
    def complete(text):
        first_that_match((("u1", text, text[:150]), ("u2", text[::-1], "ben")), text.casefold().strip())

    slow = too_slow(complete, SHAPES)
    assert slow == {}


FORMS = [
    form
    for _, form in inspect.getmembers(forms, inspect.isclass)
    if issubclass(form, django_forms.BaseForm) and form.__module__ == forms.__name__
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.django_db
def test_every_form(form):
    names = form.base_fields

    def fill(text):
        form(dict.fromkeys(names, text)).is_valid()

    slow = too_slow(fill, {name: SHAPES[name] for name in list(SHAPES)[::3]})
    assert slow == {}


def test_a_square_expression_would_be_found():
    pattern = re.compile(r"@\[((?:[^\]\\]|\\.)*)\]\((\w+)\)")
    assert too_slow(_go_through(pattern), {"": "@[" * (LENGTH // 2)})
    own = {text: text for text in seeds(r"x\s*\s*y", 0)}
    assert too_slow(_go_through(re.compile(r"x\s*\s*y")), own)
