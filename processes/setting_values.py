"""How the text of an environment variable becomes a value, and which texts are refused with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

SHORTEST_SECRET = 32
LIMITS = (
    "unclaimed_working_days",
    "overdue_working_days",
    "gate_days",
    "recovery_working_days",
    "presence_working_days",
    "child_working_days",
    "stance_working_days",
    "responsible_working_days",
    "substitute_working_days",
    "letter_working_days",
    "alarm_working_days",
    "mail_days",
    "late_minutes",
    "failing_minutes",
)
"""What a municipality may set of when work counts as stuck (rules/stuck_limits.py), by its names."""
CIRCLE = ("head", "holder", "responsible", "stand_in", "substitute")
"""Ties to a case (rules/protection.TIES), by their codes."""


def text(raw: str) -> str:
    return raw


def yes_or_no(raw: str) -> bool:
    answers = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if raw.lower() not in answers:
        raise ValueError("must be 1 or 0")
    return answers[raw.lower()]


def port(raw: str) -> int:
    if not raw.isdecimal() or not 1 <= int(raw) <= 65535:
        raise ValueError("must be a port number from 1 to 65535")
    return int(raw)


def count(raw: str) -> int:
    if not raw.isdecimal() or not 1 <= int(raw) <= 256:
        raise ValueError("must be a whole number from 1 to 256")
    return int(raw)


def proxies(raw: str) -> int:
    if not raw.isdecimal() or not 0 <= int(raw) <= 9:
        raise ValueError("must be a whole number from 0 to 9")
    return int(raw)


def rate(raw: str) -> int:
    if not raw.isdecimal() or not 1 <= int(raw) <= 1_000_000:
        raise ValueError("must be a whole number from 1 to 1000000")
    return int(raw)


def within(least: int, most: int) -> Callable[[str], int]:
    def read(raw: str) -> int:
        if not raw.isdecimal() or not least <= int(raw) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(raw)

    return read


def is_safe_address(raw: str) -> bool:
    """Whether it is an address with https, or without on this computer, as every name in .localhost is (RFC 6761)."""
    address = urlsplit(raw)
    if address.scheme == "http":
        host = address.hostname or ""
        return host in {"127.0.0.1", "localhost"} or host.endswith(".localhost")
    return address.scheme == "https" and bool(address.hostname)


def issuer(raw: str) -> str:
    if not is_safe_address(raw):
        raise ValueError("must be an address that begins with https://")
    return raw.rstrip("/")


def place(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an address such as https://kvarboende.example.se")
    return raw.rstrip("/")


def mailbox(raw: str) -> str:
    if not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", raw, re.ASCII):
        raise ValueError("must be a mail address such as kvarboende@example.se")
    return raw


def time_of_day(raw: str) -> time:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", raw, re.ASCII):
        raise ValueError("must be a time of day such as 07:30")
    return time.fromisoformat(raw)


def seconds(raw: str) -> float:
    try:
        seconds = float(raw)
    except ValueError:
        seconds = 0.0
    if not 0.05 <= seconds <= 3600:
        raise ValueError("must be a number of seconds from 0.05 to 3600")
    return seconds


def hosts(raw: str) -> tuple[str, ...]:
    return tuple(host.strip() for host in raw.split(",") if host.strip())


def circle(raw: str) -> frozenset[str]:
    wanted = frozenset(hosts(raw))
    if not wanted or not wanted <= set(CIRCLE):
        raise ValueError(f"must be some of {', '.join(CIRCLE)}")
    return wanted


def limits(raw: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in hosts(raw):
        name, _, number = part.partition("=")
        if name.strip() not in LIMITS or not number.strip().isdecimal() or not 1 <= int(number) <= 100_000:
            raise ValueError(f"must be such as overdue_working_days=2; the names are {', '.join(LIMITS)}")
        found[name.strip()] = int(number)
    return found


def level(raw: str) -> str:
    levels = ("debug", "info", "warning", "error")
    if raw.lower() not in levels:
        raise ValueError(f"must be one of {', '.join(levels)}")
    return raw.lower()


def log_format(raw: str) -> str:
    if raw.lower() not in {"json", "text"}:
        raise ValueError("must be json or text")
    return raw.lower()


def folder(raw: str) -> Path:
    folder = Path(raw).expanduser().resolve()
    if not folder.is_dir():
        raise ValueError(f"names {folder}, which is not a folder")
    return folder


def file(raw: str) -> Path:
    file = Path(raw).expanduser().resolve()
    if not file.is_file():
        raise ValueError(f"names {file}, which is not a file")
    return file


def secret(raw: str) -> str:
    if len(raw) < SHORTEST_SECRET:
        raise ValueError(
            f"must have at least {SHORTEST_SECRET} characters; make one with `openssl rand -hex 32`"
        )
    return raw


def database(raw: str) -> str:
    try:
        url = make_url(raw)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in {"sqlite", "postgresql", "postgresql+psycopg"}:
        raise ValueError("must be sqlite:///<file> or postgresql://<user>:<password>@<host>/<database>")
    if url.drivername == "sqlite":
        if not url.database or url.database == ":memory:":
            raise ValueError("must name a file, since web and worker share it: sqlite:///var/kvarboende.db")
        return f"sqlite:///{Path(url.database).expanduser().resolve()}"
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
