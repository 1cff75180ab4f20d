"""The commands that write the whole database into a file and put it back."""

from __future__ import annotations

import os
from pathlib import Path

import click

from processes.backups import Manifest, write_backup
from processes.backups import restore as put_back
from processes.clock import SystemClock
from processes.settings import Settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write the whole database to FILE, or into the folder FILE under a name with the time; nothing need be stopped.

    The key of the installation (KVARBOENDE_SECRET_KEY) is not in it: keep it elsewhere.
    """
    settings = Settings.from_environment(os.environ)
    now = SystemClock().now()
    if file.is_dir():
        file = file / f"kvarboende-{now:%Y%m%dT%H%M%SZ}.backup"
    manifest = write_backup(settings, file, now)
    click.echo(f"{file}: {_told(manifest)}, {file.stat().st_size} bytes.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put the backup FILE into the database of this installation, which must be empty, and bring it up to date."""
    manifest = put_back(Settings.from_environment(os.environ), file)
    click.echo(f"Restored {_told(manifest)}, as of {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC.")
    click.echo(
        "Whatever was destroyed after that is there again: destroy it anew (docs/operations.md). "
        "`kvarboende verify` looks at every case."
    )


def _told(manifest: Manifest) -> str:
    rows = manifest.contents.rows
    return f"{sum(rows.values())} rows in {len(rows)} tables of version {manifest.contents.version}"
