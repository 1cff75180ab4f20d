"""Reads what a case waits for, and where its running processes stand, for the top of its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.clock import swedish_day
from processes.engine import Bundle, Step
from processes.engine.ways import AheadKind, ahead_of
from processes.models import ProcessInstance, Subscription, Task, Timer
from processes.queries.cases import CaseFile
from processes.queries.diagrams import DiagramShelf, Published
from processes.rules.children_concerned import RULED_OUT
from processes.rules.deadlines import DEADLINES
from processes.rules.waiting import Alarm, LegalDay, OpenTask, Outlook, outlook


def outlook_of(session: Session, diagrams: DiagramShelf, file: CaseFile, now: datetime) -> Outlook:
    """What happens next in the case that the file is of."""
    case = file.case
    running = {one.id: one for one in file.processes if one.ended_at is None}
    names = session.scalars(select(Subscription.name).where(Subscription.case_id == case.id)).all()
    return outlook(
        tasks=[
            OpenTask(
                task.title,
                tuple(str(unit) for unit in task.units),
                task.due_at,
                is_claimed=task.claimed_by_id is not None,
                is_barred=bool(task.blocked_by),
                rests_until=task.on_hold_until,
            )
            for task in file.open_tasks
        ],
        messages=[name for name in names if name not in cannot_be_said(file)],
        alarms=[
            _alarm(timer, _published(session, diagrams, running[timer.instance_id]))
            for timer in file.timers
            if timer.instance_id in running
        ],
        days=[
            LegalDay(row.explained.title or DEADLINES[row.rule].title, row.falls_on, row.is_provisional)
            for row in file.deadlines
            if row.falls_on is not None
        ],
        today=swedish_day(now),
        is_closed=case.closed_at is not None,
    )


def cannot_be_said(file: CaseFile) -> frozenset[str]:
    """Names of events that nobody could record as the case stands, so that nobody waits for them either."""
    return frozenset() if file.has_unnamed_children else frozenset({RULED_OUT})


def _published(session: Session, diagrams: DiagramShelf, row: ProcessInstance) -> Published:
    return diagrams.get(session, row.process_key, row.diagram_version)


def _alarm(timer: Timer, published: Published) -> Alarm:
    step = published.bundle.steps[timer.step]
    ahead = ahead_of(published.drawings, step.process_key, step.id)
    then = tuple(dict.fromkeys(one.name for one in ahead if one.kind is AheadKind.TASK and one.name))
    return Alarm(timer.due_at, step.name, then)


@dataclass(frozen=True, slots=True)
class StepMark:
    """A user task of a process, and how it stands in the case."""

    step: Step
    state: str
    """now, passed or ahead."""
    task: Task | None
    """The latest task of the step, where there has been any."""


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """One drawing of a running process: itself, or a part that it calls."""

    row: ProcessInstance
    title: str
    part: str | None
    """The key of the called part; None for the process itself."""
    steps: Sequence[StepMark]
    now: Mapping[str, int]
    """How many times each step is open, for the drawing."""
    passed: Sequence[str]

    @property
    def is_here(self) -> bool:
        """Something is open in this drawing now."""
        return bool(self.now)


def drawn_parts(
    session: Session, diagrams: DiagramShelf, file: CaseFile, tasks: Sequence[Task]
) -> list[DrawnPart]:
    """Every drawing of the case's running processes that somebody has come to, the process before its parts."""
    found: list[DrawnPart] = []
    for row in (one for one in file.processes if one.ended_at is None):
        mine = sorted((task for task in tasks if task.instance_id == row.id), key=lambda task: task.id)
        ticking = [timer.step for timer in file.timers if timer.instance_id == row.id]
        found += _Standing(row, _published(session, diagrams, row).bundle, mine, ticking).parts()
    return found


class _Standing:
    """How one running process stands."""

    def __init__(
        self, row: ProcessInstance, bundle: Bundle, tasks: Sequence[Task], ticking: Sequence[str]
    ) -> None:
        self._row = row
        self._bundle = bundle
        self._latest = {task.step: task for task in tasks}
        self._open = Counter(task.step for task in tasks if task.status == "open")
        self._now = self._open + Counter(ticking)
        self._done = {task.step for task in tasks if task.status == "completed"}

    def parts(self) -> list[DrawnPart]:
        """The process itself, and those of the parts it calls that something stands or stood in."""
        keys = dict.fromkeys([self._row.process_key, *(one.process_key for one in self._steps)])
        drawn = [self._part(key) for key in keys]
        return [one for one in drawn if one.part is None or one.now or one.passed]

    @property
    def _steps(self) -> list[Step]:
        return list(self._bundle.steps.values())

    def _part(self, key: str) -> DrawnPart:
        steps = [step for step in self._steps if step.process_key == key]
        now = {step.id: self._now[step.id] for step in steps if step.id in self._now}
        now |= {step.id: 1 for step in steps if step.called and self._is_within(step.called)}
        called = {step.called: step.name for step in self._steps if step.called}
        is_whole = key == self._row.process_key
        return DrawnPart(
            row=self._row,
            title=self._bundle.title if is_whole else called.get(key, key),
            part=None if is_whole else key,
            steps=[
                StepMark(step, self._state(step.id), self._latest.get(step.id))
                for step in steps
                if step.kind == "userTask"
            ],
            now=now,
            passed=sorted(self._done & {step.id for step in steps}),
        )

    def _state(self, step_id: str) -> str:
        return "now" if step_id in self._open else "passed" if step_id in self._done else "ahead"

    def _is_within(self, key: str) -> bool:
        """Whether something is open in the called part or in what it calls in turn."""
        inside = [step for step in self._steps if step.process_key == key]
        return any(step.id in self._now or (step.called and self._is_within(step.called)) for step in inside)
