"""The commands for keys of connected systems: make one, list them, revoke one."""

from __future__ import annotations

from datetime import date, timedelta

import click

from app.commands.installation import transaction
from processes.actions.api_keys import create_key, end_key
from processes.clock import swedish_day
from processes.errors import KeyNotFound
from processes.queries.api_keys import find_key, keys_of, state_of
from processes.queries.people import find_caseworker
from processes.rules.connections import LONGEST_VALIDITY_DAYS, SCOPES, SYSTEM_KINDS

STATES = {
    "working": "works",
    "waiting": "waits for approval",
    "expired": "has expired",
    "revoked": "is revoked",
}


@click.group()
def key() -> None:
    """Keys with which other systems call /api/v1."""


@key.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(sorted(SYSTEM_KINDS)), required=True)
@click.option("--administration", required=True, help="The key of the administration, such as hisingen.")
@click.option("--landlord", default="", help="The landlord's name, for a landlord's system.")
@click.option("--acts-as", help="The user name of the person in whose name an internal system works.")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice(sorted(SCOPES)), help="What it may do; repeat it."
)
@click.option(
    "--days", type=click.IntRange(0, LONGEST_VALIDITY_DAYS), default=365, help="How long it works from today."
)
def create(  # noqa: PLR0917 -- click gives each option by its name
    name: str,
    kind: str,
    administration: str,
    landlord: str,
    acts_as: str | None,
    scopes: tuple[str, ...],
    days: int,
) -> None:
    """Make a key for the system NAME, and print it this once."""
    with transaction() as work:
        person = find_caseworker(work.session, acts_as) if acts_as else None
        made, secret = create_key(
            work,
            name=name,
            kind=kind,
            administration=administration,
            landlord_name=landlord,
            acts_as=person,
            scopes=scopes or (SYSTEM_KINDS[kind].scopes if kind != "internal" else ()),
            expires_on=swedish_day(work.now) + timedelta(days=days),
        )
        waits = made.approved_at is None
        works_as = made.caseworker.name
    click.echo(secret)
    if waits:
        click.echo(f"It works when {works_as} has approved it on the page /systemnycklar/mina.", err=True)


@key.command("list")
@click.argument("administration")
def list_keys(administration: str) -> None:
    """List the keys of ADMINISTRATION, the newest first."""
    with transaction() as work:
        for one in keys_of(work.session, administration):
            used = _day(one.last_used_on) or "never"
            click.echo(
                f"{one.prefix}  {one.name} ({one.kind}) {STATES[state_of(one, work.now)]}, "
                f"until {one.expires_on}, last used {used}: {' '.join(one.scopes)}"
            )


@key.command()
@click.argument("prefix")
def revoke(prefix: str) -> None:
    """Let the key that begins with PREFIX open nothing any more."""
    with transaction() as work:
        found = find_key(work.session, prefix)
        if found is None:
            raise KeyNotFound(f"There is no key that begins with {prefix}.")
        end_key(work, key=found)
        name = found.name
    click.echo(f"The key of {name} opens nothing any more.")


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
