"""What can be set from outside: every environment variable, what it means, and what it is when nobody sets it.

Read once, when a program starts, and never changed after that. A value that cannot be used is refused with a
sentence that names the variable; so is a KVARBOENDE_ variable that does not exist, since it is most likely misspelt.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from processes.errors import SettingRefused

PREFIX = "KVARBOENDE_"
SHORTEST_SECRET = 32
DIAGRAMS = Path(__file__).resolve().parent.parent / "bpmn-diagrams"


def _text(raw: str) -> str:
    return raw


def _yes_or_no(raw: str) -> bool:
    answers = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if raw.lower() not in answers:
        raise ValueError("must be 1 or 0")
    return answers[raw.lower()]


def _port(raw: str) -> int:
    if not raw.isdecimal() or not 1 <= int(raw) <= 65535:
        raise ValueError("must be a port number from 1 to 65535")
    return int(raw)


def _count(raw: str) -> int:
    if not raw.isdecimal() or not 1 <= int(raw) <= 256:
        raise ValueError("must be a whole number from 1 to 256")
    return int(raw)


def _proxies(raw: str) -> int:
    if not raw.isdecimal() or not 0 <= int(raw) <= 9:
        raise ValueError("must be a whole number from 0 to 9")
    return int(raw)


def _rate(raw: str) -> int:
    if not raw.isdecimal() or not 1 <= int(raw) <= 1_000_000:
        raise ValueError("must be a whole number from 1 to 1000000")
    return int(raw)


def _within(least: int, most: int) -> Callable[[str], int]:
    def read(raw: str) -> int:
        if not raw.isdecimal() or not least <= int(raw) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(raw)

    return read


def _issuer(raw: str) -> str:
    address = urlsplit(raw)
    if address.scheme != "https" and address.hostname not in {"127.0.0.1", "localhost"}:
        raise ValueError("must be an address that begins with https://")
    return raw.rstrip("/")


def _seconds(raw: str) -> float:
    try:
        seconds = float(raw)
    except ValueError:
        seconds = 0.0
    if not 0.05 <= seconds <= 3600:
        raise ValueError("must be a number of seconds from 0.05 to 3600")
    return seconds


def _hosts(raw: str) -> tuple[str, ...]:
    return tuple(host.strip() for host in raw.split(",") if host.strip())


def _level(raw: str) -> str:
    levels = ("debug", "info", "warning", "error")
    if raw.lower() not in levels:
        raise ValueError(f"must be one of {', '.join(levels)}")
    return raw.lower()


def _folder(raw: str) -> Path:
    folder = Path(raw).expanduser().resolve()
    if not folder.is_dir():
        raise ValueError(f"names {folder}, which is not a folder")
    return folder


def _file(raw: str) -> Path:
    file = Path(raw).expanduser().resolve()
    if not file.is_file():
        raise ValueError(f"names {file}, which is not a file")
    return file


def _secret(raw: str) -> str:
    if len(raw) < SHORTEST_SECRET:
        raise ValueError(
            f"must have at least {SHORTEST_SECRET} characters; make one with `openssl rand -hex 32`"
        )
    return raw


def _database(raw: str) -> str:
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


def _setting(default: str | None, read: Callable[[str], Any], meaning: str, *, secret: bool = False) -> Any:
    return field(
        repr=not secret,
        default_factory=lambda: None if default is None else read(default),
        metadata={"default": default, "read": read, "meaning": meaning},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this installation runs; each field is the environment variable KVARBOENDE_<FIELD>."""

    database_url: str = _setting(
        "sqlite:///var/kvarboende.db",
        _database,
        "where the cases are: an SQLite file or a PostgreSQL database",
        secret=True,
    )
    diagrams: Path = _setting(
        str(DIAGRAMS),
        _folder,
        "the folder with diagrams, forms, letters and scenarios",
    )
    secret_key: str | None = _setting(
        None,
        _secret,
        "signs the sessions of those signed in; `kvarboende run` keeps one in var/ when none is set",
        secret=True,
    )
    demo: bool = _setting(
        "0", _yes_or_no, "1 = fictional cases and open sign-ins, never with real people in it"
    )
    host: str = _setting("127.0.0.1", _text, "the address to listen on")
    port: int = _setting("8000", _port, "the port to listen on")
    trusted_hosts: tuple[str, ...] = _setting(
        "", _hosts, "host names that the pages may be asked for, with commas between; empty = any"
    )
    https: bool = _setting("0", _yes_or_no, "1 = people reach the pages over https, so cookies demand it")
    proxies: int = _setting(
        "0", _proxies, "how many proxies of our own stand in front and tell who calls (X-Forwarded-For)"
    )
    posts_per_minute: int = _setting(
        "240", _rate, "how many posts and searches one person, or one address, may make a minute"
    )
    session_idle_minutes: int = _setting(
        "30", _within(1, 1440), "so long a sign-in lasts without anything being done, in minutes"
    )
    session_hours: int = _setting("12", _within(1, 720), "so long a sign-in lasts at most, in hours")
    local_accounts: bool = _setting("1", _yes_or_no, "0 = nobody signs in with a name and password kept here")
    oidc_issuer: str | None = _setting(
        None, _issuer, "the address of the municipality's identity provider (OpenID Connect); empty = none"
    )
    oidc_client_id: str | None = _setting(None, _text, "what Kvarboende is called at the identity provider")
    oidc_client_secret: str | None = _setting(
        None, _text, "what Kvarboende shows to the identity provider; empty = a public client", secret=True
    )
    oidc_groups: Path | None = _setting(
        None, _file, "the file that says which group at the identity provider gives which access"
    )
    oidc_recheck_minutes: int = _setting(
        "10",
        _within(1, 1440),
        "so often the identity provider is asked whether who is signed in still has access",
    )
    web_processes: int = _setting("1", _count, "how many processes serve pages")
    web_threads: int = _setting("16", _count, "how many pages each of them serves at a time")
    worker_seconds: float = _setting(
        "5", _seconds, "at least this often the worker looks for due timers, in seconds"
    )
    log_level: str = _setting("info", _level, "debug, info, warning or error")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read the settings; raises SettingRefused with every problem, one sentence each."""
        known = {PREFIX + one.name.upper(): one for one in fields(cls)}
        problems = [
            _unknown(name, known) for name in environment if name.startswith(PREFIX) and name not in known
        ]
        values: dict[str, Any] = {}
        for name, one in known.items():
            raw = environment.get(name, "").strip() or one.metadata["default"]
            try:
                values[one.name] = None if raw is None else one.metadata["read"](raw)
            except ValueError as problem:
                problems.append(f"{name} {problem}.")
        problems = problems or _incomplete(values)
        if problems:
            raise SettingRefused("\n".join(problems))
        return cls(**values)

    @property
    def is_embedded(self) -> bool:
        """Is the database a file of our own, which we may create and migrate without asking?"""
        return self.database_url.startswith("sqlite:")

    @property
    def database_file(self) -> Path:
        """The SQLite file; ValueError when the database is PostgreSQL."""
        if not self.is_embedded:
            raise ValueError("the database is not a file")
        return Path(self.database_url.removeprefix("sqlite:///"))


def explained() -> list[tuple[str, str, str]]:
    """Every environment variable with its default and its meaning, in the order of the README's table."""
    return [
        (PREFIX + one.name.upper(), one.metadata["default"] or "", one.metadata["meaning"])
        for one in fields(Settings)
    ]


def _incomplete(values: Mapping[str, Any]) -> list[str]:
    """What is missing beside something else that is set."""
    if values["oidc_issuer"] is None:
        alone = "KVARBOENDE_LOCAL_ACCOUNTS=0 leaves no way to sign in: set KVARBOENDE_OIDC_ISSUER."
        return [] if values["local_accounts"] else [alone]
    return [
        f"{PREFIX}{name.upper()} must be set, since KVARBOENDE_OIDC_ISSUER is."
        for name in ("oidc_client_id", "oidc_groups")
        if values[name] is None
    ]


def _unknown(name: str, known: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"{name} is not a setting" + (f"; did you mean {near[0]}?" if near else ".")
