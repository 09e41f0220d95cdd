"""The views there are: what each is called, who sees it, and how they come to it."""

from collections.abc import Callable
from dataclasses import dataclass

VIEWS = []


@dataclass(frozen=True)
class View:
    """
    Attributes:
        name: of the picture.
        who: somebody's account, `RESIDENT` for whoever speaks the language of the page, ``None`` for a stranger.
        come: ``come(viewer)`` leads there.
        is_main: whether it is seen every day, and so photographed in every way.
        is_narrow: whether there is such a thing on narrow pages alone.
    """

    name: str
    who: str | None
    come: Callable
    is_main: bool = False
    is_narrow: bool = False

    def __str__(self):
        return self.name


RESIDENT = "resident"


def view(name, who=RESIDENT, **more):
    """Decorates a function that leads to a view."""

    def add(come):
        VIEWS.append(View(name, who, come, **more))
        return come

    return add


def page(name, path, who=RESIDENT, **more):
    """A view that is a page of its own. ``{room}`` in its path is the viewer's own room."""
    view(name, who, **more)(lambda viewer: viewer.open(path.format(room=viewer.room_id())))
