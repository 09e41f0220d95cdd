"""The near end of a hand of the site: asks it, and waits no longer than it may take."""

import json
import os
import subprocess
import sys
import threading

ANSWER_LIMIT = 60  # seconds; databases that are away come back sooner, even on a busy machine


class Hand:
    """One `hand.py`. Synchronous; one question at a time.

    Args:
        env: what to add to the environment.
        answer_limit: seconds after which a hand that does not answer is ended.
    """

    def __init__(self, env, answer_limit=ANSWER_LIMIT):
        self._answer_limit = answer_limit
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.site_worker"],
            env={**os.environ, **env, "DJANGO_SETTINGS_MODULE": "zashiki.server.settings"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def ask(self, name, *arguments):
        """Have it do something.

        Raises:
            RuntimeError: it could not, or it has not answered in time and is gone.
        """
        limit = threading.Timer(self._answer_limit, self._process.kill)
        limit.start()
        try:
            line = self._exchange(json.dumps([name, *arguments]))
        finally:
            limit.cancel()
        kind, answer = json.loads(line or '["error", "no answer in time, the hand is gone"]')
        if kind == "error":
            raise RuntimeError(f"{name}: {answer}")
        return answer

    def end(self):
        """At once; whoever waits for an answer gets none."""
        self._process.kill()
        self._process.wait()

    def _exchange(self, line):
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return ""
        return self._process.stdout.readline()
