"""One running process of a case: start it, complete a step, deliver a message, let time pass, and store it.

The instance knows no database and no clock. Every request carries its own instant, and facts and operations are asked
as of that instant. Timers fire only in `fire_due`, one at a time, in the order of their dates, each at its own instant.
After a failed request the object is spent: throw it away and restore the stored state.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Final, Self
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from processes.engine.bundle import Bundle
from processes.engine.failures import InstanceSpent, StepFailed, StepNotOpen
from processes.engine.going_back import WayBack, say_again, stand_at, way_back
from processes.engine.scripts import Scripts
from processes.engine.specs import ExclusiveStep
from processes.engine.state import dump_state, load_state
from processes.engine.tidying import in_order, scopes_of, tidy
from processes.engine.waiting import Waiting, read_again, undated, waiting_in
from processes.engine.world import Value, World, checked_answers

MOST_STEPS: Final = 5_000
"""Steps that may follow by themselves on one request; more means that the diagram goes round in a circle."""
NEVER: Final = datetime.min.replace(tzinfo=UTC)
MOST_FIRED: Final = 500
"""Timers that may fire on one request, for the same reason."""


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A user task that waits for a person; `id` is its own for as long as it is open."""

    id: str
    step_id: str


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer that waits for its instant."""

    step_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Fired:
    """A timer that has fired, and the instant it was due."""

    step_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class PassedStep:
    """A step that the case has passed, and when."""

    step_id: str
    at: datetime
    went_to: str | None = None
    """For an exclusive choice: the step that came next."""


class Instance:
    """A running process. Not for two threads at once."""

    scripts_type: ClassVar[type[Scripts]] = Scripts

    def __init__(self, bundle: Bundle, scripts: Scripts, top: Any) -> None:
        self.bundle = bundle
        self.passed: list[PassedStep] = []
        self._scripts = scripts
        self._top = top
        self._spent = False
        self._state: bytes | None = None
        self._places: list[Waiting] | None = None

    @classmethod
    def start(cls, bundle: Bundle, world: World, at: datetime) -> Self:
        """Start the process and let it run to its first open or waiting steps."""
        scripts = cls.scripts_type(world, at)
        top = BpmnWorkflow(bundle.process, dict(bundle.called), script_engine=scripts)
        instance = cls(bundle, scripts, top)
        with instance._acting(at):
            instance._advance()
        return instance

    @classmethod
    def restore(cls, bundle: Bundle, state: bytes, world: World) -> Self:
        """The instance as it was when `state` was dumped; raises StateUnreadable."""
        scripts = cls.scripts_type(world, NEVER)
        top, scripts.at = load_state(state, bundle, scripts)
        instance = cls(bundle, scripts, top)
        instance._state = state
        return instance

    def dump(self) -> bytes:
        """The state as a few hundred bytes; the open steps keep their ids."""
        self._check_usable()
        if self._state is None:
            self._state = dump_state(self._top, self.bundle, self._scripts.at)
        return self._state

    def complete(self, task_id: str, answers: Mapping[str, Value], at: datetime) -> None:
        """Complete an open step with the answers that conditions ask for; raises StepNotOpen, AnswerRefused."""
        checked = checked_answers(answers)
        task = self._open_task(task_id)
        with self._acting(at):
            task.workflow.data.update(checked)
            self._run(task)
            self._advance()

    def deliver(self, message: str, at: datetime) -> bool:
        """Give the message to every step that waits for it now, the outermost first; False if nobody waits."""
        self._check_usable()
        receivers = [place for place in self._waiting() if place.message == message]
        if not receivers:
            return False
        with self._acting(at):
            for place in receivers:
                if place.task.state == TaskState.WAITING:  # one before may have interrupted it
                    place.wake()
                    self._advance()
        return True

    def fire_due(self, until: datetime, *, held: Collection[str] = ()) -> list[Fired]:
        """Fire every timer due at `until` or before, the earliest first, those that follow from others included.

        Each fires at the instant it was due, or at the last change of the instance if that was later. The timers of
        the steps in `held` wait on.
        """
        self._check_usable()
        fired: list[Fired] = []
        while True:
            free = [place for place in self._waiting() if place.step_id not in held]
            due = [(place.due_at, place) for place in free if place.due_at is not None]
            due_at, place = min(due, key=lambda one: one[0], default=(until, None))
            if place is None or due_at > until:
                return fired
            fired.append(Fired(place.step_id, due_at))
            if len(fired) > MOST_FIRED:
                raise StepFailed(place.step_id, "timers follow each other without end")
            with self._acting(max(due_at, self._scripts.at)):
                place.wake()
                self._advance()

    def cancel(self) -> None:
        """End the process here; open steps and waiting events are withdrawn."""
        self._check_usable()
        self._state = self._places = None
        self._top.cancel()
        tidy(self._top)

    def way_back(self, step_id: str) -> WayBack:
        """Whether the process can stand at this user task again without leaving anything out."""
        self._check_usable()
        return way_back(self._top, self.bundle, step_id)

    def go_back(self, step_id: str, answers: Mapping[str, Value], at: datetime) -> None:
        """Withdraw what is open and let the process stand at the step again; raises StepNotOpen if it cannot.

        `answers` are those that were given at the step or after it, with what each was before (None = not given).
        """
        checked = checked_answers(answers)
        found = self.way_back(step_id)
        if found.hindrance is not None:
            raise StepNotOpen(f"the process cannot go back to {step_id}: {found.hindrance}")
        with self._acting(at):
            say_again(self._top, checked)
            for task in stand_at(self._top, self.bundle, step_id):
                self._run(task)
            self._advance()

    def read_date_again(self, step_id: str, at: datetime) -> None:
        """Let every timer of this step that waits take its date from the facts as they are now."""
        self._check_usable()
        with self._acting(at):
            for place in self._waiting():
                if place.step_id == step_id:
                    read_again(place)

    @property
    def open_tasks(self) -> list[OpenStep]:
        """The user tasks that wait for a person, in the order of the diagram's branches."""
        return [OpenStep(str(UUID(task.id)), task.task_spec.bpmn_id) for task in self._open()]

    @property
    def timers(self) -> list[DueTimer]:
        """The timers whose date is known; each is read once, when its step is entered."""
        return [
            DueTimer(place.step_id, place.due_at) for place in self._waiting() if place.due_at is not None
        ]

    @property
    def undated_timers(self) -> tuple[str, ...]:
        """The steps that wait for a date that was not known when they were entered."""
        return tuple(undated(self._waiting()))

    @property
    def awaited_messages(self) -> frozenset[str]:
        """The names of the messages that some step waits for now."""
        return frozenset(place.message for place in self._waiting() if place.message is not None)

    @property
    def is_finished(self) -> bool:
        """Whether the process has ended, by itself or by `cancel`."""
        return bool(self._top.completed)

    @property
    def answers(self) -> Mapping[str, Value]:
        """The answers of the process itself (not of those it calls), for tests and monitoring."""
        return dict(self._top.data)

    def _waiting(self) -> list[Waiting]:
        if self._places is None:
            self._places = [] if self.is_finished else waiting_in(self._top)
        return self._places

    def _open(self) -> list[Any]:
        if self.is_finished:
            return []
        return [
            task
            for scope in scopes_of(self._top)
            for task in in_order(scope)
            if task.state == TaskState.READY and task.task_spec.manual
        ]

    def _open_task(self, task_id: str) -> Any:
        self._check_usable()
        try:
            wanted = UUID(task_id).hex
        except (ValueError, AttributeError) as error:
            raise StepNotOpen(f"there is no step {task_id!r}") from error
        for task in self._open():
            if task.id == wanted:
                return task
        raise StepNotOpen(f"the step {task_id} is not open")

    def _check_usable(self) -> None:
        if self._spent:
            raise InstanceSpent(
                "a request failed half-way or is not finished; restore the instance from its stored state"
            )

    @contextmanager
    def _acting(self, at: datetime) -> Iterator[None]:
        self._scripts.at = at
        self._spent = True
        self._state = None
        yield
        self._tidy()
        self._places = None
        self._spent = False

    def _tidy(self) -> None:
        tidy(self._top)

    def _advance(self) -> None:
        """Run the steps that run by themselves until only people, dates and messages are waited for."""
        for _ in range(MOST_STEPS):
            task = self._next_automatic()
            if task is None:
                return
            self._run(task)
        raise StepFailed(self.bundle.key, "the steps follow each other without end")

    def _next_automatic(self) -> Any:
        """The next step to run by itself: in a called process before its caller, and in the order of the tree.

        One at a time, because a step may withdraw another that was also ready; the library would run it all the same.
        """
        for scope in reversed(scopes_of(self._top)):
            ready = [task for task in scope.tasks.values() if _is_automatic(task)]
            if ready:
                return ready[0] if len(ready) == 1 else next(filter(_is_automatic, in_order(scope)))
        return None

    def _run(self, task: Any) -> None:
        task.run()
        step = task.task_spec
        if step.bpmn_id is not None:
            went_to = _way_taken(task) if isinstance(step, ExclusiveStep) else None
            self.passed.append(PassedStep(step.bpmn_id, self._scripts.at, went_to))


def _is_automatic(task: Any) -> bool:
    return task._state == TaskState.READY and not task.task_spec.manual


def _way_taken(task: Any) -> str:
    """The step after an exclusive choice; one with events on its border begins with the split that ties them to it."""
    return str(task.children[0].task_spec.name).removesuffix(".BoundaryEventSplit")
