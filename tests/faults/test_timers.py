"""Workers that are killed at random moments lose no timer and let none go off twice."""

from __future__ import annotations

import os
from collections.abc import Iterator

from tests.faults.timers import prepare, run
from tests.postgres import PostgresServer

TIMERS = 150
KILLS = 3


def test_every_timer_goes_off_exactly_once_though_workers_are_killed(
    postgres: PostgresServer, postgres_city: str, database_numbers: Iterator[int]
):
    name = f"faults_{os.getpid()}_{next(database_numbers)}"
    url = postgres.create(name, template=postgres_city)
    runtime = prepare(url, TIMERS)
    outcome = run(runtime, url, timers=TIMERS, workers=2, kills=KILLS, seed=4)
    runtime.close()
    postgres.drop(name)
    assert outcome.killed == KILLS
    assert outcome.is_right, outcome.sentence
