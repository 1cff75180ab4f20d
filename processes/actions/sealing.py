"""Seals what must be kept secret and read again, so that a stolen copy of the database alone does not give it away."""

from __future__ import annotations

import base64
import hashlib


class Seal:
    """Closes and opens texts with the installation's secret key; another key cannot open them."""

    def __init__(self, secret_key: str) -> None:
        from cryptography.fernet import Fernet  # noqa: PLC0415 -- eight megabytes that few requests need

        key = hashlib.sha256(b"kvarboende seal\0" + secret_key.encode()).digest()
        self._box = Fernet(base64.urlsafe_b64encode(key))

    def close(self, text: str) -> str:
        """The text, unreadable."""
        return self._box.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """The text again; None when it was closed with another key."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 -- likewise

        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None
