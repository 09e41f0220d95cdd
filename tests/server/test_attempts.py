"""Failed sign-ins are counted for an account, by all workers, and nobody can make the server forget them."""

import sqlite3
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.server.browser import PASSWORD, Browser, add_email_address, make_owner
from zashiki.server.config.cache import FileCache


@pytest.fixture
def open_cache(tmp_path):
    """``open_cache(**options)`` opens the same file as another worker would."""

    def opened(**options):
        return FileCache(str(tmp_path / "attempts.sqlite3"), {"OPTIONS": options})

    return opened


def test_what_one_worker_counts_the_others_know(open_cache):
    here, there = open_cache(), open_cache()
    here.set("tries", [1.5, 2.5], 60)
    assert there.get("tries") == [1.5, 2.5]
    assert there.delete("tries") and not there.delete("tries")
    assert here.get("tries", "none") == "none"


def test_of_many_that_add_at_once_one_has_added(open_cache):
    with ThreadPoolExecutor(8) as threads:
        caches = [open_cache() for _ in range(4)]
        added = list(threads.map(lambda number: caches[number % 4].add("lock", True, 60), range(40)))
    assert added.count(True) == 1


def test_an_entry_ends_and_can_be_added_again(open_cache):
    cache = open_cache()
    cache.set("tries", [1], 0)
    assert cache.get("tries") is None and not cache.touch("tries", 9)
    assert cache.add("tries", [2], 60) and not cache.add("tries", [3], 60)
    assert cache.touch("tries", 60) and cache.get("tries") == [2]
    cache.clear()
    assert cache.get("tries") is None


def test_a_flood_of_others_does_not_make_it_forget_who_failed(open_cache):
    cache = open_cache(MAX_ENTRIES=300)
    cache.set("failed", [1, 2, 3, 4, 5], 300)
    for number in range(2000):
        cache.set(f"address {number}", [1], 60)
    assert cache.get("failed") == [1, 2, 3, 4, 5]
    with closing(sqlite3.connect(cache._path)) as file:
        assert file.execute("SELECT count(*) FROM entry").fetchone()[0] <= 400


@pytest.mark.parametrize("content", [b"not a database" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_replaced(open_cache, content):
    cache = open_cache()
    cache._path.write_bytes(content)
    cache.set("tries", [1], 60)
    assert open_cache().get("tries") == [1]


def test_only_the_servers_account_reads_the_file(open_cache):
    cache = open_cache()
    cache.set("tries", [1], 60)
    assert stat.S_IMODE(cache._path.stat().st_mode) == 0o600


def test_name_and_address_are_one_account_for_whoever_guesses_its_password(serve):
    server = serve("--workers", "1")
    owner = make_owner(server)
    add_email_address(owner, "aiko@example.org")
    guesses = ["aiko", "AIKO", "aiko@example.org", "Aiko@Example.org", "aiko"]
    pages = [Browser(server).send("/accounts/login/", login=name, password="wrong")[1] for name in guesses]
    assert not any("Too many" in page for page in pages)
    for name in ("aiko", "aiko@example.org"):
        assert "Too many" in Browser(server).send("/accounts/login/", login=name, password=PASSWORD)[1]
    assert "Too many" not in Browser(server).send("/accounts/login/", login="ben", password="wrong")[1]


ANOTHER = """
import sys
from zashiki.server.config.cache import FileCache
cache = FileCache(sys.argv[1], {})
cache.set("theirs", 1)
"""


def test_a_count_is_not_lost_when_another_worker_ends_while_our_threads_come_and_go(folder):
    """The locks of a file belong to the process: a thread that closes the file gives up those of all its threads."""
    path = str(folder / "attempts.sqlite3")
    cache = FileCache(path, {})
    cache.set("first", 1)
    thread = threading.Thread(target=cache.get, args=("first",))
    thread.start()
    thread.join()
    subprocess.run([sys.executable, "-c", ANOTHER, path], check=True)
    cache.set("second", 2)
    shown = subprocess.run(
        [sys.executable, "-c", ANOTHER + "print(cache.get('first'), cache.get('second'))", path],
        check=True,
        capture_output=True,
        text=True,
    )
    assert shown.stdout.split() == ["1", "2"] and cache.get("theirs") == 1
