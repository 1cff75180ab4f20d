"""A real mail server for the tests, in a thread or as a program of its own: it keeps every mail that it takes.

As a program: `python -m tests.mail_server <port> <folder>` writes each mail to a file of the folder and says "ready".
"""

from __future__ import annotations

import asyncio
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.commands.programs import PATIENCE

NAME, PASSWORD = "kvarboende", "bara-i-test:@/"


@dataclass
class Mailbox:
    """What the server does with a mail: keeps it, or answers what it is told to."""

    taken: list[EmailMessage] = field(default_factory=list)
    addressed: list[list[str]] = field(default_factory=list)
    known: list[bool] = field(default_factory=list)
    """By mail, whether the sender had said name and password."""
    answers: list[str] = field(default_factory=list)
    """Answers to the next mails instead of taking them, such as "451 later"."""
    refused: dict[str, str] = field(default_factory=dict)
    """Answers by address of a recipient."""

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        self.known.append(bool(session.authenticated))
        self.taken.append(message_from_bytes(content, policy=policy.default))
        self.addressed.append(envelope.rcpt_tos)
        return "250 OK"

    def said_to(self, address: str) -> list[str]:
        """The subjects of what this address got, in order."""
        return [str(mail["Subject"]) for mail in self.taken if mail["To"] == address]


def make_certificate(folder: Path, *, name: str = "127.0.0.1") -> tuple[Path, Path]:
    """A certificate for this computer that only who is told of it trusts, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    title = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Påhittad e-postserver")])
    now = datetime.now(UTC)
    meant = x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(title)
        .issuer_name(title)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([meant]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / f"{name}.pem", folder / f"{name}.key"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files


def _knows(_server: object, _session: object, _envelope: object, _how: object, said: object) -> AuthResult:
    is_right = isinstance(said, LoginPassword) and said == LoginPassword(NAME.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


@contextmanager
def mail_server(
    port: int,
    certificate: tuple[Path, Path] | None = None,
    *,
    scheme: str = "smtp+plain",
    with_login: bool = False,
) -> Iterator[Mailbox]:
    """A mail server on this port: `smtps`, `smtp` with STARTTLS demanded, or `smtp+plain`."""
    mailbox = Mailbox()
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
    more: dict[str, Any] = {}
    if scheme == "smtp":
        more = {"tls_context": context, "require_starttls": True}
    if with_login:
        more |= {
            "authenticator": _knows,
            "auth_require_tls": scheme == "smtp",
            "auth_exclude_mechanism": ["LOGIN"],
        }
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=port,
        ssl_context=context if scheme == "smtps" else None,
        decode_data=False,
        ready_timeout=PATIENCE,
        **more,
    )
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


class _ToFiles(Mailbox):
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._lock = threading.Lock()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        with self._lock:
            number = len(list(self._folder.iterdir()))
            (self._folder / f"{number:04}.eml").write_bytes(envelope.original_content or b"")
        return "250 OK"


def main(port: int, folder: Path) -> None:
    """Take mails until somebody ends the program."""
    controller = Controller(_ToFiles(folder), hostname="127.0.0.1", port=port, ready_timeout=PATIENCE)
    controller.start()
    print("ready", flush=True)  # noqa: T201 -- the test waits for it
    asyncio.run(asyncio.Event().wait())


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
