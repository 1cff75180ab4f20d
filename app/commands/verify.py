"""The command that looks through a whole database for what is lost, doubled, stuck or tampered with."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict

import click

from processes.migrations import must_be_migrated
from processes.models import Administration
from processes.runtime import Runtime
from processes.settings import Settings
from processes.verification import Verification


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, the last one the sum.")
@click.option(
    "--administration", metavar="KEY", help="Only the cases of this administration, such as hisingen."
)
def verify(*, as_json: bool, administration: str | None) -> None:
    """Look for what is lost, doubled or stuck. Status 1 when there is any.

    Reads only, and may be run while the system is in use. Names cases and rows by their numbers, nobody by name.
    docs/faults.md says what each invariant means and what to do.
    """
    runtime = Runtime.open(Settings.from_environment(os.environ))
    try:
        must_be_migrated(runtime.engine)
        _must_exist(runtime, administration)
        walk = Verification(runtime, administration)
        count = 0
        for breach in walk.breaches():
            count += 1
            click.echo(json.dumps(asdict(breach), ensure_ascii=False) if as_json else f"WRONG   {breach}")
    finally:
        runtime.close()
    if as_json:
        click.echo(json.dumps({"cases": walk.cases, "breaches": count}))
    else:
        click.echo(f"{walk.cases} cases: {f'{count} things are wrong' if count else 'nothing is wrong'}.")
    sys.exit(1 if count else 0)


def _must_exist(runtime: Runtime, administration: str | None) -> None:
    with runtime.reading() as work:
        if administration is not None and work.session.get(Administration, administration) is None:
            raise click.UsageError(f"There is no administration {administration}.")
