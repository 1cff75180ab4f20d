"""Where a task stands in its process: what has been done, what goes on beside it, and what can come next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from processes.engine.ways import Ahead, AheadKind, ahead_of
from processes.models import Task
from processes.queries.diagrams import Published
from processes.queries.tasks import tasks_of_instance
from processes.unit_of_work import UnitOfWork

Conditions = tuple[tuple[str, str], ...]
"""Questions at the forks of a drawing, each with its answer."""


@dataclass
class Turn:
    """What comes under the same conditions."""

    conditions: Conditions
    is_joined: bool
    """Only when what goes on at the same time is done as well."""
    tasks: list[Ahead] = field(default_factory=list)
    waits: list[Ahead] = field(default_factory=list)
    ends: list[Ahead] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Position:
    """The task among the other steps of its process."""

    passed: Sequence[Task]
    """Done before it, the first first."""
    beside: Sequence[Task]
    """Open at the same time."""
    turns: Sequence[Turn]
    part: str
    """The drawing that it stands in: the process itself or one that it calls."""

    now: Mapping[str, int]
    """How many times each step is open, for the drawing."""


def position_of(work: UnitOfWork, task: Task, published: Published) -> Position:
    """The position of the task, by what the process has done so far and by its drawing."""
    others = [one for one in tasks_of_instance(work.session, task.instance_id) if one.id != task.id]
    part = published.bundle.steps[task.step].process_key
    return Position(
        passed=sorted(
            (one for one in others if one.status == "completed" and _was_before(one, task)),
            key=lambda one: (one.ended_at or work.now, one.id),
        ),
        beside=[one for one in others if one.status == "open"],
        now=Counter(one.step for one in (*others, task) if one.status == "open"),
        turns=_turns(ahead_of(published.drawings, part, task.step)),
        part=part,
    )


def _was_before(one: Task, task: Task) -> bool:
    return task.ended_at is None or (
        one.ended_at is not None and (one.ended_at, one.id) < (task.ended_at, task.id)
    )


def _turns(ahead: Iterable[Ahead]) -> list[Turn]:
    """What can come, together under its conditions; what comes under none last, for it is the remaining case."""
    turns: dict[tuple[Conditions, bool], Turn] = {}
    for one in ahead:
        turn = turns.setdefault((one.conditions, one.is_joined), Turn(one.conditions, one.is_joined))
        {AheadKind.TASK: turn.tasks, AheadKind.WAIT: turn.waits, AheadKind.END: turn.ends}[one.kind].append(
            one
        )
    return sorted(turns.values(), key=lambda turn: not turn.conditions)
