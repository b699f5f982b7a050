"""Sessions in the database, as Django keeps them; a cookie that cannot be a key is not looked up."""

from __future__ import annotations

import re

from django.contrib.sessions.backends import db

_KEY = re.compile(r"[a-z0-9]{8,40}")


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: str | None) -> bool:
        """PostgreSQL refuses some characters that a cookie may hold."""
        return bool(key and _KEY.fullmatch(key))
