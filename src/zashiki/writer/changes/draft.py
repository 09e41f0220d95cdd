"""What somebody has begun to write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from zashiki.writer.changes.body import check_text
from zashiki.writer.changes.change import Change

if TYPE_CHECKING:
    from zashiki.writer.transaction import WriteTransaction


@dataclass(kw_only=True)
class SaveDraft(Change):
    """Kept for all devices of a user; applied, it returns the text."""

    bumps_version: ClassVar[bool] = False

    body: str

    def __post_init__(self) -> None:
        check_text(self.body)

    def apply(self, transaction: WriteTransaction) -> str:
        transaction.memberships.record_draft(self, self.body)
        return self.body
