"""Goes back to a step whose answer was wrong, with everything that the answer set off seen to before anything moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from processes.actions.corrections import note_correction
from processes.actions.deadlines import Cause
from processes.actions.event_corrections import take_back_with_its_step
from processes.actions.instances import Running, running_in
from processes.actions.interventions.orders import Done, Intervention, Order, Target
from processes.actions.letters import write_journal
from processes.actions.moving import settle
from processes.clock import swedish_day
from processes.errors import InterventionRefused
from processes.models import Case, Caseworker, Event, JournalEntry, Letter, ProcessInstance, Task
from processes.operations.changes import change
from processes.operations.consequences import CONSEQUENCES
from processes.operations.undoing import UNDOING
from processes.queries.diagrams import Published
from processes.queries.tasks import tasks_of_instance
from processes.rules.calendar import in_swedish
from processes.rules.events import EVENTS
from processes.rules.facts import FACTS
from processes.rules.going_back import FINAL, UNSOUND, WAY_OUT
from processes.unit_of_work import UnitOfWork

RECORDS = "record_event"
"""The operation by which a process records an event by itself."""
SET_BY_PROCESS = ("cases.phase", "cases.outcome")
"""Values of the case that a process sets by itself, and that are set back with the step."""


@dataclass(frozen=True)
class Aftermath:
    """What has come of a step since it was completed, as far as going back to it is concerned."""

    tasks: Sequence[Task]
    """The step's own task and those behind it that were completed after it."""
    events: Sequence[Event] = ()
    letters: Sequence[Letter] = ()
    """Letters that the process has written since."""
    elsewhere: Sequence[str] = ()
    """What it set off outside its process, in Swedish."""
    instants: frozenset[datetime] = field(default_factory=frozenset)


def steps_done(work: UnitOfWork, case: Case) -> list[Target]:
    """Every completed step of the running processes, each with why it cannot be gone back to, if it cannot."""
    found = []
    for running in running_in(work, case):
        latest = {task.step: task for task in _completed(work, running)}
        for task in sorted(latest.values(), key=lambda one: one.id, reverse=True):
            note = f"slutförd {in_swedish(swedish_day(task.ended_at or work.now))}"
            why = _hindrance(work, case, running, task)
            found.append(Target(str(task.id), task.title, note, why, running.published.bundle.title))
    return found


def go_back(work: UnitOfWork, case: Case, caseworker: Caseworker, order: Order) -> Done:
    """Open the step again: what its answer led to is taken back openly, and the answer stands marked as corrected."""
    running, task = _chosen(work, case, order)
    after = _aftermath(work, case, running, task)
    reason = order.reason.strip()
    for event in reversed(after.events):
        take_back_with_its_step(work, case, event, reason=reason, by=caseworker)
    _withdraw_letters(work, case, after, caseworker)
    _set_back(work, case, after, caseworker)
    running.instance.go_back(task.step, _answers_before(work, running, after), work.at)
    note_correction(
        work, caseworker=caseworker, case_id=case.id, kind="correction", about=("task", task.id),
        text="Svaret var fel. Steget är öppnat igen.", reason=reason,
    )  # fmt: skip
    settle(work, case, cause=Cause("went_back", caseworker.id, reason))
    return Done(task.title)


def _chosen(work: UnitOfWork, case: Case, order: Order) -> tuple[Running, Task]:
    for running in running_in(work, case):
        for task in _completed(work, running):
            if str(task.id) in order.chosen:
                return running, task
    raise InterventionRefused("Steget finns inte längre bland det som är gjort i en pågående process.")


def _completed(work: UnitOfWork, running: Running) -> list[Task]:
    rows = tasks_of_instance(work.session, running.row.id)
    return sorted((one for one in rows if one.status == "completed"), key=_when)


def _when(task: Task) -> tuple[datetime, int]:
    return task.ended_at or task.created_at, task.id


def _hindrance(work: UnitOfWork, case: Case, running: Running, task: Task) -> str:
    way = running.instance.way_back(task.step)
    if way.hindrance is not None:
        steps = running.published.bundle.steps
        named = ", ".join(f"”{steps[one].name}”" for one in way.beside if one in steps and steps[one].name)
        return f"{UNSOUND[way.hindrance].format(beside=f': {named}' if named else '')} {WAY_OUT}"
    after = _aftermath(work, case, running, task)
    why = next(_what_stands(work, case, after), "")
    return f"{why} {WAY_OUT}" if why else ""


def _aftermath(work: UnitOfWork, case: Case, running: Running, task: Task) -> Aftermath:
    since, region = _when(task), running.instance.way_back(task.step).region
    tasks = [one for one in _completed(work, running) if _when(one) >= since and one.step in region]
    events = _events_of(work, case, running, tasks, region)
    instants = frozenset({_when(one)[0] for one in tasks} | {event.recorded_at for event in events})
    kinds = running.published.letters.keys()
    letters = [one for one in work.rows(Letter, case.id) if one.kind in kinds and one.written_at in instants]
    return Aftermath(tasks, events, letters, tuple(_elsewhere(work, running, instants)), instants)


def _events_of(
    work: UnitOfWork, case: Case, running: Running, tasks: Sequence[Task], region: frozenset[str]
) -> list[Event]:
    """What was said in these tasks, and what the process has recorded by itself behind the first of them since."""
    ids, since = {one.id for one in tasks}, _when(tasks[0])[0]
    by_itself = _recorded_by(running.published, region)

    def is_its_own(event: Event) -> bool:
        if event.task_id is not None or event.recorded_by_id is not None:
            return event.task_id in ids
        here = event.scope_kind == "case" or (event.scope_kind, event.scope_id) == (
            running.scope.kind,
            running.scope.id,
        )
        return here and event.name in by_itself and event.recorded_at >= since

    return [event for event in work.rows(Event, case.id) if is_its_own(event)]


def _recorded_by(published: Published, region: frozenset[str]) -> set[str]:
    """Names of the events that the process records by itself in these steps."""
    return {
        node.parameters.get("name", "").strip("'\"")
        for drawing in published.drawings.values()
        for node in drawing.nodes
        if node.operation == RECORDS and node.id in region
    }


def _elsewhere(work: UnitOfWork, running: Running, instants: frozenset[datetime]) -> Iterator[str]:
    """What other processes of the case began, ended or were moved to in the same moments."""
    here = select(ProcessInstance).where(
        ProcessInstance.case_id == running.row.case_id,
        ProcessInstance.id != running.row.id,
        or_(ProcessInstance.started_at.in_(instants), ProcessInstance.ended_at.in_(instants)),
    )
    for row in work.session.scalars(here.order_by(ProcessInstance.id)):
        title = work.diagrams.get(work.session, row.process_key, row.diagram_version).bundle.title
        yield f"Processen ”{title}” {'började' if row.started_at in instants else 'avslutades'} genom svaret."
    moved = select(Task).where(
        Task.case_id == running.row.case_id,
        Task.instance_id != running.row.id,
        or_(Task.created_at.in_(instants), (Task.status == "withdrawn") & Task.ended_at.in_(instants)),
    )
    for task in work.session.scalars(moved.order_by(Task.id)):
        yield f"Svaret har fört en annan process vidare: ”{task.title}”."


def _what_stands(work: UnitOfWork, case: Case, after: Aftermath) -> Iterator[str]:
    """Whatever cannot be taken back, in Swedish, the gravest first."""
    for letter in after.letters:
        if letter.sent_at is not None:
            yield f"Ett brev har skickats {in_swedish(swedish_day(letter.sent_at))}."
    for event in after.events:
        if event.name in FINAL:
            yield f"{FINAL[event.name]} ({EVENTS[event.name].label})"
    for event in after.events:
        yield from _lasting(work, case, event)
    yield from after.elsewhere


def _lasting(work: UnitOfWork, case: Case, event: Event) -> Iterator[str]:
    label = EVENTS[event.name].label
    if EVENTS[event.name].starts is not None:
        yield f"En process har börjat genom händelsen ”{label}”."
    elif event.name in UNDOING:
        why = UNDOING[event.name](work, case, event, None, only_ask=True)
        if why:
            yield why
    elif event.name in CONSEQUENCES:
        yield f"Händelsen ”{label}” ändrade ärendet på ett sätt som inte går att räkna tillbaka."


def _withdraw_letters(work: UnitOfWork, case: Case, after: Aftermath, by: Caseworker) -> None:
    """What was written because of the answer and has not left the house is written anew when the time comes."""
    for letter in after.letters:
        work.remove(letter)
        write_journal(work, case, by, "letter_withdrawn", letter.kind, letter=letter.id)


def _set_back(work: UnitOfWork, case: Case, after: Aftermath, by: Caseworker) -> None:
    """The phase and the outcome that the process set by itself are again what they were before the step."""
    lines = work.session.scalars(
        select(JournalEntry)
        .where(
            JournalEntry.case_id == case.id,
            JournalEntry.what == "value_changed",
            JournalEntry.by_id.is_(None),
            JournalEntry.subject.in_(SET_BY_PROCESS),
            JournalEntry.at.in_(after.instants),
        )
        .order_by(JournalEntry.id.desc())
    ).all()
    for line in lines:
        column = line.subject.removeprefix("cases.")
        if getattr(case, column) == line.details["to"]:
            change(work, case, case, by=by.id, **{column: line.details["from"]})


def _answers_before(work: UnitOfWork, running: Running, after: Aftermath) -> dict[str, Any]:
    """Every answer since the step by which the process chooses its way, with what it was before (None = nothing)."""
    asked = running.published.bundle.names - FACTS.keys()
    gone = {one.id for one in after.tasks}
    said: set[str] = set()
    before: dict[str, Any] = {}
    for task in _completed(work, running):
        names = asked & running.published.forms[task.step].scalar_names
        if task.id in gone:
            said |= names
        else:
            before |= {name: value for name, value in (task.answers or {}).items() if name in names}
    return {name: before.get(name) for name in said}


GO_BACK = Intervention(steps_done, go_back)
