"""Sessions in the database, read by every page in one short question."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from zashiki.models.lookup import get_row


class SessionStore(db.SessionStore):
    """Django's; only `load` is quicker. A session that has expired, or never was, is empty and will get a key of its own."""

    def load(self) -> dict[str, Any]:
        session = get_row(self.model, session_key=self.session_key)
        if session is not None and session.expire_date > timezone.now():
            return self.decode(session.session_data)
        self._session_key = None
        return {}
