"""The command that measures Kvarboende on an empty database: how fast, how small and how punctual it is."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from processes.errors import SettingRefused

LETTERS = "abcdefg"
MISSING = (
    "The measures are not installed: run this in a checkout of the source, which has the folder benchmarks/."
)


@click.command()
@click.option(
    "--database",
    "databases",
    multiple=True,
    metavar="URL",
    help="An empty database, filled and emptied again; `sqlite` is a new file, as when none is given. Repeatable.",
)
@click.option("--only", default=LETTERS, metavar="LETTERS", help="Only these measures, such as a,c.")
@click.option("--small", is_flag=True, help="Less of everything, and at most 100,000 tasks in the inbox.")
@click.option(
    "--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write it all there."
)
@click.option(
    "--write",
    "document",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Put the figures between the marks of this document.",
)
def bench(
    *, databases: tuple[str, ...], only: str, small: bool, json_file: Path | None, document: Path | None
) -> None:
    """Measure: (a) completing tasks, (b) whole cases, (c) the inbox, (d) timers, (e) bytes, (f) memory, (g) a peer."""
    letters = _letters(only)
    run, report = _benchmarks("run"), _benchmarks("report")
    with TemporaryDirectory(prefix="kvarboende-bench-") as folder:
        own = f"sqlite:///{folder}/bench.db"
        urls = [own if url == "sqlite" else url for url in databases or ("sqlite",)]
        size = run.SMALL if small else run.FULL
        found = run.measure(urls, letters, size, lambda what: click.echo(what, err=True))
    for result in found.results:
        click.echo(f"\n{report.as_table(result)}")
    if json_file is not None:
        json_file.write_text(json.dumps(found.as_json(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    if document is not None:
        report.write_into(document, report.as_markdown(found, _command(only, small=small)))
    sys.exit(0 if found.is_whole else 1)


def _letters(only: str) -> frozenset[str]:
    """The measures that are asked for. Raises SettingRefused for what is none."""
    letters = frozenset(only) - frozenset(", ")
    unknown = "".join(sorted(letters - frozenset(LETTERS)))
    if unknown or not letters:
        asked = f"--only has no measure {unknown}" if unknown else "--only names no measure"
        raise SettingRefused(f"{asked}: give some of the letters {LETTERS}, such as --only a,c.")
    return letters


def _command(only: str, *, small: bool) -> str:
    """The command as it can be given again; the databases have passwords in their addresses."""
    if only == LETTERS and not small:
        return "make bench"
    return "kvarboende bench" + (f" --only {only}" if only != LETTERS else "") + (" --small" if small else "")


def _benchmarks(module: str) -> Any:
    """A module of benchmarks/, which is part of the source and need not be part of an installation."""
    try:
        return import_module(f"benchmarks.{module}")
    except ModuleNotFoundError as missing:
        if missing.name is None or not missing.name.startswith("benchmarks"):
            raise
        raise SettingRefused(MISSING) from missing
