"""Changes are stored together: one transaction, all or nothing, and a bad one fails alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, router, transaction

from zashiki.errors import ZashikiError
from zashiki.mentions import people_called
from zashiki.models import Changed, Message
from zashiki.writer.changes import Change
from zashiki.writer.ledger import Ledger

Outcome = Any  # what `apply` returned, or the exception that refused it


def store(changes: Sequence[Change]) -> tuple[list[Outcome], list[Changed]]:
    """Store changes in one transaction (or within the caller's), so that a bad one fails alone.

    Returns:
        For each change, what became of it, or why it was refused; and the news: all that took a new version.

    Raises:
        OperationalError, InterfaceError: the database is away; nothing is known of any of them.
    """
    try:
        return _store_together(changes)
    except (OperationalError, InterfaceError):
        raise
    except DatabaseError as fault:
        if len(changes) == 1:
            return [fault], []
    # One of them cannot be stored and has undone the others: each by itself.
    outcomes: list[Outcome] = []
    news: list[Changed] = []
    for change in changes:
        outcome, stored = store([change])
        outcomes += outcome
        news += stored
    return outcomes, news


def _store_together(changes: Sequence[Change]) -> tuple[list[Outcome], list[Changed]]:
    called = set().union(*(change.called() for change in changes))
    people = people_called(called) if called else {}
    for change in changes:
        change.prepare(people)
    using = router.db_for_write(Message)
    with transaction.atomic(using=using):
        ledger = Ledger(using, changes)
        outcomes = [_outcome(change, ledger) for change in changes]
        ledger.write()
    return outcomes, ledger.news()


def _outcome(change: Change, ledger: Ledger) -> Outcome:
    try:
        return change.apply(ledger)
    except ZashikiError as refusal:
        return refusal
