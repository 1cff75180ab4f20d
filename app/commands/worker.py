"""The command that starts a worker; it loads nothing of its own, since the worker is a program for itself."""

from __future__ import annotations

import os
import sys

import click


@click.command()
def worker() -> None:
    """Do what happens by itself: due timers. Several workers do no harm to each other."""
    os.execv(sys.executable, [sys.executable, "-m", "workers"])  # noqa: S606 -- our own program takes this one's place
