"""People who work while programs are killed, the database stops or is full, and clocks are wrong, lose nothing.

The short form of `python -m tests.faults.run`, which goes on for as long as one likes.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from processes.migrations import migrate
from tests.faults.breaking import Scene, clock_jumps, database_restart, disk_full
from tests.faults.installation import wait_until
from tests.faults.ledger import DONE
from tests.faults.migrating import found_wrong, migrate_with
from tests.faults.run import POSTGRESQL, SQLITE, under_load

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
    """Kill web and worker, and PostgreSQL too, while people work; freeze the worker."""
    [web], [worker] = scene.installation.webs, scene.installation.workers
    _let_them_work(scene)
    for member in (web, worker):
        member.signal(signal.SIGKILL)
        member.running.wait()
        member.start()
    scene.installation.wait_for_pages()
    _let_them_work(scene)
    worker.signal(signal.SIGSTOP)
    database_restart(scene)
    worker.signal(signal.SIGCONT)
    _let_them_work(scene)


def fill_the_disk_and_turn_the_clocks(scene: Scene) -> None:
    """No room for a while, twice; and every clock wrong, twice."""
    _let_them_work(scene)
    disk_full(scene)
    _let_them_work(scene)
    clock_jumps(scene)
    _let_them_work(scene)


def test_what_people_were_told_is_kept_though_programs_and_postgresql_are_stopped_in_the_middle() -> None:
    outcome = under_load(
        "stopped", POSTGRESQL, seconds=0, seed=SEED, fault=stop_what_can_be_stopped, programs=1
    )
    assert outcome.wrong == []
    assert outcome.notes == []
    assert outcome.done >= 3 * AT_LEAST


def test_what_people_were_told_is_kept_though_the_disk_is_full_and_clocks_are_wrong() -> None:
    outcome = under_load(
        "full", SQLITE, seconds=0, seed=SEED, fault=fill_the_disk_and_turn_the_clocks, programs=1
    )
    assert outcome.wrong == []
    assert outcome.done >= 3 * AT_LEAST


def test_a_migration_that_was_killed_half_way_is_finished_by_the_next_start(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    assert migrate_with(url, die_at=150, command=ONLY_THE_TABLES) == -signal.SIGKILL
    migrate(url)
    assert found_wrong(url) == []
