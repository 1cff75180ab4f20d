"""People who work while programs are killed, the database stops or is full, and clocks are wrong, lose nothing.

The short form of `python -m tests.faults.run`, which goes on for as long as one likes.
"""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path

from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from processes.clock import ManualClock
from processes.migrations import migrate
from processes.models import Case
from processes.runtime import Runtime
from processes.settings import Settings
from processes.verification import breaches_in
from tests.city import City
from tests.conftest import A_MONDAY_MORNING
from tests.faults.breaking import Scene, clock_jumps, database_restart
from tests.faults.hooks.sitecustomize import limiting
from tests.faults.installation import leave_no_room, wait_until
from tests.faults.ledger import DONE
from tests.faults.migrating import found_wrong, migrate_with
from tests.faults.older import left_by_older, lost_since
from tests.faults.run import POSTGRESQL, under_load

SEED = 8
ONLY_THE_TABLES = (
    sys.executable, "-c", "import os; from processes.migrations import migrate; migrate(os.environ['URL'])",
)  # fmt: skip
AT_LEAST = 4
"""Things that people must have been told are done, or nothing was tried."""


def _let_them_work(scene: Scene) -> None:
    """Until something more has been acknowledged, and so has been written while it was broken or just after."""
    before = scene.crowd.ledger.answers[DONE]
    wait_until(lambda: scene.crowd.ledger.answers[DONE] >= before + AT_LEAST, "people can work")


def stop_what_can_be_stopped(scene: Scene) -> None:
    """Kill the web process, stop PostgreSQL while the worker is frozen, and let the clocks be wrong; people go on."""
    [web], [worker] = scene.installation.webs, scene.installation.workers
    _let_them_work(scene)
    web.signal(signal.SIGKILL)
    web.running.wait()
    web.start()
    scene.installation.wait_for_pages()
    worker.signal(signal.SIGSTOP)
    database_restart(scene)
    worker.signal(signal.SIGCONT)
    _let_them_work(scene)
    clock_jumps(scene)
    _let_them_work(scene)


def test_what_people_were_told_is_kept_though_everything_is_stopped_in_the_middle() -> None:
    outcome = under_load(
        "stopped", POSTGRESQL, seconds=0, seed=SEED, fault=stop_what_can_be_stopped, programs=1
    )
    assert outcome.wrong == []
    assert outcome.notes == []
    assert outcome.done >= 3 * AT_LEAST


def test_nothing_is_half_done_when_the_disk_is_full_and_afterwards_work_goes_on(
    sqlite_city: Path, tmp_path: Path
) -> None:
    file = tmp_path / "city.db"
    shutil.copyfile(sqlite_city, file)
    leave_no_room(f"sqlite:///{file}")
    clock = ManualClock(A_MONDAY_MORNING)
    runtime = Runtime.open(
        Settings.from_environment({"KVARBOENDE_DATABASE_URL": f"sqlite:///{file}"}), clock=clock
    )
    city = City(runtime, clock)
    full = tmp_path / "full"
    event.listen(runtime.engine, "begin", limiting(full))
    city.register()
    full.touch()
    refused = 0
    for apartment in range(20):  # the first may find room on pages that are there
        try:
            city.register(apartment=f"{apartment}")
        except OperationalError:
            refused += 1
    assert refused > 10
    full.unlink()
    city.register(apartment="3001")
    with runtime.reading() as work:
        assert work.session.scalar(select(func.count()).select_from(Case)) == 22 - refused
    assert breaches_in(runtime) == []
    runtime.close()


def test_a_migration_that_was_killed_half_way_is_finished_by_the_next_start(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    assert migrate_with(url, die_at=150, command=ONLY_THE_TABLES) == -signal.SIGKILL
    migrate(url)
    assert found_wrong(url) == []


def test_a_migration_of_an_older_database_that_was_killed_half_way_loses_nothing(
    sqlite_city: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'older.db'}"
    left = left_by_older(url, "0004", f"sqlite:///{sqlite_city}")
    assert left["caseworkers"]
    assert migrate_with(url, die_at=40, command=ONLY_THE_TABLES) == -signal.SIGKILL
    migrate(url)
    assert lost_since(url, left, "0004") == []
    assert found_wrong(url) == []
