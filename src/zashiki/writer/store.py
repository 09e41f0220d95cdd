"""Changes are stored together: one transaction, all or nothing, and a bad one fails alone.

Whatever one change raises, when it is prepared or when it is applied, is its own outcome: the code of the site (its policy, the names of its
people) is called in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, router, transaction

from zashiki.errors import ZashikiError
from zashiki.messages.mention_marker import Resolved
from zashiki.messages.mentions import resolve_mentions
from zashiki.models import Message, Versioned
from zashiki.writer.changes import Change
from zashiki.writer.transaction import WriteTransaction

Outcome = Any  # what `apply` returned, or the exception that refused it


class _Faulty(Exception):
    """Some changes failed by a fault that may have left their work half done: the transaction is undone.

    Args:
        faults: by the number of the change.
    """

    def __init__(self, faults: dict[int, Exception]) -> None:
        super().__init__(faults)
        self.faults = faults


def store(changes: Sequence[Change]) -> tuple[list[Outcome], list[Versioned]]:
    """Store changes in one transaction (or within the caller's), so that a bad one fails alone.

    Returns:
        For each change, what became of it, or why it was refused; and what changed: all rows that took a new version.

    Raises:
        OperationalError, InterfaceError: the database is away; nothing is known of any of them.
    """
    outcomes: list[Outcome] = _prepared(changes)
    sound = [number for number, fault in enumerate(outcomes) if fault is None]
    stored, changed = _store_sound([changes[number] for number in sound])
    for number, outcome in zip(sound, stored, strict=True):
        outcomes[number] = outcome
    return outcomes, changed


def _prepared(changes: Sequence[Change]) -> list[Exception | None]:
    """Prepare what is not prepared yet; returns for each change what it raised."""
    waiting = [number for number, change in enumerate(changes) if not change.is_prepared]
    faults: list[Exception | None] = [None] * len(changes)
    if not waiting:
        return faults
    try:
        people = _people(changes[number] for number in waiting)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # one of those spoken to cannot be named: only who speaks to them fails
        people = None
    for number in waiting:
        faults[number] = _fault_of(changes[number], people)
    return faults


def _fault_of(change: Change, people: Resolved | None) -> Exception | None:
    try:
        change.prepare(_people([change]) if people is None else people)
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:
        return fault
    return None


def _people(changes: Iterable[Change]) -> Resolved:
    called = set().union(*(change.mention_candidates() for change in changes))
    return resolve_mentions(called) if called else {}


def _store_sound(changes: Sequence[Change]) -> tuple[list[Outcome], list[Versioned]]:
    """Store changes that are prepared; those that fail by a fault are left out and the others stored without them."""
    if not changes:
        return [], []
    try:
        return _store_together(changes)
    except (OperationalError, InterfaceError):
        raise
    except _Faulty as found:
        return _store_without(changes, found.faults)
    except Exception as fault:
        if len(changes) == 1:
            return [fault], []
    # One of them cannot be stored and has undone the others: each by itself.
    outcomes: list[Outcome] = []
    changed: list[Versioned] = []
    for change in changes:
        outcome, stored = _store_sound([change])
        outcomes += outcome
        changed += stored
    return outcomes, changed


def _store_without(
    changes: Sequence[Change], faults: dict[int, Exception]
) -> tuple[list[Outcome], list[Versioned]]:
    stored, changed = _store_sound([change for number, change in enumerate(changes) if number not in faults])
    others = iter(stored)
    return [faults[number] if number in faults else next(others) for number in range(len(changes))], changed


def _store_together(changes: Sequence[Change]) -> tuple[list[Outcome], list[Versioned]]:
    """Raises _Faulty, DatabaseError: nothing was stored."""
    using = router.db_for_write(Message)
    with transaction.atomic(using=using):
        writes = WriteTransaction(using, changes)
        faults: dict[int, Exception] = {}
        outcomes = [_outcome(number, change, writes, faults) for number, change in enumerate(changes)]
        if faults:
            raise _Faulty(faults)
        writes.write()
    return outcomes, writes.publishable()


def _outcome(number: int, change: Change, writes: WriteTransaction, faults: dict[int, Exception]) -> Outcome:
    try:
        return change.apply(writes)
    except ZashikiError as refusal:
        return refusal
    except DatabaseError:  # the transaction may be broken for the others, too
        raise
    except Exception as fault:
        faults[number] = fault
        return None
