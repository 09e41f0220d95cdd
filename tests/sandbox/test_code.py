"""Code is coloured in a process that can be killed, within a time limit, and shown plainly otherwise."""

import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import PythonLexer

from zashiki.messages.rendering import pool as the_pool
from zashiki.messages.rendering import render
from zashiki.sandbox.cpu_budget import AT_ONCE, KNOWN_LIMIT, Budget
from zashiki.sandbox.pool import CannotStart, Lost, Pool
from zashiki.sandbox.pygments_child import BLOCK_LIMIT

ENDLESS = ("scala", '"' + "\\" * 60)  # two to the sixtieth steps
PYTHON = ("python", "def f(): pass")
REQUEST = b'M{"body": "`a`", "mentions": null, "seconds": 1}'
BLOCK = re.compile(r'<div class="code"><pre><code>(.*?)</code></pre></div>', re.DOTALL)


def text(*blocks):
    """A message with these blocks of code."""
    return "\n\n".join(f"``````{language}\n{code}\n``````" for language, code in blocks)


def highlight_code(blocks, author=""):
    """The HTML of each block of code in a message, or ``None`` where it has no colors."""
    found = BLOCK.findall(render(text(*blocks), author=author))
    assert len(found) == len(blocks)
    return [html if "<span" in html else None for html in found]


@pytest.fixture
def pool(monkeypatch):
    """A pool of this test alone."""
    pool = Pool()
    monkeypatch.setattr("zashiki.messages.rendering.pool", pool)
    yield pool
    pool.close()


def state_of(pid):
    """As in /proc: S or R while it lives, Z for a zombie; ``None`` when it is gone."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return None


def until(holds, seconds=10):
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit
        time.sleep(0.01)


def test_known_languages_are_coloured_and_others_are_not(pool):
    [python, unknown, script] = highlight_code([PYTHON, ("nosuch", "x"), ("JavaScript", "let x")])
    assert '<span class="k">def</span>' in python and 'class="kd">let' in script
    assert unknown is None


def test_ordinary_code_costs_the_process_that_serves_less_than_colouring_it(pool):
    blocks = [("python", Path(__file__).read_text()[:4_000])]
    [html] = highlight_code(blocks)

    def in_this_process():
        return highlight(blocks[0][1], PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))

    assert in_this_process() == html, "and looks the same"
    apart, here = _costs(lambda: highlight_code(blocks)), _costs(in_this_process)
    print(f"4,000 characters, ms by the clock and of CPU: in a process {apart}, here {here}")
    assert apart[1] < here[1]


def _costs(function, times=20):
    """Milliseconds of a call by the clock and of this thread's CPU, in the middle of so many."""
    found = []
    for _ in range(times):
        begun = time.perf_counter(), time.thread_time()
        function()
        found.append(((time.perf_counter() - begun[0]) * 1000, (time.thread_time() - begun[1]) * 1000))
    return [round(sorted(column)[times // 2], 1) for column in zip(*found, strict=True)]


def test_what_does_not_end_is_ended_and_what_stands_beside_it_is_coloured(pool):
    begun = time.process_time()
    [before, endless, after] = highlight_code([PYTHON, ENDLESS, PYTHON])
    assert before and endless is None and after is None
    assert time.process_time() - begun < 0.1, "it costs the process that serves next to nothing"
    [again] = highlight_code([PYTHON])
    assert again == before and len(pool.pids) == 1, "the process that was interrupted goes on"


def test_a_thread_that_waits_for_it_holds_up_nobody(pool):
    highlight_code([PYTHON])
    thread = threading.Thread(target=highlight_code, args=([ENDLESS],))
    thread.start()
    turns = 0
    while thread.is_alive():
        turns += 1
    thread.join()
    assert turns > 10_000


def test_a_process_that_is_killed_in_the_middle_is_replaced(pool):
    highlight_code([PYTHON])
    [pid] = pool.pids
    os.kill(pid, signal.SIGSTOP)  # it has the request and does not answer
    found = []
    thread = threading.Thread(target=lambda: found.extend(highlight_code([PYTHON])))
    thread.start()
    time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    thread.join(10)
    assert found == [None] and state_of(pid) is None, "shown plainly, and no zombie"
    assert highlight_code([PYTHON])[0] is not None


def test_a_process_that_was_killed_while_it_had_nothing_to_do_is_not_noticed(pool):
    highlight_code([PYTHON])
    [pid] = pool.pids
    os.kill(pid, signal.SIGKILL)
    until(lambda: state_of(pid) in ("Z", None))
    assert highlight_code([PYTHON])[0] is not None
    assert state_of(pid) is None


def test_one_that_does_not_answer_in_time_is_killed(pool):
    pool.ask(REQUEST, 10)
    [pid] = pool.pids
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(Lost):
        pool.ask(REQUEST, 0.2)
    assert state_of(pid) is None and pool.pids == []


def test_where_no_process_can_be_started_code_is_plain_and_it_is_not_tried_all_the_time(pool, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/usr/bin/uwsgi")
    monkeypatch.setattr(sys, "prefix", "/nowhere")
    assert render("```python\ndef f(): pass\n```") == (
        '<div class="code"><pre><code>def f(): pass\n</code></pre></div>\n'
    )
    monkeypatch.undo()
    with pytest.raises(CannotStart):
        pool.ask(b"M", 1)


def test_an_interpreter_that_cannot_run_it_is_not_waited_for(pool, monkeypatch, tmp_path):
    broken = tmp_path / "python3"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    assert highlight_code([PYTHON]) == [None]


def test_closing_leaves_no_process(pool):
    highlight_code([PYTHON])
    [pid] = pool.pids
    pool.close()
    assert state_of(pid) is None
    assert highlight_code([PYTHON])[0] is not None, "and it can be used again"


def test_a_fork_has_processes_of_its_own(pool):
    highlight_code([PYTHON])
    [pid] = pool.pids

    def forked(answers):
        found = highlight_code([PYTHON])
        answers.put((found[0] is not None, pool.pids != [pid]))
        pool.close()

    fork = multiprocessing.get_context("fork")
    answers = fork.SimpleQueue()
    child = fork.Process(target=forked, args=(answers,))
    child.start()
    assert answers.get() == (True, True)
    child.join()
    assert highlight_code([PYTHON])[0] is not None and pool.pids == [pid]


def test_it_ends_with_its_parent_even_in_the_middle():
    program = (
        "import threading, time\nfrom zashiki.messages.rendering import pool, render\n"
        f"render({text(PYTHON)!r})\nthreading.Thread(target=render, args=({text(ENDLESS)!r},)).start()\n"
        "time.sleep(0.05)\nprint(*pool.pids, flush=True)\ntime.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until(lambda: state_of(pid) in (None, "Z"))  # whose child it is now has to bury it


def test_an_author_who_has_used_up_their_time_gets_no_colours_and_others_do(pool):
    author = "u-test-endless"
    worst = 0
    for _ in range(40):
        begun = time.monotonic()
        assert highlight_code([ENDLESS], author) == [None]
        worst += time.monotonic() - begun > 0.05
    assert worst <= 6, "a few are tried"
    assert highlight_code([PYTHON], author) == [None]
    assert highlight_code([PYTHON], "u-test-another")[0] is not None


def test_a_budget_is_refilled_and_remembers_so_many_authors():
    now = [0.0]
    budget = Budget(lambda: now[0])
    budget.spend("aiko", AT_ONCE + 0.1)
    assert budget.left("aiko") == 0 and budget.left("ben") == AT_ONCE
    now[0] = 12
    assert budget.left("aiko") == AT_ONCE
    for number in range(KNOWN_LIMIT + 10):
        budget.spend(f"{number}", 0.1)
    assert len(budget._used) == KNOWN_LIMIT


def test_more_blocks_than_anybody_reads_are_not_all_coloured(pool):
    found = highlight_code([("c", "int a;")] * (BLOCK_LIMIT + 3))
    assert len(found) == BLOCK_LIMIT + 3
    assert found[BLOCK_LIMIT - 1] is not None and found[BLOCK_LIMIT:] == [None] * 3


def test_it_sees_nothing_of_its_parent(pool, monkeypatch):
    monkeypatch.setenv("ZASHIKI_SECRET_KEY", "hush")
    highlight_code([PYTHON])
    [pid] = pool.pids
    with open(f"/proc/{pid}/environ") as file:
        assert "hush" not in file.read()
    open_files = {os.readlink(f"/proc/{pid}/fd/{number}") for number in os.listdir(f"/proc/{pid}/fd")}
    assert all(name.startswith(("pipe:", "/dev/null")) for name in open_files)


def test_the_one_of_the_product_is_used_by_rendering():
    assert '<span class="k">def</span>' in render("```python\ndef f(): pass\n```")
    assert the_pool.pids
