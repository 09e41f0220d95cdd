"""Static files: collected once, compressed, named by their content, so that browsers keep them for ever."""

from __future__ import annotations

import fcntl
import hashlib
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

import zashiki

IMPORT = re.compile(rb'^@import url\("([\w./-]+)"\);$', re.MULTILINE)


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """ES modules import each other by the names that their content gave them; a style sheet becomes one with those it imports."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        whole = {
            name: (BundledCssStorage(storage), path)
            for name, (storage, path) in paths.items()
            if name.endswith(".css")
        }
        yield from super().post_process({**paths, **whole}, *args, **options)


class BundledCssStorage:
    """A storage of style sheets in which each contains what it imports from its own folder: one answer instead of many.

    The sheets that it stands for need no address of their own in what they say, for all of them lie in one folder.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def open(self, path: str) -> ContentFile[bytes]:
        with self._storage.open(path) as sheet:
            content = sheet.read()
        return ContentFile(IMPORT.sub(lambda found: self._beside(path, found[1].decode()), content))

    def _beside(self, path: str, name: str) -> bytes:
        if "/" in name:
            raise ValueError(
                f"{path} imports {name}, which lies elsewhere: what it names would no longer be found."
            )
        with self.open(posixpath.join(posixpath.dirname(path), name)) as imported:
            return bytes(imported.read())


def collect() -> bool:
    """Collect the static files, unless they are those that were collected last: once, however many servers start at the same moment.

    Returns:
        whether there was something to do.
    """
    stamp, state = Path(settings.STATIC_ROOT) / ".collected", _state()
    with (Path(settings.DATA) / "collecting.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a process that dies lets go
        if stamp.exists() and stamp.read_text() == state:
            return False
        call_command("collectstatic", interactive=False, clear=stamp.exists(), verbosity=0)
        stamp.write_text(state)
    return True


def _state() -> str:
    """Changes whenever a file does."""
    digest = hashlib.sha256(zashiki.__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
