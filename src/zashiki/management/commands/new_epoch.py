"""To be run after a backup was restored."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from zashiki.models import SystemState


class Command(BaseCommand):
    help = (
        "Begin a new epoch. To be run after the database was restored from a backup: clients that have seen more than the "
        "backup holds are then given the newest page instead of nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        state = SystemState.load()
        state.renew_epoch()
        self.stdout.write(f"The epoch is now {state.epoch}.")
