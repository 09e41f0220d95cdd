"""What the server keeps is closed to the other accounts of its machine."""

import os
import stat
import subprocess
import sys

from tests.server.browser import make_owner


def open_to_others(folder):
    """What somebody else could read, write or enter, with its mode."""
    found = {}
    for path in [folder, *folder.rglob("*")]:
        if not path.name.startswith("serve-") and path.lstat().st_mode & 0o077:
            found[str(path)] = oct(stat.S_IMODE(path.stat().st_mode))
    return found


def manage(*words, umask=0o022, **env):
    return subprocess.run(
        [sys.executable, "-m", "zashiki.server.cli", *words],
        env={"ZASHIKI_LOG_LEVEL": "warning", **env},
        capture_output=True,
        text=True,
        timeout=60,
        umask=umask,
        check=True,
    )


def test_everything_that_a_server_writes_is_closed(serve, folder):
    previous = os.umask(0o002)
    try:
        server = serve(name="new")
    finally:
        os.umask(previous)
    make_owner(server)
    data = folder / "new"
    assert (data / "zashiki.sqlite3-wal").exists() and (data / "secret_key").exists()
    assert {name for name in open_to_others(data) if name != str(data)} == set()


def test_what_an_earlier_start_has_left_open_is_closed(folder):
    data = folder / "old"
    manage("manage", "migrate", "--verbosity", "0", ZASHIKI_DATA_DIR=str(data))
    for path in [data, *data.glob("*")]:
        path.chmod(0o777 if path.is_dir() else 0o666)
    manage("manage", "check", ZASHIKI_DATA_DIR=str(data))
    assert open_to_others(data).keys() <= {str(data / "static")}


def test_a_database_that_lies_elsewhere_is_closed_too(folder):
    path = folder / "elsewhere.sqlite3"
    path.touch(mode=0o644)
    path.chmod(0o644)
    env = {"ZASHIKI_DATA_DIR": str(folder / "data"), "ZASHIKI_DATABASE_URL": f"sqlite:///{path}"}
    manage("manage", "migrate", "--verbosity", "0", **env)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_of_other_things_is_not_closed_but_complained_about(serve, folder):
    """Somebody may have named a home, or a folder that others work in."""
    shared = folder / "shared"
    shared.mkdir()
    (shared / "letters").touch()
    shared.chmod(0o755)
    server = serve(name="shared")
    assert stat.S_IMODE(shared.stat().st_mode) == 0o755
    assert f"{shared} can be read by other accounts" in server.output
    assert stat.S_IMODE((shared / "zashiki.sqlite3").stat().st_mode) == 0o600
