"""Runs the shell lines of a document as they stand, with a folder in place of the machine's own."""

import os
import shlex
import subprocess
import sys

from tests.docs.blocks import ROOT
from tests.support.servers import Process, free_port

PATIENCE = 120  # seconds for a block


def scratch_environment(folder):
    """A virtual environment that has what this one has, so that `pip install` of the project has nothing to fetch."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, timeout=PATIENCE)
    (site,) = folder.glob("lib/python*/site-packages")
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "what-the-tests-have.pth").write_text(f"{here}\n{ROOT / 'src'}\n")
    return folder


def pip_settings():
    """`pip` builds the project with what is here and asks nobody. The second one is the wrong way round in pip: 0 is "no isolation"."""
    return {
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_QUIET": "1",
    }


class Machine:
    """
    Args:
        folder: stands for ``/`` in what the block writes.
        env: variables of whoever runs the block.
        functions: shell functions for what a test must not do to its machine, by name.
        places: what the documents call places, and what they are here.
    """

    def __init__(self, folder, env=None, functions=None, places=None):
        self.folder = folder
        self.places = dict(places or {})
        self.functions = dict(functions or {})
        self.env = {**os.environ, **pip_settings(), "HOME": str(folder), **(env or {})}
        self.env.pop("DJANGO_SETTINGS_MODULE", None)

    def placed(self, text):
        """The text with the places of this machine."""
        for there, here in self.places.items():
            text = text.replace(there, str(here))
        return text

    def script(self, text):
        made = [f"{name}() {{\n{body}\n}}" for name, body in self.functions.items()]
        return "\n".join(["set -eu", *made, self.placed(text)])

    def run(self, text, cwd=None):
        """Run to the end; returns what was printed."""
        done = subprocess.run(
            ["sh", "-c", self.script(text)],
            cwd=cwd or self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, f"{shlex.quote(text)}\n{done.stdout}"
        return done.stdout


class Repository(Process):
    """A server of this clone, since `pip` takes no address without a host.

    Args:
        folder: for its log, and for what is committed here, without its history.
    """

    def __init__(self, folder):
        self.port = free_port()
        self.url = f"git://127.0.0.1:{self.port}/zashiki"
        clone = ["git", "clone", "--quiet", "--bare", "--depth", "1", f"file://{ROOT}", folder / "zashiki"]
        subprocess.run(clone, check=True, timeout=PATIENCE)
        command = ["git", "daemon", "--reuseaddr", "--export-all", f"--base-path={folder}"]
        super().__init__([*command, "--listen=127.0.0.1", f"--port={self.port}", folder], folder / "git.log")

    def answers(self):
        return subprocess.run(["git", "ls-remote", "--quiet", self.url], capture_output=True).returncode == 0
