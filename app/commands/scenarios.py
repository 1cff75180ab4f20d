"""The command that plays stories: on a database and a clock of their own, through the actions that the pages call."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from app.commands.installation import bring_up_to_date
from processes.actions.demo import seed_people
from processes.clock import ManualClock
from processes.runtime import Runtime
from processes.scenarios import Outcome, Story, play, read_story
from processes.settings import Settings


@click.group()
def scenario() -> None:
    """Stories that must come true."""


@scenario.command("run")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def run_scenarios(files: tuple[Path, ...]) -> None:
    """Play the stories in FILES and report every expectation; status 1 when one does not come true."""
    settings = Settings.from_environment(os.environ)
    stories = [read_story(file.read_bytes(), file=str(file)) for file in files]
    with TemporaryDirectory(prefix="kvarboende-") as folder:
        empty = Path(folder) / "empty.db"
        bring_up_to_date(replace(settings, database_url=f"sqlite:///{empty}"))
        outcomes = []
        for number, story in enumerate(stories):
            database = Path(folder) / f"{number}.db"
            shutil.copyfile(empty, database)
            outcomes.append(_play(replace(settings, database_url=f"sqlite:///{database}"), story))
            _report(outcomes[-1])
    true = sum(outcome.came_true for outcome in outcomes)
    click.echo(f"{true} of {len(outcomes)} stories came true.")
    sys.exit(0 if true == len(outcomes) else 1)


def _play(settings: Settings, story: Story) -> Outcome:
    runtime = Runtime.open(settings, clock=ManualClock(story.starts_at))
    try:
        with runtime.transaction() as work:
            seed_people(work)
        return play(runtime, story)
    finally:
        runtime.close()


def _report(outcome: Outcome) -> None:
    click.echo(f"{outcome.story.id} {outcome.story.title}")
    for checked in outcome.checked:
        if checked.came_true:
            click.echo(f"  ok    {checked.step:>3}  {checked.what}")
        else:
            click.echo(f"  WRONG {checked.step:>3}  {checked.what}: {checked.found}")
    click.echo()
