"""Refuses to serve pages in a way that would give cases away: known keys and passwords, open demos, no encryption."""

from __future__ import annotations

import ipaddress

from sqlalchemy import select
from sqlalchemy.engine import make_url

from processes.actions.demo import ADMINISTRATIONS, CAST, DEMO_PASSWORD
from processes.actions.people import check_password
from processes.errors import NotSignedIn, SettingRefused
from processes.models import Administration, Caseworker
from processes.runtime import Runtime
from processes.settings import Settings
from processes.unit_of_work import UnitOfWork

FEWEST_SIGNS = 8
"""Different signs in a key; one that is made at random has nearly always more."""
KNOWN_PASSWORDS = frozenset({"admin", "changeme", "database", "kvarboende", "password", "postgres", "secret"})

OPEN_TO_ANYBODY = (
    "KVARBOENDE_DEMO lets anybody sign in, but this database has others than the demo's people ({}): "
    "take KVARBOENDE_DEMO away, or use another database."
)
KNOWN_TO_ANYBODY = (
    "The demo's password, which is printed in public, lets {} in: use a database that was never a demo."
)


def refuse_what_is_unsafe(runtime: Runtime) -> None:
    """Raise SettingRefused with everything that must not meet real cases, one sentence each."""
    found = dangers_in(runtime.settings)
    with runtime.reading() as work:
        found += dangers_among_people(work, runtime.settings)
    if found:
        raise SettingRefused("\n".join(found))


def dangers_in(settings: Settings) -> list[str]:
    """What in the settings would let somebody in or let somebody listen; a demo has nothing to hide."""
    if settings.demo:
        return []
    found = []
    if settings.secret_key is not None and len(set(settings.secret_key)) < FEWEST_SIGNS:
        found.append(
            "KVARBOENDE_SECRET_KEY can be guessed: make one with `openssl rand -hex 32`, "
            "for whoever knows it can sign in as anybody."
        )
    if not settings.is_embedded and _password_is_known(settings):
        found.append("The password in KVARBOENDE_DATABASE_URL is one that everybody tries first: change it.")
    if not settings.https and not is_this_computer(settings.host):
        found.append(
            f"KVARBOENDE_HOST={settings.host} serves other computers, and KVARBOENDE_HTTPS is not 1: "
            "cookies and cases would go unencrypted. Put a proxy with a certificate in front and set it to 1."
        )
    return found


def dangers_among_people(work: UnitOfWork, settings: Settings) -> list[str]:
    """What the people in the database contradict: a demo with real people in it, or real work with the demo's."""
    if settings.demo:
        others = _people_of_no_demo(work, settings)
        return [OPEN_TO_ANYBODY.format(", ".join(others[:3]))] if others else []
    open_to_all = _who_has_the_demo_password(work)
    return [KNOWN_TO_ANYBODY.format(", ".join(open_to_all))] if open_to_all else []


def _people_of_no_demo(work: UnitOfWork, settings: Settings) -> list[str]:
    """Administrations that the demo does not have; on PostgreSQL, where nobody tries things out, staff as well."""
    others = set(work.session.scalars(select(Administration.key))) - ADMINISTRATIONS.keys()
    if not settings.is_embedded:
        others |= set(work.session.scalars(select(Caseworker.username))) - {one.username for one in CAST}
    return sorted(others)


def _who_has_the_demo_password(work: UnitOfWork) -> list[str]:
    names = [one.username for one in CAST]
    rows = work.session.execute(
        select(Caseworker.password_hash, Caseworker.username)
        .where(Caseworker.username.in_(names), Caseworker.is_active, Caseworker.password_hash != "")
        .order_by(Caseworker.username)
    )
    one_per_hash = dict(list(rows))
    return [username for username in one_per_hash.values() if _fits(work, username)]


def _fits(work: UnitOfWork, username: str) -> bool:
    try:
        check_password(work, username=username, password=DEMO_PASSWORD)
    except NotSignedIn:
        return False
    return True


def is_this_computer(host: str) -> bool:
    """Whether only programs on this computer can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _password_is_known(settings: Settings) -> bool:
    url = make_url(settings.database_url)
    return url.host is not None and not is_this_computer(url.host) and url.password in KNOWN_PASSWORDS
