"""Where a running process waits for a date or a message, and how that place is woken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.util.task import TaskState

from processes.engine.specs import DUE, InstantTimer
from processes.engine.tidying import in_order, scopes_of
from processes.engine.world import as_instant


@dataclass(frozen=True, slots=True)
class Waiting:
    """One event that a step waits for: a message by name, or an instant."""

    step_id: str
    """The event as it is drawn; behind an event-based gateway the event, not the gateway."""
    task: Any
    definition: Any
    message: str | None
    due_at: datetime | None

    def wake(self) -> None:
        """Let the event happen; the step becomes ready and is run by the instance."""
        if isinstance(self.task.task_spec.event_definition, MultipleEventDefinition):
            self.task.internal_data["seen_events"] = [BpmnEvent(self.definition)]
        else:
            self.task.internal_data["event_fired"] = True
        self.task.task_spec._update(self.task)


def waiting_in(top: Any) -> list[Waiting]:
    """Every event that is waited for, in the process and in those it calls, callers first."""
    found: list[Waiting] = []
    for scope in scopes_of(top):
        for task in in_order(scope):
            if task.state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
                found += _events_of(task)
    return found


def _events_of(task: Any) -> list[Waiting]:
    definition = task.task_spec.event_definition
    if isinstance(definition, MultipleEventDefinition):
        pairs = zip(task.task_spec._outputs, definition.event_definitions, strict=True)
    else:
        pairs = zip([task.task_spec.bpmn_id], [definition], strict=True)
    return [_event(task, step_id, one) for step_id, one in pairs]


def _event(task: Any, step_id: str, definition: Any) -> Waiting:
    message = definition.name if isinstance(definition, MessageEventDefinition) else None
    due = task.internal_data.get(DUE) if isinstance(definition, InstantTimer) else None
    return Waiting(step_id, task, definition, message, None if due is None else as_instant(due))


def undated(places: Iterable[Waiting]) -> list[str]:
    """The timers among them that wait without a date."""
    return [one.step_id for one in places if _is_timer(one) and one.due_at is None]


def read_again(place: Waiting) -> None:
    """Let a timer that waits read its date anew; any other event stays as it is."""
    if _is_timer(place):
        place.task.internal_data.pop(DUE, None)
        place.definition.has_fired(place.task)


def _is_timer(place: Waiting) -> bool:
    return isinstance(place.definition, InstantTimer)
