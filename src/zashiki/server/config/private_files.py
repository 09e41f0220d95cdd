"""The data folder and what is written into it belong to the account that runs the server, and to nobody else of the machine."""

from __future__ import annotations

import os
import stat
from pathlib import Path

UMASK = 0o077
FOLDER, FILE = 0o700, 0o600

# What this server writes into its folder. A folder that has one of these, or nothing, was made for it.
OWN = ("secret_key", "zashiki.sqlite3", "attempts.sqlite3", "migrating.lock", "collecting.lock")
_SQLITE_SUFFIXES = ("", "-wal", "-shm", "-journal")


def prepare(folder: Path) -> None:
    """Make the folder, or close it to others, with the files that an earlier start has left more open.

    From here on whatever this process makes is closed to others, too: the database, its WAL, the secret key, sockets.
    """
    os.umask(UMASK)
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    if _is_ours(folder) and _belongs_to_us(folder):
        _tighten(folder, FOLDER)
    for name in OWN:
        close_file(folder / name)


def close_file(path: Path) -> None:
    """Close a file to others, with what SQLite keeps beside it; a file that is not there, or another account's, is left alone."""
    for suffix in _SQLITE_SUFFIXES:
        found = path.with_name(path.name + suffix)
        if found.is_file() and _belongs_to_us(found):
            _tighten(found, FILE)


def complaints(*paths: Path) -> list[str]:
    """A sentence for each of these paths that other accounts of the machine can still read."""
    return [
        f"{path} can be read by other accounts of this machine. Close it: chmod {'700' if path.is_dir() else '600'} {path}"
        for path in paths
        if path.exists() and _mode(path) & 0o077
    ]


def _is_ours(folder: Path) -> bool:
    """Not ``/tmp``, a home or a project's folder that was named by mistake: those are complained about and stay as they are."""
    names = {path.name for path in folder.iterdir()}
    return not names or bool(names & set(OWN))


def _belongs_to_us(path: Path) -> bool:
    return path.stat().st_uid == os.geteuid()


def _tighten(path: Path, most: int) -> None:
    if _mode(path) & ~most & 0o777:
        path.chmod(_mode(path) & most)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
