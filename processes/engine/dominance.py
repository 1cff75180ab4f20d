"""Questions about how the steps of a process hang together: what comes only after what, and what goes on meanwhile.

A step dominates another if every way from the start to the other comes through it.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.control import _EndJoin
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent

from processes.engine.specs import ParallelStep


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


def come_through(spec: Any, step_id: str) -> frozenset[str]:
    """The steps that the process can only come to through this one, itself among them."""
    return frozenset(spec.task_specs) - reached_without(spec, entry_of(spec, step_id))


def holds_all_of_it(spec: Any, step_id: str, tokens: int, *, is_whole: bool) -> bool:
    """Whether nothing that came through the step can have gone on elsewhere while so many tokens of it are here.

    Where nothing splits behind the step there is one token of it, here or elsewhere. Where something splits, every way
    out of the steps behind it must be an end, unless they are the whole of what goes on.
    """
    through = come_through(spec, step_id)
    steps = [spec.task_specs[name] for name in through]
    if not any(_splits(one) for one in steps):
        return tokens == 1
    if is_whole:
        return True
    out = {name for one in steps for name in one._outputs if name not in through}
    return all(isinstance(spec.task_specs[name], _EndJoin) or name == spec.end.name for name in out)


def _splits(step: Any) -> bool:
    if isinstance(step, BoundaryEvent):
        return not step.cancel_activity
    return isinstance(step, ParallelStep) and len(step._outputs) > 1


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
    """Whether the step is reached from the split before all its branches have met again; some never meet."""
    if entry not in reached_without(spec, "", split) or entry == split:
        return False
    branches = spec.task_specs[split]._outputs
    meeting = frozenset.intersection(*(_passed_by_all_ways(spec, branch) for branch in branches))
    return all(entry in reached_without(spec, one, split) for one in meeting)


def _passed_by_all_ways(spec: Any, start: str) -> frozenset[str]:
    """The steps on every way from `start` to the end; none if no way leads there."""
    reached = reached_without(spec, "", start)
    if spec.end.name not in reached:
        return frozenset()
    return frozenset(one for one in reached if spec.end.name not in reached_without(spec, one, start))
