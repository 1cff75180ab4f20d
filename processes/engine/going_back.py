"""Lets a running process stand at an earlier step again, where nothing that goes on beside it would be lost.

Going back takes away what is open or waited for behind the chosen step, lets the process wait at the step again, and
leaves alone what goes on beside it. Behind the step is what the process can only come to through it (the step dominates
it). That is sound only if all that has ever come through the step is still there to be taken away: what has met
another branch at a join, or was one of several branches of which another has gone on, would be left over or missing,
and a join would wait for ever.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit, _EndJoin
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

from processes.engine.bundle import Bundle
from processes.engine.dominance import come_through, entry_of, holds_all_of_it, is_beside, is_in_a_branch
from processes.engine.specs import CAME_FROM
from processes.engine.tidying import in_order, scopes_of
from processes.engine.world import Value

_LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED


class Unsound(StrEnum):
    """Why a process cannot go back to a step."""

    ENDED = "ended"
    """The process has ended."""
    UNKNOWN = "unknown"
    """The process has no such task for a person."""
    OPEN = "open"
    """The process stands there already."""
    BESIDE = "beside"
    """Something goes on that has not come through the step."""
    BRANCH = "branch"
    """The step is one of several branches that belong together, and the others are over."""
    SEVERAL = "several"
    """The part with the step can be reached in several ways, and nobody knows in which it was."""


@dataclass(frozen=True, slots=True)
class WayBack:
    """Whether a process can go back to a step, and what would be taken away."""

    step_id: str
    hindrance: Unsound | None = None
    beside: tuple[str, ...] = ()
    """Steps that go on beside it, where that is the hindrance."""
    region: frozenset[str] = frozenset()
    """The step and every step that can only be come to through it, those of called processes among them."""


def way_back(top: Any, bundle: Bundle, step_id: str) -> WayBack:
    """Whether the process can go back to the user task; changes nothing."""
    step = bundle.steps.get(step_id)
    if top.completed:
        return WayBack(step_id, Unsound.ENDED)
    if step is None or step.kind != "userTask":
        return WayBack(step_id, Unsound.UNKNOWN)
    ways = _calls_to(bundle, step.process_key)
    found = [way for way in ways if _scope_at(top, way) is not None] if len(ways) > 1 else ways
    if len(found) != 1:
        return WayBack(step_id, Unsound.SEVERAL)
    return _judged(top, bundle, (*found[0], step_id))


def _judged(top: Any, bundle: Bundle, way: tuple[str, ...]) -> WayBack:
    """Follow the way as far as it is being gone now; what is taken away there must have come through its next step."""
    scope, place, step_id = top, 0, way[-1]
    while place < len(way) - 1 and (inner := _running(scope, way[place])) is not None:
        scope, place = inner, place + 1
    if way[place] == step_id and any(task.task_spec.name == step_id for task in _live(scope)):
        return WayBack(step_id, Unsound.OPEN)
    taken, left = _divided(scope, way[place])
    if not taken:
        return WayBack(step_id, Unsound.BESIDE, _names(left))
    is_whole = not left and not is_in_a_branch(scope.spec, way[place])
    if not holds_all_of_it(scope.spec, way[place], len(taken), is_whole=is_whole):
        return WayBack(step_id, Unsound.BESIDE if left else Unsound.BRANCH, _names(left))
    entered = [
        (bundle.called[str(bundle.steps[call].called)], inside) for call, inside in pairwise(way[place:])
    ]
    if any(is_in_a_branch(spec, inside) or is_beside(spec, inside) for spec, inside in entered):
        return WayBack(step_id, Unsound.BRANCH)
    region = _within(bundle, come_through(scope.spec, way[place]) - set(way[:-1]))
    for spec, inside in entered:
        region |= _within(bundle, come_through(spec, inside) - set(way[:-1]))
    return WayBack(step_id, region=region)


def _divided(scope: Any, step_id: str) -> tuple[list[Any], list[Any]]:
    """What is live in the process: what has come through the step, and what goes on beside it."""
    through = come_through(scope.spec, step_id)
    live = [task for task in _live(scope) if not _is_border(task)]
    taken = [task for task in live if _origin(task) in through]
    return taken, [task for task in live if task not in taken]


def _origin(task: Any) -> str:
    """The step that the token stands at; one that waits at a join counts as where it came from."""
    return str(task.internal_data.get(CAME_FROM) or task.task_spec.name)


def _names(tasks: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(task.task_spec.name for task in tasks))


def _within(bundle: Bundle, names: Iterable[str]) -> frozenset[str]:
    """Of these names those of drawn steps, with every step of what they call."""
    found = {name for name in names if name in bundle.steps}
    for called in {bundle.steps[name].called for name in found} - {None}:
        found |= _within(bundle, [step.id for step in bundle.steps.values() if step.process_key == called])
    return frozenset(found)


def _calls_to(bundle: Bundle, process_key: str) -> list[tuple[str, ...]]:
    """Every way to call the process from the outermost: the calls one after another."""
    if process_key == bundle.key:
        return [()]
    return [
        (*way, step.id)
        for step in bundle.steps.values()
        if step.kind == "callActivity" and step.called == process_key
        for way in _calls_to(bundle, step.process_key)
    ]


def _scope_at(top: Any, way: Iterable[str]) -> Any:
    scope = top
    for call in way:
        scope = None if scope is None else _running(scope, call)
    return scope


def _running(scope: Any, call: str) -> Any:
    """The process that the call is running now, or nothing."""
    for task in scope.tasks.values():
        if task.task_spec.name == call and task.state == TaskState.STARTED:
            return scope.top_workflow.subprocesses.get(task.id)
    return None


def _live(scope: Any) -> Iterator[Any]:
    """Everything that is open, waited for or called in the process; what has come to an end counts no more."""
    for task in in_order(scope):
        is_kept_beside = isinstance(task.task_spec, BoundaryEventSplit | BoundaryEventJoin | _EndJoin)
        if task.has_state(_LIVE) and not is_kept_beside and task is not scope.task_tree:
            yield task


def _is_border(task: Any) -> bool:
    """An event on the border of a step goes with the step."""
    return isinstance(task.task_spec, BoundaryEvent)


def stand_at(top: Any, bundle: Bundle, step_id: str) -> Iterator[Any]:
    """Take away what goes on and enter the step anew; the caller runs each task that this gives, in turn.

    Only where `way_back` found no hindrance.
    """
    ways = _calls_to(bundle, bundle.steps[step_id].process_key)
    [way] = [way for way in ways if len(ways) == 1 or _scope_at(top, way) is not None]
    scope, calls = top, list(way)
    while calls and (inner := _running(scope, calls[0])) is not None:
        scope, calls = inner, calls[1:]
    for call in calls:
        yield from _enter(scope, call)
        scope = _running(scope, call)
        _empty(scope)
    yield from _enter(scope, step_id)


def _enter(scope: Any, step_id: str) -> Iterator[Any]:
    """Take away what has come through the step, and put a token before it."""
    taken, _left = _divided(scope, step_id)
    for task in taken:
        _take_away(scope, task)
    scope.last_task = None
    entry = entry_of(scope.spec, step_id)
    task = scope.task_tree._add_child(scope.spec.task_specs[entry], TaskState.FUTURE)
    task.task_spec._update(task)
    if entry != step_id:
        yield task


def _take_away(scope: Any, task: Any) -> None:
    """Remove the step with the events on its border, what is drawn up behind them, and what they call."""
    first = task.parent if isinstance(task.parent.task_spec, BoundaryEventSplit) else task
    gone, waiting = set(), [first.id]
    while waiting:
        task_id = waiting.pop()
        gone.add(task_id)
        waiting += scope.tasks[task_id]._children
    top = scope.top_workflow
    for caller in _called_from(top, gone):
        del top.subprocesses[caller]
    first.parent._children.remove(first.id)
    for task_id in gone:
        del scope.tasks[task_id]


def _empty(scope: Any) -> None:
    """Take away what a process that has just been called is about to begin with."""
    for task_id in {task.id for task in in_order(scope)} - {scope.task_tree.id}:
        del scope.tasks[task_id]
    scope.task_tree._children.clear()


def _called_from(top: Any, gone: Collection[Any]) -> list[Any]:
    """The calls among these tasks, with everything that is called from within them."""
    found = [caller for caller in top.subprocesses if caller in gone]
    within = {task.id for caller in found for task in in_order(top.subprocesses[caller])}
    return found + (_called_from(top, within) if found else [])


def say_again(top: Any, answers: Mapping[str, Value]) -> None:
    """Let the answers be these in the process and in those it calls; an answer that nobody has given is None."""
    for scope in scopes_of(top):
        for name in scope.data.keys() & answers.keys():
            scope.data[name] = answers[name]
