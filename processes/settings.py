"""What can be set from outside: every environment variable, what it means, and what it is when nobody sets it.

Read once, when a program starts, and never changed after that. A value that cannot be used is refused with a
sentence that names the variable; so is a KVARBOENDE_ variable that does not exist, since it is most likely misspelt.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import time
from pathlib import Path
from typing import Any, Self

from processes import setting_values as value
from processes.errors import SettingRefused
from processes.smtp import MailServer

PREFIX = "KVARBOENDE_"
DIAGRAMS = Path(__file__).resolve().parent.parent / "bpmn-diagrams"


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
        value.database,
        "where the cases are: an SQLite file or a PostgreSQL database",
        secret=True,
    )
    diagrams: Path = _setting(
        str(DIAGRAMS),
        value.folder,
        "the folder with diagrams, forms, letters and scenarios",
    )
    secret_key: str | None = _setting(
        None,
        value.secret,
        "signs the sessions of those signed in; `kvarboende run` keeps one in var/ when none is set",
        secret=True,
    )
    demo: bool = _setting(
        "0", value.yes_or_no, "1 = fictional cases and open sign-ins, never with real people in it"
    )
    host: str = _setting("127.0.0.1", value.text, "the address to listen on")
    port: int = _setting("8000", value.port, "the port to listen on")
    trusted_hosts: tuple[str, ...] = _setting(
        "", value.hosts, "host names that the pages may be asked for, with commas between; empty = any"
    )
    https: bool = _setting(
        "0", value.yes_or_no, "1 = people reach the pages over https, so cookies demand it"
    )
    proxies: int = _setting(
        "0", value.proxies, "how many proxies of our own stand in front and tell who calls (X-Forwarded-For)"
    )
    posts_per_minute: int = _setting(
        "240", value.rate, "how many posts and searches one person, or one address, may make a minute"
    )
    session_idle_minutes: int = _setting(
        "30", value.within(1, 1440), "so long a sign-in lasts without anything being done, in minutes"
    )
    session_hours: int = _setting("12", value.within(1, 720), "so long a sign-in lasts at most, in hours")
    local_accounts: bool = _setting(
        "1", value.yes_or_no, "0 = nobody signs in with a name and password kept here"
    )
    oidc_issuer: str | None = _setting(
        None,
        value.issuer,
        "the address of the municipality's identity provider (OpenID Connect); empty = none",
    )
    oidc_client_id: str | None = _setting(
        None, value.text, "what Kvarboende is called at the identity provider"
    )
    oidc_client_secret: str | None = _setting(
        None,
        value.text,
        "what Kvarboende shows to the identity provider; empty = a public client",
        secret=True,
    )
    closed_days: Path | None = _setting(
        None, value.file, "the file with the days on which the offices are shut besides holidays and eves"
    )
    oidc_groups: Path | None = _setting(
        None, value.file, "the file that says which group at the identity provider gives which access"
    )
    oidc_recheck_minutes: int = _setting(
        "10",
        value.within(1, 1440),
        "so often the identity provider is asked whether who is signed in still has access",
    )
    base_url: str | None = _setting(
        None,
        value.place,
        "where people reach the pages, such as https://kvarboende.example.se; mails link there",
    )
    smtp_url: MailServer | None = _setting(
        None,
        MailServer.from_url,
        "the mail server, smtps://user:password@host or smtp:// with STARTTLS; empty = no mail is sent",
        secret=True,
    )
    smtp_ca: Path | None = _setting(
        None,
        value.file,
        "the certificate that signed the mail server's, where this computer does not know it",
    )
    mail_from: str | None = _setting(None, value.mailbox, "the address that mails come from")
    mail_domains: tuple[str, ...] = _setting(
        "",
        value.hosts,
        "what may stand after @ in an address of the staff, with commas between; empty = anything",
    )
    digest_at: time = _setting(
        "07:30", value.time_of_day, "when the daily digest is sent on working days, to those who want it"
    )
    web_processes: int = _setting("1", value.count, "how many processes serve pages")
    web_threads: int = _setting("16", value.count, "how many pages each of them serves at a time")
    emergency_hours: int = _setting(
        "4",
        value.within(1, 72),
        "so long an emergency opens a case to somebody who has nothing to do with it",
    )
    protected_circle: frozenset[str] = _setting(
        ",".join(value.CIRCLE),
        value.circle,
        "who sees number and address of a protected person: some of these, with commas between",
    )
    release_approval: bool = _setting(
        "1",
        value.yes_or_no,
        "0 = a process owner may publish changed processes without a second one's approval",
    )
    stuck_after: Mapping[str, int] = _setting(
        "",
        value.limits,
        "when work counts as stuck, where not as usual: names of docs/arbetsledning.md, such as overdue_working_days=2",
    )
    worker_seconds: float = _setting(
        "5", value.seconds, "at least this often the worker looks for due timers, in seconds"
    )
    worker_port: int | None = _setting(
        None, value.port, "the port on which a worker tells of itself (/health, /metrics); empty = none"
    )
    metrics_token: str | None = _setting(
        None,
        value.secret,
        "what a monitor shows to read /metrics (Authorization: Bearer ...); empty = no figures",
        secret=True,
    )
    log_level: str = _setting("info", value.level, "debug, info, warning or error")
    log_format: str = _setting(
        "text",
        value.log_format,
        "json = a line of the log is one JSON object, for a program that collects them",
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read the settings; raises SettingRefused with every problem, one sentence each."""
        known = {PREFIX + one.name.upper(): one for one in fields(cls)}
        environment, problems = _with_files_read(environment, known)
        problems += [
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


def _with_files_read(
    environment: Mapping[str, str], known: Mapping[str, Any]
) -> tuple[dict[str, str], list[str]]:
    """A secret may stand in a file instead, named by its variable with _FILE: containers are given secrets so."""
    read, problems = dict(environment), []
    for name in (name for name, one in known.items() if not one.repr):
        path = read.pop(f"{name}_FILE", "").strip()
        if not path:
            continue
        if read.get(name, "").strip():
            problems.append(f"{name} and {name}_FILE are both set: take one of them away.")
        try:
            read[name] = Path(path).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{name}_FILE names {path}, which cannot be read ({type(error).__name__}).")
    return read, problems


def _incomplete(values: Mapping[str, Any]) -> list[str]:
    """What is missing beside something else that is set."""
    return _incomplete_provider(values) + [
        f"{PREFIX}{name.upper()} must be set, since KVARBOENDE_SMTP_URL is."
        for name in ("base_url", "mail_from")
        if values["smtp_url"] is not None and values[name] is None
    ]


def _incomplete_provider(values: Mapping[str, Any]) -> list[str]:
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
