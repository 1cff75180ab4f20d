"""A picture of where a case stands, and what differs between two of them: what an action has led to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from processes.actions.suspension import goes_on
from processes.models import (
    Case,
    Deadline,
    Event,
    JobFailure,
    KeptMessage,
    Letter,
    Mail,
    Notification,
    ProcessInstance,
    Subscription,
    Task,
    Timer,
)
from processes.queries.people import staff_names
from processes.rules.events import EVENTS
from processes.unit_of_work import UnitOfWork

Value = str | int | bool | date | datetime | None
Place = tuple[str, str]
"""What kind of thing it is, and which of its kind."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing of a case as it stands."""

    title: str
    values: tuple[tuple[str, Value], ...] = ()
    """What is known of it that can change, by name."""


Picture = dict[Place, Mark]


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is another than before."""

    name: str
    was: Value
    becomes: Value


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that an action has led to (sv. följd)."""

    kind: str
    """task, timer, message, process, letter, mail, deadline, event, kept, failure, notification or case."""
    change: str
    """appears, goes or changes."""
    title: str
    changes: tuple[Change, ...] = ()

    def told(self, *, after: bool) -> dict[str, Any] | None:
        """How the thing stands before or after it, as a journal keeps it; None where it is not there."""
        if (self.change == "goes" and after) or (self.change == "appears" and not after):
            return None
        values = {one.name: _plain(one.becomes if after else one.was) for one in self.changes}
        return {"kind": self.kind, "title": self.title, **{k: v for k, v in values.items() if v is not None}}


def picture_of(work: UnitOfWork, case: Case) -> Picture:
    """Everything in the case that an intervention can change, as it stands in this transaction."""
    work.session.flush()
    return dict((*_what_waits(work, case), *_what_was_done(work, case), _case_itself(case)))


def effects_between(before: Picture, after: Picture) -> tuple[Effect, ...]:
    """What differs, in the order of the pictures; what is gone stands where it stood."""
    return tuple(_effects(before, after))


def _effects(before: Picture, after: Picture) -> Iterator[Effect]:
    for place in dict.fromkeys((*before, *after)):
        was, becomes = before.get(place), after.get(place)
        kind = place[0]
        if was is None and becomes is not None:
            yield Effect(kind, "appears", becomes.title, _changes((), becomes.values))
        elif becomes is None and was is not None:
            yield Effect(kind, "goes", was.title, _changes(was.values, ()))
        elif was is not None and becomes is not None and was != becomes:
            yield Effect(kind, "changes", becomes.title, _changes(was.values, becomes.values))


def _changes(was: Sequence[tuple[str, Value]], becomes: Sequence[tuple[str, Value]]) -> tuple[Change, ...]:
    old, new = dict(was), dict(becomes)
    return tuple(
        Change(name, old.get(name), new.get(name))
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    )


def _plain(value: Value) -> str | int | bool | None:
    return value.isoformat() if isinstance(value, date) else value


def _case_itself(case: Case) -> tuple[Place, Mark]:
    values: tuple[tuple[str, Value], ...] = (
        ("phase", case.phase),
        ("outcome", case.outcome),
        ("is_closed", case.closed_at is not None),
        ("suspended_until", case.suspended_until),
    )
    return ("case", ""), Mark(case.number, values)


def _what_waits(work: UnitOfWork, case: Case) -> Iterator[tuple[Place, Mark]]:
    names = staff_names(work.session, case.administration_key)
    for task in _rows(work, Task, case, Task.status == "open"):
        values: tuple[tuple[str, Value], ...] = (
            ("unit", task.unit),
            ("holder", names.get(task.claimed_by_id or 0)),
            ("due_at", task.due_at),
            ("priority", task.priority),
            ("priority_by_hand", task.priority_by_hand),
            ("rests_until", task.on_hold_until),
            ("is_held", not goes_on(work, case, task)),
        )
        yield ("task", str(task.id)), Mark(task.title, values)
    names_of_steps: dict[str, str] = {}
    for row in _rows(work, ProcessInstance, case, ProcessInstance.ended_at.is_(None)):
        bundle = work.diagrams.get(work.session, row.process_key, row.diagram_version).bundle
        names_of_steps |= {step.id: step.name for step in bundle.steps.values()}
        yield ("process", str(row.id)), Mark(bundle.title)
    for timer in _rows(work, Timer, case):
        place = ("timer", f"{timer.instance_id}:{timer.step}")
        values = (("at", timer.due_at), ("is_held", timer.is_held))
        yield place, Mark(names_of_steps.get(timer.step, timer.step), values)
    for wanted in _rows(work, Subscription, case):
        yield ("message", f"{wanted.instance_id}:{wanted.name}"), Mark(_event_title(wanted.name))
    for kept in _rows(work, KeptMessage, case):
        yield ("kept", f"{kept.event_id}:{kept.instance_id}"), Mark(_event_title(kept.name))
    for row in _rows(work, Deadline, case, Deadline.is_current.is_(True)):
        values = (("on", row.falls_on), ("is_provisional", row.is_provisional))
        yield (
            ("deadline", f"{row.rule} {row.subject}"),
            Mark(str(row.explanation.get("title") or row.rule), values),
        )


def _what_was_done(work: UnitOfWork, case: Case) -> Iterator[tuple[Place, Mark]]:
    names = staff_names(work.session, case.administration_key)
    for event in _rows(work, Event, case, Event.corrected_by_id.is_(None)):
        yield ("event", str(event.id)), Mark(_event_title(event.name))
    for letter in _rows(work, Letter, case):
        yield ("letter", str(letter.id)), Mark(letter.kind, (("is_sent", letter.sent_at is not None),))
    for mail in _rows(work, Mail, case):
        yield ("mail", str(mail.id)), Mark(mail.kind, (("is_given_up", mail.given_up_at is not None),))
    for failure in _rows(work, JobFailure, case):
        yield ("failure", str(failure.id)), Mark(failure.job, (("attempts", failure.attempts),))
    for told in _rows(work, Notification, case, Notification.seen_at.is_(None)):
        yield ("notification", str(told.id)), Mark(told.unit, (("to", names.get(told.person_id or 0)),))


def _rows(work: UnitOfWork, model: Any, case: Case, *conditions: Any) -> Sequence[Any]:
    found = select(model).where(model.case_id == case.id, *conditions).order_by(model.id)
    return work.session.scalars(found).all()


def _event_title(name: str) -> str:
    return EVENTS[name].label if name in EVENTS else name
