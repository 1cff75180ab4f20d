"""Speaks to the mail server, always encrypted, and waits for it only so long."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 20.0
"""For each answer of the server; a mail takes about ten of them at most, well within its lease (actions/mail.py)."""
PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where the mail server is and how one speaks to it, as the setting KVARBOENDE_SMTP_URL says."""

    scheme: str
    """smtps = encrypted from the first byte; smtp = STARTTLS before anything else; smtp+plain = never encrypted."""
    host: str
    port: int
    username: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def from_url(cls, url: str) -> MailServer:
        """Read smtps://name:password@host:465. Raises ValueError with what it must be."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname or parts.path not in {"", "/"}:
            raise ValueError("must be smtps://<user>:<password>@<host> or smtp://..., which uses STARTTLS")
        try:
            port = parts.port or PORTS[parts.scheme]
        except ValueError as error:
            raise ValueError("must have a port number from 1 to 65535") from error
        if parts.scheme == "smtp+plain" and parts.password:
            raise ValueError("must not send a password over smtp+plain, which is not encrypted")
        username, password = unquote(parts.username or ""), unquote(parts.password or "")
        if not (username + password).isascii():
            raise ValueError("must have a user and a password of ASCII characters only")
        return cls(parts.scheme, parts.hostname, port, username, password)

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


@contextmanager
def connected(server: MailServer, authority: Path | None = None) -> Iterator[smtplib.SMTP]:
    """A conversation with the mail server, signed in where it has a name for us, and ended politely.

    `authority` is a file with the certificate that the server's must be signed by, else the computer's own are asked.
    Raises OSError (smtplib's errors are such, and a certificate that cannot be trusted is one too).
    """
    trust = ssl.create_default_context(cafile=authority)
    if server.scheme == "smtps":
        talk: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=TIMEOUT_SECONDS, context=trust
        )
    else:
        talk = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    with talk:
        if server.scheme == "smtp":
            talk.starttls(context=trust)
        if server.username:
            talk.login(server.username, server.password)
        yield talk
