"""The commands for what is to be destroyed: look at it, and record what the municipality has decided."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from processes.actions.retention import decide_retention
from processes.migrations import must_be_migrated
from processes.models import Administration
from processes.queries.retention import Preview, preview_of
from processes.rules.retention import RESEARCH_BIRTHDAYS
from processes.runtime import Runtime
from processes.settings import Settings


@click.group()
def retention() -> None:
    """What must be kept and what is to be destroyed (sv. gallring)."""


@retention.command()
@click.argument("administration")
def preview(administration: str) -> None:
    """List the closed cases of ADMINISTRATION that are to be destroyed, and count those that are kept and why.

    Looks only. Cases are destroyed on the page Gallring, by two persons.
    """
    with _runtime() as runtime, runtime.reading() as work:
        _must_exist(work.session.get(Administration, administration), administration)
        _tell(preview_of(work.session, administration, work.now))


def _tell(found: Preview) -> None:
    if not found.is_decided:
        click.echo("Nothing has been decided for this administration: everything is kept.")
    for one in found.due:
        click.echo(f"{one.case.number}  last note {one.last_note_on}  {one.verdict.why}")
    for why, count in sorted(Counter(one.verdict.why for one in found.kept).items()):
        click.echo(f"kept: {count}  {why}")
    more = " and more" if found.has_more else ""
    click.echo(f"{len(found.due)} to be destroyed, {len(found.kept)} kept{more}. Nothing was changed.")


@retention.command()
@click.argument("administration")
@click.option("--municipality", required=True, help="The municipality's name.")
@click.option("--reference", required=True, help="Where the decision stands: the board's number and day.")
@click.option("--keep/--destroy", "keeps", required=True, help="Keep everything, or destroy as the law says.")
@click.option(
    "--research-birthday",
    "birthdays",
    type=click.IntRange(1, 31),
    multiple=True,
    default=sorted(RESEARCH_BIRTHDAYS),
    show_default=True,
    help="Day of the month; files of those born then are kept for research. Give it once per day.",
)
def decide(
    administration: str,
    municipality: str,
    reference: str,
    keeps: bool,  # noqa: FBT001 -- click gives each option by its name
    birthdays: Sequence[int],
) -> None:
    """Record what has been decided about the files of ADMINISTRATION; the earlier decisions stay."""
    with _runtime() as runtime, runtime.transaction() as work:
        _must_exist(work.session.get(Administration, administration), administration)
        decide_retention(
            work,
            administration=administration,
            municipality=municipality,
            keeps_for_ever=keeps,
            research_birthdays=birthdays,
            reference=reference,
        )
    click.echo(f"{administration}: {'everything is kept' if keeps else 'destroyed as the law says'}.")


def _must_exist(found: Administration | None, key: str) -> None:
    if found is None:
        raise click.UsageError(f"There is no administration {key}.")


@contextmanager
def _runtime() -> Iterator[Runtime]:
    runtime = Runtime.open(Settings.from_environment(os.environ))
    try:
        must_be_migrated(runtime.engine)
        yield runtime
    finally:
        runtime.close()
