"""Keeps a running case small: what is finished is taken out of the memory of the engine after every action.

SpiffWorkflow keeps every finished step for ever, and each round of a loop makes its tree deeper: after some two hundred
rounds it fails, and with a higher recursion limit it loses live tasks. Nothing that is finished decides anything in our
diagrams: answers belong to the process, a token at a join remembers where it came from, and what happened is written
down elsewhere. So a finished step is taken out and its followers take its place. What remains is the root, the open and
waiting steps, and the splits that tie an open step to the events on its border.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState


def in_order(scope: Any) -> list[Any]:
    """The tasks of one process (not of those it calls), parents before children, in the order of the tree."""
    tasks = scope.tasks
    found, waiting = [], [scope.task_tree]
    while waiting:
        task = waiting.pop()
        found.append(task)
        if task._children:
            waiting.extend([tasks[child] for child in reversed(task._children)])
    return found


def scopes_of(top: Any) -> list[Any]:
    """The process itself and every process that it has called and that still runs, callers first."""
    return [top, *(scope for scope in top.subprocesses.values() if not scope.completed)]


def tidy(top: Any) -> None:
    """Take out everything finished, in the process and in those it calls."""
    for scope in scopes_of(top):
        for task in reversed(in_order(scope)):
            if task._state & TaskState.FINISHED_MASK and task is not scope.task_tree:
                _take_out(scope, task)
        scope.last_task = None
    _drop_ended_calls(top)
    top.bpmn_events = []
    resync_events(top)


def _take_out(scope: Any, task: Any) -> None:
    children = task.children
    if isinstance(task.task_spec, BoundaryEventSplit) and any(_is_open_host(child) for child in children):
        return
    heir, after = task.parent, task
    while children and isinstance(heir.task_spec, BoundaryEventSplit):
        # a branch that outlives its step hangs beside the split: the library takes any child of the split that is no
        # event for the step itself
        heir, after = heir.parent, heir
    place = heir._children.index(after.id) + (after is not task)
    heir._children[place:place] = [child.id for child in children]
    for child in children:
        child._parent = heir.id
    task.parent._children.remove(task.id)
    del scope.tasks[task.id]


def _is_open_host(task: Any) -> bool:
    return not isinstance(task.task_spec, BoundaryEvent) and not task.has_state(TaskState.FINISHED_MASK)


def _drop_ended_calls(top: Any) -> None:
    alive = {task.id for task in top.tasks.values() if task.state == TaskState.STARTED}
    for caller, scope in list(top.subprocesses.items()):  # callers come before those they call
        if caller in alive and not scope.completed:
            alive |= {task.id for task in scope.tasks.values() if task.state == TaskState.STARTED}
        else:
            del top.subprocesses[caller]


def resync_events(top: Any) -> None:
    """Let the engine's list of waiting events be exactly the events that wait."""
    top.event_manager.tasks.clear()
    for scope in scopes_of(top):
        for task in in_order(scope):
            if task.state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
                top.event_manager.add_task(task)
