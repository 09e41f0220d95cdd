"""Static files: collected once, compressed, named by their content, so that browsers keep them for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

import zashiki


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """ES modules import each other by the names that their content gave them."""

    support_js_module_import_aggregation = True


def collect() -> bool:
    """Collect the static files, unless they are those that were collected last.

    Returns:
        whether there was something to do.
    """
    stamp, state = Path(settings.STATIC_ROOT) / ".collected", _state()
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
