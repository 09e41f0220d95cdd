"""Who runs which file when: faults are waited for more than worked on, so one process has them while the others work."""

import pytest

FAULTS = "tests/faults/"
# Few tests that take long, which would come last: files with more tests come before those with fewer.
EARLY = (
    "tests/invalid_input/test_postgresql.py",
    "tests/writer/test_postgresql.py",
    "tests/custom_user_model/test_strangers.py",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    if config.getvalue("dist") == "loadfile":
        return _turns(config, log)


def _turns(config, log):
    from xdist.scheduler import LoadFileScheduling

    class Turns(LoadFileScheduling):
        """The first process prefers faults, the others whatever else there is; nobody is idle while there is something of either kind."""

        def _assign_work_unit(self, node):
            first = min(self.workqueue, key=lambda file: self._turn(node, file))
            self.workqueue.move_to_end(first, last=False)
            super()._assign_work_unit(node)

        def _turn(self, node, file):
            is_preferred = file.startswith(FAULTS) == (node is self.nodes[0])
            return not is_preferred, file not in EARLY

    return Turns(config, log)
