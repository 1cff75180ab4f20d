"""Lets a running process stand at an earlier step again, where nothing that goes on beside it would be lost.

Going back takes away everything that is open or waited for in the process and lets it wait at the chosen step alone.
That is sound only if whatever goes on now has come through that step: the step must lie on every way from the start
to each open step (it dominates them). A step in one of two branches that go on at the same time does not; going back
to it would leave the other branch out, or let a join wait for ever.
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
from processes.engine.specs import ParallelStep
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
    return _judged(top, bundle, (*found[0], step_id), step_id)


def _judged(top: Any, bundle: Bundle, way: tuple[str, ...], step_id: str) -> WayBack:
    """Follow the way as far as it is being gone now; there what is live must have come through its next step."""
    scope, place = top, 0
    while place < len(way) - 1 and (inner := _running(scope, way[place])) is not None:
        scope, place = inner, place + 1
    live = [task for task in _live(scope) if not _is_border(task)]
    if way[place] == step_id and any(task.task_spec.name == step_id for task in live):
        return WayBack(step_id, Unsound.OPEN)
    around = reached_without(scope.spec, entry_of(scope.spec, way[place]))
    beside = [task.task_spec.name for task in live if task.task_spec.name in around]
    if beside:
        return WayBack(step_id, Unsound.BESIDE, tuple(dict.fromkeys(beside)))
    entered = [
        (bundle.called[str(bundle.steps[call].called)], inside) for call, inside in pairwise(way[place:])
    ]
    is_alone = not is_in_a_branch(scope.spec, way[place]) and not any(
        is_in_a_branch(spec, inside) or is_beside(spec, inside) for spec, inside in entered
    )
    return WayBack(step_id, None if is_alone else Unsound.BRANCH)


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


def entry_of(spec: Any, step_id: str) -> str:
    """Where the step is entered: before the events on its border, if it has any."""
    split = f"{step_id}.BoundaryEventSplit"
    return split if split in spec.task_specs else step_id


def reached_without(spec: Any, avoided: str, start: str = "Start") -> frozenset[str]:
    """The steps that can be reached from `start` on some way that does not come through `avoided`."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in reached or name == avoided:
            continue
        reached.add(name)
        waiting.extend(spec.task_specs[name]._outputs)
    return frozenset(reached)


def is_in_a_branch(spec: Any, step_id: str) -> bool:
    """Whether the step lies between a split and where its branches meet again."""
    entry = entry_of(spec, step_id)
    splits = (one for one in spec.task_specs.values() if isinstance(one, ParallelStep))
    return any(len(split._outputs) > 1 and _lies_within(spec, split.name, entry) for split in splits)


def is_beside(spec: Any, step_id: str) -> bool:
    """Whether the step is only reached from an event that does not interrupt: something else goes on meanwhile."""
    entry = entry_of(spec, step_id)
    return any(
        isinstance(one, BoundaryEvent)
        and not one.cancel_activity
        and entry not in reached_without(spec, one.name)
        for one in spec.task_specs.values()
    )


def _lies_within(spec: Any, split: str, entry: str) -> bool:
    """Whether the step is reached from the split before all its branches have met again."""
    after = reached_without(spec, "", split)
    if entry not in after or entry == split:
        return False
    if spec.end.name not in after:
        return True
    meeting = [one for one in after - {split} if spec.end.name not in reached_without(spec, one, split)]
    return all(entry in reached_without(spec, one, split) for one in meeting)


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
    yield from _enter(scope, step_id)


def _enter(scope: Any, step_id: str) -> Iterator[Any]:
    """Empty the process and put its only token before the step."""
    _empty(scope)
    entry = entry_of(scope.spec, step_id)
    task = scope.task_tree._add_child(scope.spec.task_specs[entry], TaskState.FUTURE)
    task.task_spec._update(task)
    if entry != step_id:
        yield task


def _empty(scope: Any) -> None:
    top = scope.top_workflow
    gone = {task.id for task in in_order(scope)} - {scope.task_tree.id}
    for caller in _called_from(top, gone):
        del top.subprocesses[caller]
    for task_id in gone:
        del scope.tasks[task_id]
    scope.task_tree._children.clear()
    scope.last_task = None


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
