"""The command `kvarboende`: everything that can be done at a terminal."""

from __future__ import annotations

from typing import Any

import click

from app.commands.backups import backup, restore
from app.commands.bench import bench
from app.commands.demo import demo
from app.commands.diagrams import diagrams
from app.commands.doctor import doctor
from app.commands.handbook import handbook
from app.commands.keys import key
from app.commands.log import log
from app.commands.retention import retention
from app.commands.running import migrate, run, serve, worker
from app.commands.scenarios import scenario
from app.commands.simulate import simulate
from app.commands.users import user
from app.commands.verify import verify
from processes.errors import Refusal


class Commands(click.Group):
    """Commands that tell a refusal as a sentence, without the traceback that only a programmer reads."""

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


for command in (
    run,
    serve,
    worker,
    migrate,
    backup,
    restore,
    demo,
    simulate,
    diagrams,
    doctor,
    handbook,
    scenario,
    log,
    key,
    retention,
    user,
    bench,
    verify,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
