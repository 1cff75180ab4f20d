"""The command that shows which requirement of the handbook is carried and shown by what, and which is missing."""

from __future__ import annotations

from pathlib import Path

import click

from processes.errors import NotFound
from processes.handbook import Status, coverage_rows, coverage_text

ROOT = Path(__file__).resolve().parents[2]


@click.group()
def handbook() -> None:
    """The handbook as numbered requirements."""


@handbook.command()
@click.option(
    "--only", type=click.Choice([status.value for status in Status]), help="List those of one status."
)
def coverage(only: str | None) -> None:
    """List for every requirement what carries it, which test shows it, and what is missing."""
    if not (ROOT / "tests").is_dir():
        raise NotFound(
            "The coverage is read from diagrams, code and tests, so it needs a checkout of the repository."
        )
    click.echo(coverage_text(coverage_rows(ROOT), only=Status(only) if only else None), nl=False)
