"""The command that asks of every diagram, form and decision table whether it may be published."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from processes.diagrams.check import problems_in
from processes.diagrams.files import process_keys, read_folder
from processes.diagrams.names import known_names
from processes.diagrams.problems import errors
from processes.operations import OPERATIONS
from processes.settings import Settings


@click.group()
def diagrams() -> None:
    """Diagrams, forms and decision tables."""


@diagrams.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path | None) -> None:
    """Say what is wrong with the diagrams in FOLDER (KVARBOENDE_DIAGRAMS when none is given); status 1 for errors."""
    files = read_folder(folder or Settings.from_environment(os.environ).diagrams)
    problems = problems_in(files, known_names(OPERATIONS))
    for problem in problems:
        click.echo(("" if problem.level == "error" else "(varning) ") + str(problem))
    wrong = len(errors(problems))
    click.echo(f"{len(process_keys(files))} processer, {wrong} fel, {len(problems) - wrong} varningar.")
    sys.exit(1 if wrong else 0)
