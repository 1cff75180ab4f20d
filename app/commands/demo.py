"""The command that fills an empty database with fictional people and households, to try the product with."""

from __future__ import annotations

import os

import click

from processes.actions.demo import CAST, DEMO_PASSWORD, seed_demo
from processes.actions.demo_history import seed_history
from processes.errors import SettingRefused
from processes.migrations import must_be_migrated
from processes.runtime import Runtime
from processes.settings import Settings


@click.command()
def demo() -> None:
    """Fill an empty database with fictional cases, and show who can sign in to them."""
    settings = Settings.from_environment(os.environ)
    if not settings.demo:
        raise SettingRefused(
            "Demo sign-ins are open to anybody: set KVARBOENDE_DEMO=1 to say that this is a demo."
        )
    click.echo("Filled with demo cases." if fill_with_demo(settings) else "The database has people already.")
    click.echo(sign_ins())


def fill_with_demo(settings: Settings) -> bool:
    """Fill the database, unless it has people already; then False."""
    runtime = Runtime.open(settings)
    try:
        must_be_migrated(runtime.engine)
        with runtime.transaction() as work:
            is_new = seed_demo(work)
            if is_new:
                seed_history(work)
        return is_new
    finally:
        runtime.close()


def sign_ins() -> str:
    """The demo's people, what they do, and the password that all of them share, as lines to print."""
    people = (
        f"  {one.username:<8} {one.name:<16} {one.what.replace('_', ' ')}, {one.administration}"
        for one in CAST
    )
    return "\n".join((f"\nSign in as (password {DEMO_PASSWORD}):", *people, ""))
