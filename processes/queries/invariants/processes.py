"""Holds the running processes of a case against the rows that mirror them: tasks, timers, messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from processes.engine import Instance, StateUnreadable
from processes.errors import DiagramNotFound, DiagramRefused
from processes.models import Event, KeptMessage, ProcessInstance, Subscription, Task, Timer
from processes.queries.diagrams import Published
from processes.queries.findings_by_case import OnlyLooking, standing_of
from processes.queries.findings_of_messages import waits_in_vain
from processes.queries.invariants.whole_case import WholeCase
from processes.rules.invariants import Breach
from processes.rules.snapshot import Scope
from processes.rules.suspension import timer_goes_on
from processes.rules.units import LANE_NAMES


@dataclass(frozen=True, slots=True)
class _Restored:
    """A running process as its state says it stands."""

    row: ProcessInstance
    published: Published
    instance: Instance


def breaches(whole: WholeCase) -> Iterator[Breach]:
    """What of the case's processes is lost, doubled or stuck."""
    running = whole.running
    if bool(running) != whole.is_open:
        said = "open, and no process runs in it" if whole.is_open else f"closed, and {len(running)} run in it"
        yield whole.breach("case_has_process", whole.case, said)
    about = Counter((row.process_key, row.scope_kind, row.scope_id) for row in running)
    for (key, kind, scope_id), count in about.items():
        if count > 1:
            yield whole.breach("process_not_doubled", None, f"{count} {key} run about {kind}:{scope_id}")
    restored = []
    for row in running:
        try:
            published = whole.batch.diagrams.get(whole.batch.session, row.process_key, row.diagram_version)
            restored.append(
                _Restored(row, published, Instance.restore(published.bundle, row.state, OnlyLooking()))
            )
        except (StateUnreadable, DiagramNotFound, DiagramRefused) as error:
            yield whole.breach("state_reads", row, f"{row.process_key}: {type(error).__name__}")
    for one in restored:
        yield from _mirrored(whole, one)
    yield from _left_behind(whole, {row.id for row in running})
    yield from _standing_still(whole, restored)
    yield from _kept(whole, restored)


def _mirrored(whole: WholeCase, one: _Restored) -> Iterator[Breach]:
    if one.instance.is_finished:
        yield whole.breach(
            "process_ends_once", one.row, f"{one.row.process_key} is over and counts as running"
        )
    yield from _tasks(whole, one)
    yield from _timers(whole, one)
    shown = Counter(row.name for row in whole.every(Subscription) if row.instance_id == one.row.id)
    wanted = Counter(dict.fromkeys(one.instance.awaited_messages, 1))
    yield from _differences(whole, one, "messages_mirror", shown, wanted)


def _tasks(whole: WholeCase, one: _Restored) -> Iterator[Breach]:
    rows = [row for row in whole.every(Task) if row.instance_id == one.row.id and row.status == "open"]
    shown = Counter((row.step, row.engine_id) for row in rows)
    wanted = Counter((step.step_id, step.id) for step in one.instance.open_tasks)
    yield from _differences(whole, one, "tasks_mirror", shown, wanted)
    for row in rows:
        step = one.published.bundle.steps.get(row.step)
        if step is not None and row.unit != str(LANE_NAMES[step.lane or ""]):
            yield whole.breach(
                "tasks_mirror", row, f"{row.step} lies with {row.unit}, not with its lane's unit"
            )


def _timers(whole: WholeCase, one: _Restored) -> Iterator[Breach]:
    rows = [row for row in whole.every(Timer) if row.instance_id == one.row.id]
    shown = Counter((row.step, row.due_at.isoformat()) for row in rows)
    wanted = Counter({(timer.step_id, timer.due_at.isoformat()): 1 for timer in one.instance.timers})
    yield from _differences(whole, one, "timers_mirror", shown, wanted)
    is_suspended = whole.case.suspended_until is not None
    for row in rows:
        step = one.published.bundle.steps.get(row.step)
        rests = is_suspended and step is not None and not timer_goes_on(step.process_key)
        if row.is_held != rests:
            said = "is held though it must go on" if row.is_held else "goes on though the case is suspended"
            yield whole.breach("timers_mirror", row, f"the timer {row.step} {said}")


def _differences(
    whole: WholeCase, one: _Restored, invariant: str, shown: Counter[Any], wanted: Counter[Any]
) -> Iterator[Breach]:
    for what in sorted((wanted - shown).elements()):
        yield whole.breach(
            invariant, one.row, f"{one.row.process_key} asks for {_named(what)}; no row says so"
        )
    for what in sorted((shown - wanted).elements()):
        said = (
            "is there once too often" if what in wanted else "is there, and the process does not ask for it"
        )
        yield whole.breach(invariant, one.row, f"{_named(what)} {said}")


def _named(what: Any) -> str:
    return " ".join(what) if isinstance(what, tuple) else str(what)


def _left_behind(whole: WholeCase, running: set[int]) -> Iterator[Breach]:
    """Rows that mirror a process which does not run."""
    for task in whole.every(Task):
        if task.status == "open" and task.instance_id not in running:
            yield whole.breach("tasks_mirror", task, f"{task.step} is open, and its process has ended")
    for timer in whole.every(Timer):
        if timer.instance_id not in running:
            yield whole.breach("timers_mirror", timer, f"{timer.step} waits, and its process has ended")
    for awaited in whole.every(Subscription):
        if awaited.instance_id not in running:
            yield whole.breach("messages_mirror", awaited, f"{awaited.name} is awaited by an ended process")


def _standing_still(whole: WholeCase, restored: list[_Restored]) -> Iterator[Breach]:
    rows = {one.row.id: one.row for one in restored}
    standing = [standing_of(one.row, one.published, one.instance) for one in restored]
    for one in standing:
        if not one.moves_by_itself and not one.messages and not _is_over(restored, one.row_id):
            yield whole.breach("process_waits", rows[one.row_id], f"{one.process_key} waits for nothing")
    for one, message in waits_in_vain(standing, whole.batch.consequences):
        said = f"{one.process_key} waits for {message}, to which nothing can lead"
        yield whole.breach("process_waits", rows[one.row_id], said)


def _is_over(restored: list[_Restored], row_id: int) -> bool:
    return any(one.row.id == row_id and one.instance.is_finished for one in restored)


def _kept(whole: WholeCase, restored: list[_Restored]) -> Iterator[Breach]:
    """Messages that are kept for nobody, twice, or though somebody waits for them."""
    events = {event.id: event for event in whole.every(Event)}
    running = {one.row.id for one in restored}
    seen: set[tuple[str, int | None, Scope | None]] = set()
    for kept in whole.every(KeptMessage):
        event = events.get(kept.event_id)
        scope = Scope(event.scope_kind, event.scope_id) if event else None
        if not whole.is_open or (kept.instance_id is not None and kept.instance_id not in running):
            yield whole.breach("message_kept_once", kept, f"{kept.name} is kept for what no longer runs")
        if (kept.name, kept.instance_id, scope) in seen:
            yield whole.breach("message_kept_once", kept, f"{kept.name} is kept twice for the same receiver")
        seen.add((kept.name, kept.instance_id, scope))
        if scope is not None and any(_would_take(one, kept, scope) for one in restored):
            yield whole.breach("message_kept_once", kept, f"{kept.name} is kept though somebody waits for it")


def _would_take(one: _Restored, kept: KeptMessage, scope: Scope) -> bool:
    is_for_it = kept.instance_id in (None, one.row.id)
    concerns = scope.kind == "case" or scope == Scope(one.row.scope_kind, one.row.scope_id)
    return is_for_it and concerns and kept.name in one.instance.awaited_messages
