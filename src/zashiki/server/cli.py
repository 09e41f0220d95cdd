"""The ``zashiki`` command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from django.db.utils import OperationalError

import zashiki
from zashiki import conf
from zashiki.redaction import redact
from zashiki.requirements import missing
from zashiki.server.config.options import OPTIONS, ConfigurationError, Option, unknown_names

SETTINGS = "zashiki.server.settings"
ABOUT = """Zashiki: chat rooms for Django.

  zashiki serve                     serve rooms at http://127.0.0.1:8000, with everything in ./data
  zashiki serve --help              more networks, more processes, PostgreSQL, Redis
  zashiki health                    ask a running server whether it is well
  zashiki settings                  every option and setting, with its default
  zashiki manage createsuperuser    Django's commands, for the same database

Options can come from the environment as well: --redis URL is ZASHIKI_REDIS_URL=URL.
"""


def main(words: Sequence[str] | None = None) -> int:
    """
    Args:
        words: what follows the command's name; ``None`` for this process's own.

    Returns:
        the exit status: 0, or 2 with a sentence on standard error for what cannot be done.
    """
    words = list(sys.argv[1:] if words is None else words)
    if not words:
        print(ABOUT, end="")
        return 0
    given = _parser().parse_args(words)
    _remember(given)
    for name, meant in unknown_names().items():
        print(f"zashiki: there is no {name}; is {meant} meant?", file=sys.stderr)
    try:
        _require_server(given.run)
        return given.run(given) or 0
    except OperationalError as fault:
        return _refuse(f"the database cannot be used: {fault}")
    except (ConfigurationError, ValueError, OSError) as fault:
        return _refuse(str(fault))


def _refuse(sentence: str) -> int:
    print(f"zashiki: {redact(sentence)}", file=sys.stderr)
    return 2


def _require_server(command: Callable[..., Any]) -> None:
    """
    Raises:
        Unusable: packages that this command needs are not installed.
    """
    if command in {_serve, _manage} and (absent := missing("server")):
        raise ConfigurationError(
            f'the chat server needs {", ".join(absent)}. Install the package with its extra: "zashiki[server]".'
        )


def _serve(given: argparse.Namespace) -> int:
    from zashiki.server.serve import serve

    return serve()


def _health(given: argparse.Namespace) -> int:
    from zashiki.server.health_command import check_health

    return check_health()


def _settings(given: argparse.Namespace) -> None:
    from zashiki.server.settings_docs import settings_page

    print(settings_page(), end="")


def _manage(given: argparse.Namespace) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    from django.core.management import execute_from_command_line

    execute_from_command_line(["zashiki manage", *given.command])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "zashiki", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"zashiki {zashiki.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _command(commands, "serve", _serve, "serve rooms", [row for row in OPTIONS if row.flag])
    _command(commands, "health", _health, "ask a running server whether it is well", _rows("HOST", "PORT"))
    _command(commands, "settings", _settings, "every option and setting, in Markdown", [])
    manage = _command(
        commands,
        "manage",
        _manage,
        "run one of Django's commands",
        _rows("DATA_DIR", "DATABASE_URL", "REDIS_URL"),
    )
    manage.add_argument(
        "command", nargs=argparse.REMAINDER, help="the command and its arguments; none to see what there is"
    )
    return parser


def _rows(*names: str) -> list[Option]:
    return [row for row in OPTIONS if row.name in names]


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int | None],
    about: str,
    rows: list[Option],
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run)
    for row in rows:
        default = f" [{row.default}]" if row.default != "" else ""
        kind = type(row.default)
        parser.add_argument(
            row.flag,
            dest=row.name,
            type=kind,
            metavar=row.metavar,
            help=(row.help + default).replace("%", "%%"),
        )
    return parser


def _remember(given: argparse.Namespace) -> None:
    """Flags go where workers and settings look."""
    for row in OPTIONS:
        if getattr(given, row.name, None) is not None:
            os.environ[conf.PREFIX + row.name] = str(getattr(given, row.name))


if __name__ == "__main__":
    sys.exit(main())
