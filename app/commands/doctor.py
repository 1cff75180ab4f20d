"""The command that looks at an installation and says, thing by thing, what is well and what is not."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.commands.installation import secret_key_file
from app.safety import dangers_among_people, dangers_in, is_this_computer
from processes.database import open_database
from processes.errors import Refusal, SettingRefused
from processes.migrations import must_be_migrated
from processes.runtime import Runtime
from processes.settings import Settings
from processes.smtp import connected

MENDED_SQLITE = (3, 51, 3)
BACKPORTS = {(3, 44): 6, (3, 50): 7}
"""Release lines with the mend, and from which release on."""
OLDEST_POSTGRESQL = 15
BUNDLE = Path(__file__).resolve().parent.parent / "static" / "dist" / "manifest.json"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and how it is; `is_warning` = it works, but should not stay so."""

    what: str
    said: str
    is_well: bool = True
    is_warning: bool = False

    def __str__(self) -> str:
        sign = "warning" if self.is_warning else "ok" if self.is_well else "WRONG"
        return f"{sign:<8}{self.what}: {self.said}"


@click.command()
def doctor() -> None:
    """Look at this installation and say what is wrong with it; status 1 when something is."""
    settings = Settings.from_environment(os.environ)
    checks = (_python, _database, _secret_key, _bundle, _demo, _people, _network, _mail)
    findings = [finding for check in checks for finding in _looked(check, settings)]
    for finding in findings:
        click.echo(finding)
    sys.exit(0 if all(finding.is_well for finding in findings) else 1)


def sqlite_is_mended(version: tuple[int, ...]) -> bool:
    """Has this SQLite the mend for lost commits when several connections write (3.51.3 and some backports)?"""
    return version >= MENDED_SQLITE or version[2] >= BACKPORTS.get((version[0], version[1]), sys.maxsize)


def _looked(check: Callable[[Settings], list[Finding]], settings: Settings) -> list[Finding]:
    what = check.__name__.strip("_").replace("_", " ")
    try:
        return check(settings)
    except (Refusal, OSError, SQLAlchemyError) as trouble:
        return [Finding(what, str(trouble).splitlines()[0], is_well=False)]


def _python(_settings: Settings) -> list[Finding]:
    return [Finding("python", sys.version.split()[0])]


def _database(settings: Settings) -> list[Finding]:
    if settings.is_embedded and not settings.database_file.exists():
        raise SettingRefused(f"{settings.database_file} does not exist yet: run `kvarboende migrate`.")
    engine = open_database(settings.database_url)
    try:
        with engine.connect() as connection:
            question = "SELECT sqlite_version()" if settings.is_embedded else "SHOW server_version"
            version = str(connection.execute(text(question)).scalar_one()).split()[0]
        must_be_migrated(engine)
    finally:
        engine.dispose()
    numbers = tuple(int(number) for number in version.split("."))
    if settings.is_embedded and not sqlite_is_mended(numbers):
        risk = "may lose a commit when several programs write; 3.51.3 is mended, PostgreSQL is safer"
        return [Finding("database", f"SQLite {version} {risk}", is_warning=True)]
    if not settings.is_embedded and numbers[0] < OLDEST_POSTGRESQL:
        return [Finding("database", f"PostgreSQL {version} is older than {OLDEST_POSTGRESQL}", is_well=False)]
    return [
        Finding(
            "database", f"{'SQLite' if settings.is_embedded else 'PostgreSQL'} {version}, tables up to date"
        )
    ]


def _secret_key(settings: Settings) -> list[Finding]:
    if settings.secret_key is not None:
        return [Finding("secret key", "set")]
    file = secret_key_file(settings)
    return [
        Finding("secret key", f"kept in {file}" if file.exists() else f"`kvarboende run` makes it in {file}")
    ]


def _bundle(_settings: Settings) -> list[Finding]:
    if not BUNDLE.exists():
        raise SettingRefused("the browser's files are not built: run `make frontend`.")
    return [Finding("bundle", f"{len(json.loads(BUNDLE.read_text()))} files for the browser")]


def _demo(settings: Settings) -> list[Finding]:
    if settings.demo and not settings.is_embedded:
        return [
            Finding("demo", "anybody can sign in to this database: KVARBOENDE_DEMO is set", is_warning=True)
        ]
    return [Finding("demo", "on" if settings.demo else "off")]


def _people(settings: Settings) -> list[Finding]:
    if settings.is_embedded and not settings.database_file.exists():
        return []
    runtime = Runtime.open(settings)
    try:
        must_be_migrated(runtime.engine)
        with runtime.reading() as work:
            wrong = dangers_among_people(work, settings)
    finally:
        runtime.close()
    return [Finding("people", told, is_well=False) for told in wrong] or [
        Finding("people", "the demo's people alone" if settings.demo else "none with the demo's password")
    ]


def _network(settings: Settings) -> list[Finding]:
    found = [Finding("network", told, is_well=False) for told in dangers_in(settings)]
    if is_this_computer(settings.host) and not settings.https:
        found.append(Finding("network", f"{settings.host}, for programs on this computer alone"))
    elif not settings.trusted_hosts:
        told = "any host name is answered: list yours in KVARBOENDE_TRUSTED_HOSTS"
        found.append(Finding("network", told, is_warning=True))
    if settings.https and not settings.proxies:
        told = "if a proxy of yours carries the certificate, say so with KVARBOENDE_PROXIES=1"
        found.append(Finding("network", told, is_warning=True))
    return found or [Finding("network", f"{settings.host}, over https")]


def _mail(settings: Settings) -> list[Finding]:
    server = settings.smtp_url
    if server is None:
        told = "off: KVARBOENDE_SMTP_URL is not set, so reminders stand in the pages alone"
        return [Finding("mail", told)]
    with connected(server, settings.smtp_ca):
        pass
    if server.scheme == "smtp+plain" and not is_this_computer(server.host):
        return [Finding("mail", f"{server} answers, but everybody on the way can read it", is_warning=True)]
    return [Finding("mail", f"{server} answers; mails come from {settings.mail_from}")]
