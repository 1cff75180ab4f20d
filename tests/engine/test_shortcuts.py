"""What the engine leaves out to be quick changes nothing: a case takes the same way as with the library's own steps."""

from __future__ import annotations

import importlib.util
import uuid
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

import pytest
import SpiffWorkflow
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.specs.MultiChoice import MultiChoice
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from processes.engine import Bundle, Instance, state
from processes.engine.random_walk import Walk, random_walk
from processes.engine.specs import ExclusiveStep
from processes.engine.tidying import in_order, scopes_of
from tests.diagrams.test_every_diagram import KEYS, bundle
from tests.engine.drawn import NOON, Case, Drawn, bundle_of, complete, day, open_steps
from tests.engine.offices import office, presence, rounds

SEEDS = range(6)


def as_published(name: str) -> ModuleType:
    """A module of the library as its authors wrote it, beside the one that the engine has changed."""
    [folder] = SpiffWorkflow.__path__
    *folders, called = name.split(".")
    path = f"{folder}/{name.replace('.', '/')}.py"
    package = ".".join(["SpiffWorkflow", *folders])
    spec = importlib.util.spec_from_file_location(f"{package}._as_published_{called}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def guess_at_once(self: Any, my_task: Any) -> None:
    self._predict(my_task, mask=TaskState.NOT_FINISHED_MASK)
    if self._update_hook(my_task):
        my_task._ready()


def look_everywhere(instance: Instance) -> Any:
    for scope in reversed(scopes_of(instance._top)):
        for task in in_order(scope):
            if task.state == TaskState.READY and not task.task_spec.manual:
                return task
    return None


def load_with_guesses(top: Any, stored: dict[str, Any], *, plainly: Any) -> None:
    plainly(top, stored)
    scope = list(scopes_of(top))[-1]
    for task in in_order(scope):
        task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)


def without_shortcuts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the engine do everything the long way."""
    library = as_published("workflow").Workflow
    monkeypatch.setattr(Workflow, "update_waiting_tasks", library.update_waiting_tasks)
    monkeypatch.setattr(Task, "_set_state", as_published("task").Task._set_state)
    monkeypatch.setattr("SpiffWorkflow.task.uuid4", lambda: uuid.uuid4().hex)
    monkeypatch.setattr(TaskSpec, "_update", guess_at_once)
    monkeypatch.setattr(TaskSpec, "_run", as_published("specs.base").TaskSpec._run)
    monkeypatch.setattr(ExclusiveStep, "_predict_hook", MultiChoice._predict_hook)
    monkeypatch.setattr(Instance, "_next_automatic", look_everywhere)
    monkeypatch.setattr(state, "_load_scope", partial(load_with_guesses, plainly=state._load_scope))


def walks(processes: list[Bundle]) -> list[Walk]:
    return [random_walk(process, seed) for process in processes for seed in SEEDS]


def test_a_case_takes_the_same_way_as_without_shortcuts(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = [bundle_of(office(), presence()), bundle_of(rounds())]
    processes = [*drawn, *(bundle(key) for key in KEYS)]
    quick = walks(processes)
    assert sum(len(walk.passed) for walk in quick) > 1000
    without_shortcuts(monkeypatch)
    assert walks(processes) == quick


def changes() -> list[Callable[[Instance], object]]:
    """Everything that moves a process on."""
    return [
        lambda instance: complete(instance, "a"),
        lambda instance: instance.deliver("nytt", NOON),
        lambda instance: instance.fire_due(day(9)),
        lambda instance: instance.read_date_again("datum", NOON),
        lambda instance: instance.cancel(),
    ]


def test_a_case_that_moves_is_stored_and_shown_anew_and_one_that_rests_as_it_was() -> None:
    drawn = Drawn().start().par("dela").user("a", "b").wait("vanta").timer("datum", "dag")
    drawn.message("besked", "nytt").end().flow("start", "dela", "a", "b", "slut")
    process = bundle_of(drawn.flow("dela", "vanta", "datum", "slut").flow("vanta", "besked", "slut"))
    stored = Instance.start(process, Case({"dag": day(5).isoformat()}), NOON).dump()
    for change in changes():
        instance = Instance.restore(process, stored, Case({"dag": day(7).isoformat()}))
        assert instance.dump() is stored
        before = shown(instance)
        change(instance)
        assert instance.dump() != stored
        assert shown(instance) != before
        assert shown(Instance.restore(process, instance.dump(), Case({}))) == shown(instance)


def shown(instance: Instance) -> tuple[object, ...]:
    return (open_steps(instance), instance.timers, instance.awaited_messages, instance.is_finished)
