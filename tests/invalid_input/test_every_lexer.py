"""Every language that code can be coloured in, against texts that keep lexers busy: each ends in time, and the process goes on.

A sample by default, from a seed that changes with the week; all of them with ``ZASHIKI_FUZZ=500`` or more.
"""

import json
import os
import random
import time

import pytest
from pygments.lexers import LEXERS

from zashiki.messages.rendering import ANSWER_LIMIT, CPU_LIMIT
from zashiki.sandbox.pool import Pool
from zashiki.sandbox.pygments_child import LOADING_LIMIT

# Those that are known not to end on the texts below, or once were: public reports about Pygments.
KNOWN = [
    "scala",
    "rego",
    "maple",
    "smithy",
    "chapel",
    "fish",
    "registry",
    "cddl",
    "factor",
    "ncl",
    "pan",
    "rell",
    "ansys",
    "tcsh",
    "urbiscript",
    "tads3",
    "c",
    "perl",
    "php",
]
EVERY = sorted(aliases[0] for _, _, aliases, _, _ in LEXERS.values() if aliases)
MANY = int(os.environ.get("ZASHIKI_FUZZ", 6))
CHOSEN = EVERY if MANY >= 500 else random.Random(time.time() // (7 * 86_400)).sample(EVERY, MANY)

TEXTS = (
    *(quote + "\\" * 60 for quote in ("\"'`")),
    *(
        (token * 9_980)[:9_980]
        for token in (
            "\n",
            "(",
            "{",
            "<",
            '"',
            "\\",
            "/*",
            "a ",
            "1",
            "$",
            "${",
            "#",
            "[[",
            "=begin\n",
            "@",
            " ",
            "a=",
        )
    ),
)


@pytest.fixture(scope="module")
def pool():
    pool = Pool()
    yield pool
    pool.close()


def ask(pool, language, code, seconds):
    """The answer of a child process to a message with one block of code."""
    body = f"``````{language}\n{code}\n``````"
    request = json.dumps({"body": body, "mentions": None, "seconds": seconds}).encode()
    return json.loads(pool.ask(b"M" + request, ANSWER_LIMIT))


@pytest.mark.parametrize("language", dict.fromkeys([*KNOWN, *CHOSEN]))
def test_it_ends_in_time(pool, language):
    texts = TEXTS if language in CHOSEN else TEXTS[:2]
    for text in texts:
        begun = time.thread_time()
        answer = ask(pool, language, text, CPU_LIMIT)
        assert answer["seconds"] < CPU_LIMIT + LOADING_LIMIT
        assert time.thread_time() - begun < 0.05, "the process that serves"
    assert len(pool.pids) == 1


def test_the_process_that_has_done_all_this_still_colours(pool):
    before = pool.pids
    assert "<span" in ask(pool, "python", "def f(): pass", 1)["html"]
    assert pool.pids == before or not before
