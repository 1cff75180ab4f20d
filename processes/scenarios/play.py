"""Plays a story on a clock of its own, through the very actions that the pages call, and reports each expectation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from processes.actions.events import record_event
from processes.actions.notices import register_notice
from processes.actions.open_tasks import ask_gates
from processes.actions.tasks import claim_task, complete_task
from processes.actions.timers import cases_with_due_timers, fire_case_timers, next_due_at
from processes.clock import ManualClock
from processes.errors import GateClosed, Refusal
from processes.models import Case, Caseworker, Event, ProcessInstance, Task
from processes.queries.people import get_caseworker_named
from processes.queries.tasks import get_task
from processes.rules.gates import Level
from processes.rules.snapshot import Scope
from processes.runtime import Runtime
from processes.scenarios.expectations import check
from processes.scenarios.found import Found
from processes.scenarios.stories import Story, StoryRefused, instant
from processes.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Checked:
    """One expectation of a story and how it went."""

    step: int
    what: str
    came_true: bool
    found: str = ""


@dataclass
class Outcome:
    """How a story went: every expectation, in order."""

    story: Story
    checked: list[Checked] = field(default_factory=list)
    passed: set[tuple[str, str | None]] = field(default_factory=set)
    """Every step that was passed, and for an exclusive choice the step that came next."""
    processes: set[str] = field(default_factory=set)
    """Every process that ran."""

    @property
    def came_true(self) -> bool:
        """Every expectation came true, and there was at least one."""
        return bool(self.checked) and all(one.came_true for one in self.checked)

    @property
    def failures(self) -> list[Checked]:
        return [one for one in self.checked if not one.came_true]


@dataclass
class _Stage:
    """What the play knows as it goes along."""

    runtime: Runtime
    clock: ManualClock
    outcome: Outcome
    named: dict[str, Scope] = field(default_factory=dict)
    case_id: int | None = None
    number: int = 0

    def remember(self, work: UnitOfWork) -> None:
        """What the processes passed in the transaction that is about to end."""
        for running in work.running.values():
            self.outcome.processes.add(running.row.process_key)
            self.outcome.passed |= {(step.step_id, step.went_to) for step in running.instance.passed}

    def note(self, what: str, *, came_true: bool, found: str = "") -> None:
        self.outcome.checked.append(Checked(self.number, what, came_true, found))


def play(runtime: Runtime, story: Story) -> Outcome:
    """Play the story on a database of its own that has the demo's staff and diagrams, with a ManualClock.

    An expectation that does not come true is reported, not raised; a story that cannot go on stops there.
    """
    clock = runtime.clock
    if not isinstance(clock, ManualClock):
        raise StoryRefused("a story is played on a manual clock only")
    stage = _Stage(runtime, clock, Outcome(story))
    clock.move_to(story.starts_at)
    for number, step in enumerate(story.steps, start=1):
        stage.number = number
        if "at" in step:
            _let_time_pass(stage, instant(step["at"]))
        if not _act(stage, step):
            break
        _expect(stage, step)
    return stage.outcome


def _let_time_pass(stage: _Stage, until: datetime) -> None:
    """Move the clock, stopping at each instant at which a timer is due, as a worker would."""
    while True:
        with stage.runtime.reading() as work:
            due = next_due_at(work)
        if due is None or due > until:
            break
        stage.clock.move_to(max(due, stage.clock.now()))
        with stage.runtime.reading() as work:
            cases = cases_with_due_timers(work, limit=10)
        for case_id in cases:
            with stage.runtime.transaction() as work:
                fire_case_timers(work, case_id=case_id)
                stage.remember(work)
    stage.clock.move_to(until)


def _act(stage: _Stage, step: Mapping[str, Any]) -> bool:
    """Do what the step says; False when it went otherwise than the story says and the play cannot go on."""
    wanted = step.get("refused")
    what = _title(step)
    try:
        with stage.runtime.transaction() as work:
            _do(stage, work, step)
            stage.remember(work)
    except Refusal as refusal:
        if wanted is None:
            stage.note(what, came_true=False, found=f"nekades: {type(refusal).__name__}: {refusal.in_full}")
            return False
        right = type(refusal).__name__ == wanted["because"]
        right = right and wanted.get("says", "").casefold() in refusal.in_full.casefold()
        stage.note(
            f"{what} nekas ({wanted['because']})",
            came_true=right,
            found=f"{type(refusal).__name__}: {refusal.in_full}",
        )
        return True
    if wanted is not None:
        stage.note(f"{what} nekas ({wanted['because']})", came_true=False, found="det tilläts")
        return False
    if what:
        stage.note(what, came_true=True)
    return True


def _title(step: Mapping[str, Any]) -> str:
    who = step.get("who", "någon")
    for verb, what in (("task", "gör"), ("look", "öppnar"), ("event", "antecknar")):
        if verb in step:
            return f"{who} {what} {step[verb]}"
    return f"{who} registrerar en underrättelse" if "notice" in step else ""


def _do(stage: _Stage, work: UnitOfWork, step: Mapping[str, Any]) -> None:
    if not {"notice", "task", "event", "look"} & step.keys():
        return
    caseworker = get_caseworker_named(work.session, step.get("who", ""))
    if "notice" in step:
        notice = register_notice(work, caseworker=caseworker, answers=_filled(stage, work, step["notice"]))
        stage.case_id = notice.case_id
        _name(stage, step, Scope("notice", notice.id))
        _name_persons(stage, work)
    elif "event" in step:
        said = _filled(stage, work, step.get("answers", {}))
        event = record_event(
            work, case_id=_case(stage), name=step["event"], payload=said, caseworker=caseworker
        )
        _name(stage, step, Scope(event.scope_kind, event.scope_id))
    elif "look" in step:
        _look(stage, work, caseworker, step)
    else:
        task = _find_task(stage, work, step["task"], step.get("about"))
        claim_task(work, task_id=task.id, caseworker=caseworker)
        said = _filled(stage, work, step.get("answers", {}))
        before = work.session.scalar(select(Event.id).order_by(Event.id.desc()).limit(1)) or 0
        complete_task(work, task_id=task.id, caseworker=caseworker, answers=said)
        _name_started(stage, work, step, before)
    for name, called in step.get("persons", {}).items():
        stage.named[name] = Scope("person", _person(work, _case(stage), called))


def _look(stage: _Stage, work: UnitOfWork, caseworker: Caseworker, step: Mapping[str, Any]) -> None:
    """Open the task; a hard gate that is closed refuses, as the page would show."""
    found = _find_task(stage, work, step["look"], step.get("about"))
    task = get_task(work.session, found.id, caseworker, work.now)
    published = work.diagrams.get(work.session, task.instance.process_key, task.instance.diagram_version)
    for gate, answer in ask_gates(work, task, published, caseworker=caseworker):
        if answer.level is Level.HARD and not answer.allowed:
            raise GateClosed(gate.title, answer.why, answer.way_out)


def _find_task(stage: _Stage, work: UnitOfWork, step_id: str, about: str | None) -> Task:
    tasks = select(Task).where(Task.case_id == _case(stage), Task.step == step_id, Task.status == "open")
    if about is not None:
        scope = _called(stage, about)
        tasks = tasks.join(ProcessInstance, ProcessInstance.id == Task.instance_id).where(
            ProcessInstance.scope_kind == scope.kind, ProcessInstance.scope_id == scope.id
        )
    found = work.session.scalars(tasks.order_by(Task.id)).first()
    if found is None:
        raise StoryRefused(f"Ingen uppgift {step_id} är öppen.")
    return found


def _name(stage: _Stage, step: Mapping[str, Any], scope: Scope) -> None:
    if "as" in step:
        stage.named[step["as"]] = scope


def _name_started(stage: _Stage, work: UnitOfWork, step: Mapping[str, Any], after: int) -> None:
    """A task that recorded an event about something of its own (an application, a report) names that."""
    if "as" not in step:
        return
    own = ("application", "request", "report", "watch", "person")
    event = work.session.scalars(
        select(Event).where(Event.id > after, Event.scope_kind.in_(own)).order_by(Event.id)
    ).first()
    if event is None:
        raise StoryRefused(f"{step['task']} började ingenting som kan kallas {step['as']}.")
    _name(stage, step, Scope(event.scope_kind, event.scope_id))


def _name_persons(stage: _Stage, work: UnitOfWork) -> None:
    case = work.session.get_one(Case, _case(stage))
    for person in case.persons:
        stage.named.setdefault(person.name, Scope("person", person.id))


def _person(work: UnitOfWork, case_id: int, called: str) -> int:
    case = work.session.get_one(Case, case_id)
    work.session.refresh(case, ["persons"])
    for person in case.persons:
        if person.name == called:
            return person.id
    raise StoryRefused(f"Ingen i ärendet heter {called}.")


def _called(stage: _Stage, name: str) -> Scope:
    if name not in stage.named:
        raise StoryRefused(f"Ingenting kallas {name} i scenariot.")
    return stage.named[name]


def _case(stage: _Stage) -> int:
    if stage.case_id is None:
        raise StoryRefused("Scenariot måste börja med en underrättelse.")
    return stage.case_id


def _filled(stage: _Stage, work: UnitOfWork, value: Any) -> Any:
    """The answers with every '$name', '@name' and '#case' replaced by what it stands for."""
    if isinstance(value, Mapping):
        return {key: _filled(stage, work, one) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(stage, work, one) for one in value]
    if isinstance(value, str) and value.startswith("@"):
        return get_caseworker_named(work.session, value[1:]).id
    if value == "#case":
        return work.session.get_one(Case, _case(stage)).number
    if isinstance(value, str) and value.startswith("$"):
        return _called(stage, value[1:]).id
    return value


def _expect(stage: _Stage, step: Mapping[str, Any]) -> None:
    if "expect" not in step:
        return
    with stage.runtime.reading() as work:
        found = Found(work, _case(stage), stage.named)
        try:
            for what, came_true, instead in check(found, step["expect"]):
                stage.note(what, came_true=came_true, found=instead)
        except StoryRefused as fault:
            stage.note("det väntade går att läsa", came_true=False, found=str(fault))
