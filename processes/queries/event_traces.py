"""Finds what followed from an event in the same moment: whether taking it back would leave anything standing askew."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from processes.models import Event, Letter, ProcessInstance, Task
from processes.rules.event_corrections import Correctable


@dataclass(frozen=True)
class Traces:
    """What the event set off."""

    words: list[str]
    """In Swedish; empty when nothing followed that a correction does not put right."""
    ended: ProcessInstance | None = None
    """The process that the event ended and that is to begin anew."""
    recorded: list[Event] = field(default_factory=list)
    """What that process recorded as it ended."""
    appeared: list[str] = field(default_factory=list)
    """Steps that became tasks in the same moment and are open still."""
    fell_away: list[str] = field(default_factory=list)
    """Steps whose tasks the process no longer asked for."""


def traces_of(session: Session, event: Event, kind: Correctable) -> Traces:
    """What else was written in the transaction that recorded the event."""
    at, case_id = event.recorded_at, event.case_id
    instances = session.scalars(
        select(ProcessInstance).where(
            ProcessInstance.case_id == case_id,
            or_(ProcessInstance.started_at == at, ProcessInstance.ended_at == at),
        )
    ).all()
    ended = next((one for one in instances if _begins_anew(one, event, kind)), None)
    others = session.scalars(
        select(Event).where(Event.case_id == case_id, Event.recorded_at == at, Event.id != event.id)
    ).all()
    recorded = [one for one in others if ended is not None and _goes_with_it(one, kind)]
    tasks = session.scalars(
        select(Task).where(Task.case_id == case_id, or_(Task.created_at == at, Task.ended_at == at))
    ).all()
    letters = select(Letter.id).where(Letter.case_id == case_id, Letter.written_at == at)
    found = {
        "en process började eller avslutades": [one for one in instances if one is not ended],
        "mer antecknades i samma stund": [one for one in others if one not in recorded],
        "ett brev skrevs": session.scalars(letters).all(),
        "en uppgift som kom till är slutförd": [
            one for one in tasks if one.created_at == at and one.status == "completed"
        ],
    }
    return Traces(
        [words for words, rows in found.items() if rows],
        ended,
        recorded,
        [one.step for one in tasks if one.status == "open"],
        [one.step for one in tasks if one.status == "withdrawn" and one.created_at < at == one.ended_at],
    )


def _begins_anew(row: ProcessInstance, event: Event, kind: Correctable) -> bool:
    is_about_it = (row.scope_kind, row.scope_id) == (event.scope_kind, event.scope_id)
    return row.process_key == kind.restarts and is_about_it and row.ended_at == event.recorded_at


def _goes_with_it(row: Event, kind: Correctable) -> bool:
    return row.name in kind.with_it and row.recorded_by_id is None


def ended_since(session: Session, event: Event) -> list[ProcessInstance]:
    """The processes about what the event is about that have ended after it, and none of whose kind runs now."""
    rows = session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == event.case_id)).all()
    here = (event.scope_kind, event.scope_id)
    found = [one for one in rows if event.scope_kind == "case" or (one.scope_kind, one.scope_id) == here]
    running = {one.process_key for one in found if one.ended_at is None}
    return [
        one
        for one in found
        if one.ended_at is not None and one.ended_at > event.recorded_at and one.process_key not in running
    ]
