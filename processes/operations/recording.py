"""Writes down that something has happened in a case: the event's row, the rows it changes, and the knock it gives.

Everything that happens goes through `record`: a form that was completed, a service task in a diagram, a caseworker's
note, a system's message. Payload values are JSON: dates as YYYY-MM-DD, instants as ISO 8601 in UTC, money as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from processes.errors import AnswersRefused, UnknownEvent
from processes.models import Case, Event, JournalEntry
from processes.operations.consequences import CONSEQUENCES, person_of
from processes.rules.events import EVENTS, CaseEvent
from processes.rules.snapshot import Scope
from processes.unit_of_work import Knock, Start, UnitOfWork

TIME_KEYS = ("at", "received_at", "posted_at", "given_at", "paid_on", "on")
"""Payload keys that say when the event itself happened, best first."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who or what records something: a caseworker, and the task in which it was said."""

    caseworker_id: int | None = None
    task_id: int | None = None


def record(
    work: UnitOfWork,
    case: Case,
    name: str,
    payload: Mapping[str, Any],
    *,
    scope: Scope | None = None,
    author: Author | None = None,
) -> Event:
    """Record the event `name` in the case and offer it to the processes that wait.

    `scope` is the place it was recorded from; the catalogue decides what scope the event has. Raises UnknownEvent, or
    AnswersRefused when the payload names a person or a notice that is not of the case.
    """
    kind = EVENTS.get(name)
    if kind is None:
        raise UnknownEvent(name)
    event = _event(work, case, kind, payload, author or Author())
    work.add(event)
    also = _place(work, case, kind, event, scope)
    _write_journal(work, event)
    work.forget_snapshot(case.id)
    for message in (name, *also):
        work.set_off(Knock(event, message))
    if kind.starts:
        place = Scope("case", case.id) if kind.only_one else Scope(event.scope_kind, event.scope_id)
        work.set_off(Start(kind.starts, case.id, place))
    return event


def _event(
    work: UnitOfWork, case: Case, kind: CaseEvent, payload: Mapping[str, Any], author: Author
) -> Event:
    return Event(
        case_id=case.id,
        name=kind.name,
        at=happened_at(payload) or work.at,
        recorded_at=work.now,
        recorded_by_id=author.caseworker_id,
        task_id=author.task_id,
        payload=dict(payload),
        scope_kind=kind.scope,
        scope_id=0,
    )


def _place(work: UnitOfWork, case: Case, kind: CaseEvent, event: Event, scope: Scope | None) -> Iterable[str]:
    """Give the event its scope and its consequences; an event about a person may be what makes the person known."""
    consequence = CONSEQUENCES.get(event.name)
    if kind.scope == "person":
        also = consequence(work, case, event) if consequence else ()
        event.scope_id = person_of(work, case, event.payload.get("person"), "person").id
        return also
    event.scope_id = _scope_id(work, case, kind, event, scope)
    return consequence(work, case, event) if consequence else ()


def _write_journal(work: UnitOfWork, event: Event) -> None:
    work.add(
        JournalEntry(
            case_id=event.case_id,
            at=work.now,
            by_id=event.recorded_by_id,
            what="event_recorded",
            subject=event.name,
            details={"event": event.id, **event.payload},
        )
    )


def _scope_id(work: UnitOfWork, case: Case, kind: CaseEvent, event: Event, scope: Scope | None) -> int:
    if kind.scope == "case":
        return case.id
    if kind.is_origin:
        return event.id
    chosen = event.payload.get(kind.scope)
    if chosen is not None:
        return _of_this_case(work, case, kind.scope, int(chosen))
    if scope is not None and scope.kind == kind.scope:
        return scope.id
    if kind.scope == "notice":
        return _the_only_notice(work, case)
    raise AnswersRefused({kind.scope: "Välj vad i ärendet det gäller."})


def _of_this_case(work: UnitOfWork, case: Case, kind: str, chosen: int) -> int:
    if kind == "notice":
        known = {notice.id for notice in work.snapshot(case.id).notices}
    else:
        known = {event.id for event in work.snapshot(case.id).events if event.scope.kind == kind}
    if chosen not in known:
        raise AnswersRefused({kind: "Välj något som hör till ärendet."})
    return chosen


def _the_only_notice(work: UnitOfWork, case: Case) -> int:
    known = [notice.id for notice in work.snapshot(case.id).notices]
    if len(known) != 1:
        raise AnswersRefused({"notice": "Välj vilken underrättelse det gäller."})
    return known[0]


def happened_at(payload: Mapping[str, Any]) -> datetime | None:
    """The instant that the payload gives for the event itself; None if it gives no time of day."""
    for key in TIME_KEYS:
        value = payload.get(key)
        if isinstance(value, str) and "T" in value:
            return datetime.fromisoformat(value)
    return None
