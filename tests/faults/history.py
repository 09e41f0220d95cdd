"""What happened: every answer that a post got, everything that each reader saw, every right that ended. Written by the load, read by the checker."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """A post that was answered with `ok`. The same post may be answered many times."""

    room: int
    author: str
    nonce: str
    body: str
    message: int
    position: int
    version: int
    asked_at: float
    answered_at: float


@dataclass(frozen=True, slots=True)
class Claim:
    """What a reader says when it sits down again, or at the end: seen everything up to `since`, and it looked like this.

    Attributes:
        floor: the first position it holds; what is older it has not asked for.
        held: version by message id.
    """

    reader: str
    room: int
    since: int
    floor: int
    held: dict[int, int]


@dataclass(frozen=True, slots=True)
class Sight:
    """An event with a message, at the moment it was heard."""

    at: float
    position: int
    version: int


@dataclass(frozen=True, slots=True)
class Ending:
    """A right that ended: somebody was taken out of a room.

    Attributes:
        at: when that was committed.
        version: the room's, in the same transaction.
        grace: seconds in which events may still arrive.
    """

    reader: str
    room: int
    at: float
    version: int
    grace: float


@dataclass(slots=True)
class Record:
    """Attributes:
    sent: body by (room, author, nonce) of everything that was ever sent.
    answers: in the order in which they came.
    refused: codes by (room, author, nonce) of what was refused for good.
    views: at the end, by reader and room: the messages as the reader holds them, ascending, and whether there are older ones.
    fetched: at the end, each room as somebody gets it who comes for the first time and reads back to the beginning.
    behind: readers and rooms that were not complete in time after the last fault.
    growth: of each process that serves, in MiB and in open descriptors.
    recoveries: seconds until a post was answered again, by the fault.
    faults: names, in the order in which they were injected.
    """

    sent: dict[tuple[int, str, str], str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    refused: dict[tuple[int, str, str], str] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    sights: dict[tuple[str, int], list[Sight]] = field(default_factory=dict)
    endings: list[Ending] = field(default_factory=list)
    views: dict[tuple[str, int], tuple[list[dict[str, Any]], bool]] = field(default_factory=dict)
    fetched: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    behind: list[tuple[str, int]] = field(default_factory=list)
    growth: list[tuple[str, float, int]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    recoveries: list[tuple[str, float]] = field(default_factory=list)
