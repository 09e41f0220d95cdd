"""What a run of all tests tells at its end: which took longest, and which passed only when they were tried again.

    python -m tests.run_report slowest JUNIT_FILE
    python -m tests.run_report flaky CACHE_FOLDER

`flaky` is run after the second try has passed. It names the tests that failed at first and writes them into tests/flaky.txt. Its status
is 1 when one of them was in that file before: a test that does so twice is mended first.
"""

import json
import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

FLAKY = Path(__file__).parent / "flaky.txt"
SHOWN = 15  # of the slowest files, and of the slowest tests


def slowest(junit):
    """Lines with the seconds that files and tests took, the slowest first."""
    tests, files = {}, defaultdict(float)
    for case in ElementTree.parse(junit).iter("testcase"):
        seconds = float(case.get("time", 0))
        tests[f"{case.get('classname')}::{case.get('name')}"] = seconds
        files[case.get("classname")] += seconds
    for times in (files, tests):
        for name, seconds in sorted(times.items(), key=lambda item: -item[1])[:SHOWN]:
            yield f"{seconds:7.1f} s  {name}"


def failed_first(cache):
    """Names of the tests that failed in a run, from pytest's cache folder, without their parameters."""
    path = Path(cache) / "v" / "cache" / "lastfailed"
    return sorted({name.partition("[")[0] for name in json.loads(path.read_text())}) if path.exists() else []


def note(names, path=FLAKY):
    """Add names to the list.

    Returns:
        those that were there before.
    """
    known = set(path.read_text().split()) if path.exists() else set()
    path.write_text("".join(f"{name}\n" for name in sorted(known | set(names))))
    return sorted(known & set(names))


def main(what, where):
    if what == "slowest":
        print(*slowest(where), sep="\n")
        return 0
    names = failed_first(where)
    for name in names:
        print(f"passed only when tried again: {name}")
    again = note(names)
    for name in again:
        print(f"did so before, and has to be mended: {name}")
    return 1 if again else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
