"""Every address of the server's site, from its own table of addresses."""

import json
import os
import subprocess
import sys

SCRIPT = """
import json, django
django.setup(set_prefix=False)
from django.urls import get_resolver

def walk(resolver, prefix=""):
    for name in resolver.reverse_dict:
        for possibilities, *_ in resolver.reverse_dict.getlist(name):
            for form, parts in possibilities:
                yield prefix + form, parts
    for prefix_below, below in resolver.namespace_dict.values():
        yield from walk(below, prefix + prefix_below)

print(json.dumps(sorted({(form, tuple(parts)) for form, parts in walk(get_resolver())})))
"""


def addresses(folder, values):
    """The paths of all pages, each part of an address filled in from `values` by its name, or with 1.

    Args:
        folder: a data folder; made if it is not there.
    """
    settings = {"DJANGO_SETTINGS_MODULE": "zashiki.server.settings", "ZASHIKI_DATA_DIR": str(folder)}
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [
        "/" + form % {part: values.get(part, "1") for part in parts} for form, parts in json.loads(run.stdout)
    ]
