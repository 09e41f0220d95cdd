"""Work on a stranger's text or file whose time or memory cannot be bounded beforehand, done in child processes that can be killed.

`code.colour` and `picture.draw` are what the rest of the product calls. The parent side is `pool` and `process`; `child` is what the child
process runs, with `highlighting` and `drawing`. The child imports nothing of Django and gets neither the parent's environment nor its open files.
"""

READY = b"ready"  # what a child process says first
