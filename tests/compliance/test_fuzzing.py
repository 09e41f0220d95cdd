"""The verdicts are read as the fuzzing client means them, which ends with 0 even when everything failed."""

import json

from tests.compliance.fuzzing import read_verdicts


def verdicts(cases):
    index = {
        case: {"behavior": behavior, "behaviorClose": close} for case, (behavior, close) in cases.items()
    }
    return read_verdicts(json.dumps({"zashiki": index}), "zashiki")


def test_what_is_well_does_not_fail():
    found = verdicts(
        {"1.1": ("OK", "OK"), "6.4": ("NON-STRICT", "OK"), "7.13": ("INFORMATIONAL", "INFORMATIONAL")}
    )
    assert not found.failed
    assert found.counts == {"OK": 1, "NON-STRICT": 1, "INFORMATIONAL": 1}


def test_a_failure_fails():
    assert verdicts({"1.1": ("FAILED", "OK")}).failed == ["1.1"]


def test_a_wrong_close_fails():
    assert verdicts({"1.1": ("OK", "FAILED"), "1.2": ("OK", "WRONG CODE")}).failed == ["1.1", "1.2"]


def test_the_disputed_case_may_fail():
    found = verdicts({"7.1.5": ("FAILED", "OK")})
    assert not found.failed
    assert found.of("FAILED") == ["7.1.5"]
