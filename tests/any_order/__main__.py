"""The long form: many runs of many steps, for minutes or hours; a failure is printed as the shortest way to it."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test

from processes.clock import ManualClock
from processes.migrations import migrate
from processes.runtime import Runtime
from tests.any_order.machine import TOTAL, machine_on
from tests.any_order.stage import BEGINS_AT, Stage, settings_for
from tests.city import found_city
from tests.postgres import start_server


def main() -> None:
    """Run as the arguments say; an AssertionError with the way to it when something does not hold."""
    asked = _arguments()
    with TemporaryDirectory(prefix="any-order-", dir=_roomy()) as folder:
        stage = _stage(asked.database, Path(folder))
        begun = time.process_time()
        run = settings(
            max_examples=asked.examples, stateful_step_count=asked.steps, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), print_blob=False, verbosity=Verbosity.normal,
            phases=[Phase.generate, Phase.shrink] if asked.shrink else [Phase.generate],
            report_multiple_bugs=False,
        )  # fmt: skip
        try:
            run_state_machine_as_test(machine_on(stage, asked.seed), settings=run)
        finally:
            for what, count in sorted(TOTAL.items()):
                sys.stdout.write(f"{count:7} {what}\n")
            spent = time.process_time() - begun
            sys.stdout.write(f"seed {asked.seed}, {asked.database}: {spent:.0f} s CPU\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=200)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--no-shrink", dest="shrink", action="store_false")
    return parser.parse_args()


def _roomy() -> str | None:
    memory = Path("/dev/shm")  # noqa: S108 -- a private folder is made in it
    return str(memory) if memory.is_dir() else None


def _stage(database: str, folder: Path) -> Stage:
    """A founded city to copy, on the database that is asked for."""
    if database == "sqlite":
        file = folder / "template.db"
        url = f"sqlite:///{file}"
        stage = Stage(file, folder)
    else:
        server = start_server()
        url = server.create("any_order_template")
        stage = Stage("any_order_template", folder, server)
    migrate(url)
    runtime = Runtime.open(settings_for(url), clock=ManualClock(BEGINS_AT[0]))
    found_city(runtime)
    runtime.close()
    return stage


if __name__ == "__main__":
    main()
