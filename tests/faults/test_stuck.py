"""Whatever way a case is stuck, one look finds it, says what is wrong, and says nothing of the cases in good order."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from processes.clock import ManualClock
from processes.rules.stuck import CHECKS
from processes.runtime import Runtime
from processes.settings import Settings
from tests.city import City
from tests.conftest import A_MONDAY_MORNING
from tests.faults import healthy
from tests.faults.mixed import copy_cases
from tests.faults.stuck import FAULTS, KINDS, hire, run

COPIES = 6


@pytest.fixture(scope="session")
def healthy_city(sqlite_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    """A city whose cases are all in good order, only to be copied from."""
    file = tmp_path_factory.mktemp("healthy") / "city.db"
    shutil.copyfile(sqlite_city, file)
    settings = Settings.from_environment({"KVARBOENDE_DATABASE_URL": f"sqlite:///{file}"})
    clock = ManualClock(A_MONDAY_MORNING)
    runtime = Runtime.open(settings, clock=clock)
    healthy.fill(City(runtime, clock))
    yield runtime
    runtime.close()


def test_every_stuck_kind_is_found_and_explained_and_no_healthy_case_is(city: City, healthy_city: Runtime):
    hire(city.runtime)
    copy_cases(healthy_city, city.runtime, COPIES)
    outcome = run(city.runtime, COPIES, each=1)
    assert outcome.cases == COPIES * KINDS
    assert outcome.missed == []
    assert outcome.false_alarms == []
    assert outcome.badly_explained == []


def test_there_is_a_fault_for_every_check():
    assert {key for key, _ in FAULTS} == CHECKS.keys()
