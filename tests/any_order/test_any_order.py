"""The short form: a few runs of whatever happens in a city, always the same ones; `make any-order` plays many more."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from processes.queries.diagrams import current_diagrams
from processes.rules.gates import Level, gates_of
from tests.any_order.gate_oracle import LAW
from tests.any_order.machine import machine_on
from tests.any_order.stage import Stage
from tests.city import City

SHORT = settings(
    max_examples=3, stateful_step_count=14, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture
def stage(sqlite_city: Path, tmp_path: Path) -> Stage:
    return Stage(sqlite_city, tmp_path)


def test_whatever_happens_in_whatever_order_everything_holds_afterwards(stage: Stage) -> None:
    run_state_machine_as_test(machine_on(stage, with_seed=8), settings=SHORT)


@pytest.mark.parametrize("city", ["sqlite"], indirect=True)
def test_the_oracle_knows_the_law_of_every_step_that_a_hard_gate_guards(city: City) -> None:
    with city.runtime.reading() as work:
        rows = [(one.process_key, one.version) for one in current_diagrams(work.session)]
        opened = [work.diagrams.get(work.session, *row) for row in rows]
        steps = [step for one in opened if one.parsed is not None for step in one.parsed.steps.values()]
    guarded = {
        step.id
        for step in steps
        if step.kind == "userTask" and any(gate.level is Level.HARD for gate in gates_of(step.properties))
    }
    assert guarded == set(LAW)
