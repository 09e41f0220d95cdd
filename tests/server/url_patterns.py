"""Every address that the chat server's URL configuration has, asked of a process that runs with its settings."""

import json
import subprocess
import sys
from dataclasses import dataclass

LIST = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "zashiki.server.settings"
import django
django.setup()
from django.urls import URLResolver, get_resolver

def walk(resolver, prefix=""):
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from walk(each, route)
        else:
            names = {*getattr(each.pattern, "converters", {}), *each.pattern.regex.groupindex}
            yield [each.name or "", route, sorted(names)]

print(json.dumps(list(walk(get_resolver()))))
"""


@dataclass(frozen=True)
class Address:
    """
    Attributes:
        name: of the pattern, without its namespace.
        route: as in the URL configuration, with all prefixes.
        parameters: names of what it takes.
    """

    name: str
    route: str
    parameters: list[str]


def server_addresses(data, **options):
    """
    Args:
        data: a folder for the process that is asked.
        **options: of the server, such as ``OIDC_URL``.
    """
    env = {"ZASHIKI_DATA_DIR": str(data), **{f"ZASHIKI_{name}": value for name, value in options.items()}}
    done = subprocess.run([sys.executable, "-c", LIST], env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return [Address(*row) for row in json.loads(done.stdout)]
