"""Runs a diagram without a case: every choice is made by whoever explores, and every date can come at any time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Final, Self, cast

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.util.task import TaskState

from processes.engine.bundle import Bundle
from processes.engine.dmn import DecisionTable
from processes.engine.instance import Instance
from processes.engine.scripts import Scripts
from processes.engine.specs import CAME_FROM
from processes.engine.tidying import in_order, scopes_of
from processes.engine.waiting import waiting_in
from processes.engine.world import Value, World

AN_INSTANT: Final = datetime(2000, 1, 1, tzinfo=UTC)
Chooser = Callable[[int], int]
"""Picks one of so many ways."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A way taken at an exclusive gateway: the gateway, and the step that came next."""

    gateway: str
    target: str


@dataclass(frozen=True, slots=True)
class Oracle:
    """A world without facts, in which the chooser answers every question."""

    chooser: Chooser

    def fact(self, name: str, _at: datetime) -> Value:
        raise KeyError(name)

    def operate(self, _name: str, _parameters: Mapping[str, Value], _at: datetime) -> Mapping[str, Value]:
        return {}


class OracleScripts(Scripts):
    """Answers conditions by choice. The same condition has the same answer until something may have changed it."""

    def __init__(self, world: World, at: datetime) -> None:
        super().__init__(world, at)
        self.begin(cast(Oracle, world).chooser)

    def begin(self, chooser: Chooser) -> None:
        """Forget the answers of the last action; from now on `chooser` picks the ways."""
        self._chooser = chooser
        self._known: dict[str, bool] = {}
        self.chosen: list[Choice] = []

    def choose(self, task: Any, conditions: Sequence[tuple[str, str]], default: str | None) -> str:
        every = [*conditions, *([] if default is None else [("", default)])]
        ways = [(text, target) for text, target in every if self._known.get(text)]
        ways = ways or [(text, target) for text, target in every if text not in self._known] or every
        text, target = ways[self._chooser(len(ways))] if len(ways) > 1 else ways[0]
        self._known.update({condition: condition == text for condition, _target in conditions})
        if len(every) > 1:
            self.chosen.append(Choice(str(task.task_spec.bpmn_id), target))
        return target

    def instant(self, task: Any, step_id: str, expression: str) -> str:
        return AN_INSTANT.isoformat()

    def operate(self, task: Any, operation: str, parameters: Mapping[str, str]) -> None:
        self._known = {}

    def assign(self, task: Any, assignments: Sequence[tuple[str, str]]) -> None:
        self._known = {}

    def decide(self, task: Any, table: DecisionTable) -> None:
        self._known = {}


@dataclass(frozen=True, slots=True, order=True)
class Action:
    """Something that can happen next: a person completes a step, a message comes, or a date passes."""

    kind: str
    """`complete`, `message` or `date`."""
    name: str
    """The step, or the name of the message."""
    number: int = 0
    """Which of several steps of that name: one called process may run twice at the same time."""


class OracleInstance(Instance):
    """A process that runs on choices alone."""

    scripts_type: ClassVar[type[Scripts]] = OracleScripts

    @classmethod
    def begin(cls, bundle: Bundle, chooser: Chooser) -> tuple[Self, list[Choice]]:
        """Start the process; gives it together with the choices that were made."""
        instance = cls.start(bundle, Oracle(chooser), AN_INSTANT)
        return instance, instance.oracle.chosen

    @classmethod
    def resume(cls, bundle: Bundle, state: bytes) -> Self:
        """The process as it was dumped."""
        return cls.restore(bundle, state, Oracle(lambda _ways: 0))

    @property
    def oracle(self) -> OracleScripts:
        return cast(OracleScripts, self._scripts)

    def possible(self) -> list[Action]:
        """What can happen next, in a fixed order."""
        found = [Action("message", message) for message in self.awaited_messages]
        found += _numbered("complete", [step.step_id for step in self.open_tasks])
        found += _numbered("date", [timer.step_id for timer in self.timers])
        return sorted(found)

    def take(self, action: Action, chooser: Chooser) -> list[Choice]:
        """Let it happen; gives the choices that were made on the way."""
        self.oracle.begin(chooser)
        if action.kind == "message":
            self.deliver(action.name, AN_INSTANT)
        elif action.kind == "complete":
            steps = [step for step in self.open_tasks if step.step_id == action.name]
            self.complete(steps[action.number].id, {}, AN_INSTANT)
        else:
            dated = [
                place for place in waiting_in(self._top) if place.due_at and place.step_id == action.name
            ]
            with self._acting(AN_INSTANT):
                dated[action.number].wake()
                self._advance()
        return self.oracle.chosen

    def tokens(self) -> list[tuple[str, ...]]:
        """Where the case stands: for every open or waiting step the calls it lies in, its name and its state."""
        places: list[tuple[str, ...]] = []
        paths: dict[Any, tuple[str, ...]] = {None: ()}
        for scope in scopes_of(self._top):
            path = paths[scope.parent_task_id]
            for task in in_order(scope):
                if task.state == TaskState.STARTED:
                    paths[task.id] = (*path, task.task_spec.name)
                if _stands(scope, task):
                    came_from = str(task.internal_data.get(CAME_FROM, ""))
                    places.append((*path, task.task_spec.name, TaskState.get_name(task.state), came_from))
        return sorted(places)


def _numbered(kind: str, step_ids: list[str]) -> list[Action]:
    return [Action(kind, step_id, step_ids[:place].count(step_id)) for place, step_id in enumerate(step_ids)]


def _stands(scope: Any, task: Any) -> bool:
    if isinstance(task.task_spec, BoundaryEventSplit) or task.task_spec is scope.spec.end:
        return False
    return bool(task.has_state(TaskState.READY | TaskState.WAITING | TaskState.STARTED))
