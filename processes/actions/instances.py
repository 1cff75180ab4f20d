"""Wakes a running process, lets it live one moment, and writes back what it waits for afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from processes.actions.suspension import held_steps
from processes.engine import Instance
from processes.models import (
    Case,
    JournalEntry,
    KeptMessage,
    ProcessInstance,
    Subscription,
    Task,
    Timer,
)
from processes.operations import carry_out
from processes.operations.place import Place
from processes.queries.diagrams import Published
from processes.rules.facts import FACTS
from processes.rules.snapshot import Scope
from processes.rules.units import LANE_NAMES
from processes.unit_of_work import Start, UnitOfWork


class CaseWorld:
    """What a running diagram may ask and do: facts of its case, and operations on it."""

    def __init__(self, work: UnitOfWork, case: Case, row: ProcessInstance, published: Published) -> None:
        self._work = work
        self._case = case
        self._row = row
        self._published = published

    @property
    def scope(self) -> Scope:
        return Scope(self._row.scope_kind, self._row.scope_id)

    def fact(self, name: str, at: datetime) -> bool | int | str | None:
        """The value of the fact at `at`; KeyError if there is no such fact."""
        return FACTS[name].read(self._work.snapshot(self._case.id), self.scope, at)

    def operate(self, name: str, parameters: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
        """Carry out the operation as of `at`."""
        self._work.at = at
        place = Place(self._case, self.scope, self._row.process_key, at, dict(self._published.letters))
        return carry_out(self._work, place, name, parameters)


@dataclass
class Running:
    """A process instance that runs in a case; it sleeps until this transaction asks something of it."""

    row: ProcessInstance
    published: Published
    world: CaseWorld

    @cached_property
    def instance(self) -> Instance:
        """The process itself, awake from the first time on."""
        return Instance.restore(self.published.bundle, self.row.state, self.world)

    @property
    def is_awake(self) -> bool:
        """Whether this transaction has asked anything of it, and so may have moved it."""
        return "instance" in vars(self)

    def start(self, at: datetime) -> None:
        """Let it begin."""
        vars(self)["instance"] = Instance.start(self.published.bundle, self.world, at)

    @property
    def scope(self) -> Scope:
        return Scope(self.row.scope_kind, self.row.scope_id)

    def knows(self, message: str) -> bool:
        """Its diagram has a place that could wait for the message, though perhaps not now."""
        return message in self.published.bundle.messages

    def awaits(self, message: str) -> bool:
        """It waits for the message now. One that does not even know it is not woken for that."""
        return self.knows(message) and message in self.instance.awaited_messages

    def concerns(self, scope: Scope) -> bool:
        """An event of this scope is about what the process is about."""
        return scope.kind == "case" or scope == self.scope


def running_in(work: UnitOfWork, case: Case) -> list[Running]:
    """The case's running processes, oldest first; each wakes when something is asked of it."""
    rows = work.rows(ProcessInstance, case.id)
    return [running_of(work, case, row) for row in rows if row.ended_at is None]


def running_behind(work: UnitOfWork, case: Case, task: Task) -> Running:
    """The running process that asks for the task."""
    [row] = [row for row in work.rows(ProcessInstance, case.id) if row.id == task.instance_id]
    return running_of(work, case, row)


def running_of(work: UnitOfWork, case: Case, row: ProcessInstance) -> Running:
    """The running process behind the row; the same object all through the transaction."""
    if row.id not in work.running:
        published = work.diagrams.get(work.session, row.process_key, row.diagram_version)
        work.running[row.id] = Running(row, published, CaseWorld(work, case, row, published))
    running: Running = work.running[row.id]
    return running


def woken_in(work: UnitOfWork, case: Case) -> list[Running]:
    """Those of the case's processes that this transaction has woken, the ended ones too."""
    return [one for one in work.running.values() if one.row.case_id == case.id and one.is_awake]


def start_instance(work: UnitOfWork, case: Case, start: Start) -> None:
    """Start a process on the current version of its diagram, unless one of its kind runs about the same thing."""
    if _runs_already(work, case, start):
        return
    version = work.current_version(start.process_key)
    published = work.diagrams.get(work.session, start.process_key, version)
    row = ProcessInstance(
        case_id=case.id,
        process_key=start.process_key,
        diagram_version=version,
        scope_kind=start.scope.kind,
        scope_id=start.scope.id,
        started_at=work.at,
        state=b"",
    )
    work.add(row)
    work.forget_snapshot(case.id)
    running = Running(row, published, CaseWorld(work, case, row, published))
    running.start(work.at)
    work.running[row.id] = running
    details = {"version": version[:12], "scope": f"{start.scope.kind}:{start.scope.id}"}
    work.add(
        JournalEntry(
            case_id=case.id, at=work.at, what="process_started", subject=start.process_key, details=details
        )
    )


def _runs_already(work: UnitOfWork, case: Case, start: Start) -> bool:
    return any(
        (row.process_key, row.scope_kind, row.scope_id)
        == (start.process_key, start.scope.kind, start.scope.id)
        for row in work.rows(ProcessInstance, case.id)
        if row.ended_at is None
    )


def write_back(work: UnitOfWork, case: Case, running: Running) -> None:
    """Write the instance's state and bring the rows that mirror it into step: tasks, timers, subscriptions."""
    row, instance = running.row, running.instance
    if row.ended_at is not None:
        return
    row.state = instance.dump()
    _mirror_tasks(work, case, running)
    _mirror_timers(work, case, running)
    _mirror_subscriptions(work, row, instance)
    if instance.is_finished:
        row.ended_at = work.at
        row.ending = row.ending or "finished"
        for kept in [kept for kept in work.rows(KeptMessage, case.id) if kept.instance_id == row.id]:
            work.remove(kept)
        work.forget_snapshot(case.id)
        work.add(JournalEntry(case_id=case.id, at=work.at, what="process_ended", subject=row.process_key))


def _mirror_tasks(work: UnitOfWork, case: Case, running: Running) -> None:
    open_steps = {step.id: step.step_id for step in running.instance.open_tasks}
    shown = [
        task
        for task in work.rows(Task, case.id)
        if task.instance_id == running.row.id and task.status == "open"
    ]
    for task in shown:
        if task.engine_id not in open_steps:
            withdraw(work, task)
    known = {task.engine_id for task in shown}
    for engine_id, step_id in open_steps.items():
        if engine_id not in known:
            work.add(_new_task(work, case, running, engine_id, step_id))


def _new_task(work: UnitOfWork, case: Case, running: Running, engine_id: str, step_id: str) -> Task:
    step = running.published.bundle.steps[step_id]
    return Task(
        engine_id=engine_id,
        instance=running.row,
        case_id=case.id,
        administration_key=case.administration_key,
        process_key=running.row.process_key,
        step=step_id,
        title=step.name,
        unit=str(LANE_NAMES[step.lane or ""]),
        also_unit=step.properties.get("aven"),
        created_at=work.at,
    )


def withdraw(work: UnitOfWork, task: Task) -> None:
    """The process no longer asks for the task: something else decided the matter."""
    task.status = "withdrawn"
    task.ended_at = work.at
    details = {"task": task.id, "claimed_by": task.claimed_by_id}
    work.add(
        JournalEntry(
            case_id=task.case_id, at=work.at, what="task_withdrawn", subject=task.step, details=details
        )
    )


def _mirror_timers(work: UnitOfWork, case: Case, running: Running) -> None:
    row, held = running.row, held_steps(case, running.published)
    shown = [timer for timer in work.rows(Timer, row.case_id) if timer.instance_id == row.id]
    wanted = {(timer.step_id, timer.due_at) for timer in running.instance.timers}
    for timer in shown:
        if (timer.step, timer.due_at) in wanted:
            wanted.discard((timer.step, timer.due_at))
        else:
            work.remove(timer)
    for step_id, due_at in sorted(wanted):
        is_held = step_id in held
        work.add(Timer(instance=row, case_id=case.id, step=step_id, due_at=due_at, is_held=is_held))
        work.leave_for("timers", due_at)


def _mirror_subscriptions(work: UnitOfWork, row: ProcessInstance, instance: Instance) -> None:
    shown = [one for one in work.rows(Subscription, row.case_id) if one.instance_id == row.id]
    wanted = set(instance.awaited_messages)
    for subscription in shown:
        if subscription.name in wanted:
            wanted.discard(subscription.name)
        else:
            work.remove(subscription)
    for name in sorted(wanted):
        work.add(Subscription(instance=row, case_id=row.case_id, name=name))
