"""Work on a stranger's text or file whose time or memory cannot be bounded beforehand, done in child processes that can be killed.

The rest of the product calls `messages.rendering.render` and `images.draw`. The parent side is `pool` and `process`. The child
process runs `child`, with `pygments_child`, `image_child` and `messages.markdown_child`; it imports nothing of Django and gets neither the parent's
environment nor its open files.
"""

READY = b"ready"  # what a child process says first
