"""The command `kvarboende`: everything that can be done at a terminal."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from processes.errors import Refusal

COMMANDS = {
    "run": "running",
    "serve": "running",
    "worker": "worker",
    "migrate": "running",
    "backup": "backups",
    "restore": "backups",
    "demo": "demo",
    "simulate": "simulate",
    "diagrams": "diagrams",
    "doctor": "doctor",
    "handbook": "handbook",
    "scenario": "scenarios",
    "log": "log",
    "key": "keys",
    "retention": "retention",
    "user": "users",
    "bench": "bench",
    "verify": "verify",
}
"""Each command, and the module of app/commands in which it is the function of that name."""


class Commands(click.Group):
    """Commands that are looked up when one is asked for, so that none waits for what only another one needs.

    A refusal is told as a sentence, without the traceback that only a programmer reads.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the alphabet's order, as click lists them."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"app.commands.{COMMANDS[cmd_name]}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal ends it with status 1."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            raise click.ClickException(refusal.in_full or str(type(refusal).__doc__)) from refusal


@click.group(cls=Commands)
@click.version_option(package_name="kvarboende")
def main() -> None:
    """Kvarboende: case handling that keeps people in their homes."""


if __name__ == "__main__":
    main()
