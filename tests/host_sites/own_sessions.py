"""Sessions of a site's own making: in a table of this process."""

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError

_stored = {}


class SessionStore(SessionBase):
    def exists(self, session_key):
        return session_key in _stored

    def create(self):
        self._session_key = self._get_new_session_key()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create=False):
        if self.session_key is None:
            return self.create()
        if must_create == self.exists(self.session_key):
            raise CreateError if must_create else UpdateError
        _stored[self.session_key] = self.encode(self._get_session(no_load=must_create))

    def delete(self, session_key=None):
        _stored.pop(self.session_key if session_key is None else session_key, None)

    def load(self):
        if self.session_key in _stored:
            return self.decode(_stored[self.session_key])
        self._session_key = None
        return {}

    @classmethod
    def clear_expired(cls):
        return None
