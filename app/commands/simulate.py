"""The command that lets the time of a demo pass and tells what the processes did meanwhile."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import click

from processes.clock import swedish_time
from processes.migrations import must_be_migrated
from processes.queries.simulated_time import happenings_since
from processes.runtime import Runtime
from processes.settings import Settings
from processes.simulation import move_by, move_to_next_event, must_be_demo

WHAT = {
    "timer": "timer",
    "task_new": "new task",
    "task_withdrawn": "withdrawn",
    "task_late": "late",
    "deadline_passed": "deadline passed",
    "told": "told",
}


@click.command()
@click.option("--hours", type=click.IntRange(min=0), default=0, help="Let so many hours pass.")
@click.option("--days", type=click.IntRange(min=0), default=0, help="Let so many days pass.")
@click.option("--next", "to_next", is_flag=True, help="Let time pass until something is due.")
def simulate(*, hours: int, days: int, to_next: bool) -> None:
    """Move a demo's clock forward; without options, say where it stands. Never possible but in a demo."""
    runtime = Runtime.open(Settings.from_environment(os.environ))
    try:
        must_be_migrated(runtime.engine)
        with runtime.reading() as work:
            must_be_demo(runtime, work)
        by = timedelta(days=days, hours=hours)
        if to_next:
            _tell(runtime, move_to_next_event(runtime))
        elif by:
            _tell(runtime, move_by(runtime, by))
        click.echo(f"The demo's clock: {_local(runtime.clock.now())}")
    finally:
        runtime.close()


def _tell(runtime: Runtime, since: datetime) -> None:
    with runtime.reading() as work:
        for one in happenings_since(work.session, since, work.now):
            click.echo(f"  {_local(one.at)}  {one.number}  {WHAT[one.what]}: {one.text}")


def _local(instant: datetime) -> str:
    return f"{swedish_time(instant):%Y-%m-%d %H:%M}"
