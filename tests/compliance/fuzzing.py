"""Runs the fuzzing client of autobahntestsuite against a server, and reads its verdicts."""

import json
import subprocess
from collections import Counter
from dataclasses import dataclass

DISPUTED = {
    "7.1.5"
}  # a close frame amid a fragmented message: RFC 6455 does not say what is to come of the message
WITHOUT_COMPRESSION = ("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "9.*", "10.*")
WITH_COMPRESSION = ("12.*", "13.*")


@dataclass(frozen=True)
class Verdicts:
    """What the client found: behaviour of each case, in its own words (``OK``, ``NON-STRICT``, ``INFORMATIONAL``, ``FAILED``, ...)."""

    by_case: dict[str, str]

    @property
    def counts(self):
        return dict(Counter(self.by_case.values()))

    @property
    def failed(self):
        """Cases that failed, beyond the disputed ones."""
        accepted = {"OK", "NON-STRICT", "INFORMATIONAL"}
        return sorted(
            case for case, verdict in self.by_case.items() if verdict not in accepted and case not in DISPUTED
        )

    def of(self, verdict):
        return sorted(case for case, found in self.by_case.items() if found == verdict)


def fuzz(wstest, url, cases, folder, agent="zashiki"):
    """Runs cases, one after the other.

    Args:
        wstest: path of the program.
        cases: patterns such as ``1.*``.
        folder: for the client's specification and reports.

    Returns:
        the verdicts. The program ends with 0 whatever it finds.
    """
    specification = folder / "fuzzing.json"
    reports = folder / "reports"
    server = {"agent": agent, "url": url}
    specification.write_text(
        json.dumps({"outdir": str(reports), "servers": [server], "cases": list(cases), "exclude-cases": []})
    )
    with (folder / "wstest.log").open("w") as log:
        subprocess.run(
            [wstest, "-m", "fuzzingclient", "-s", specification],
            check=True,
            stdout=log,
            stderr=log,
            cwd=folder,
        )
    return read_verdicts((reports / "index.json").read_text(), agent)


def read_verdicts(index, agent):
    """
    Args:
        index: text of the client's ``index.json``.
    """
    found = json.loads(index)[agent]
    return Verdicts({case: _worse(each["behavior"], each["behaviorClose"]) for case, each in found.items()})


def _worse(behavior, close):
    """How the connection was closed counts as well."""
    fine = {"OK", "INFORMATIONAL", "UNCLEAN"}
    return behavior if behavior not in fine or close in fine else close
