"""Cases for other systems: the household as far as the person may see it, its dates, its consents and its events."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from app.api.form_schemas import schema_of_form
from app.api.operation import Call, Schema
from app.api.tasks import summary as task_summary
from app.reads import show_nothing
from processes.actions.events import event_form, record_event
from processes.models import Case, Deadline
from processes.queries.case_parts import consents_of, current_deadlines_of, events_of
from processes.queries.cases import get_case, get_case_file, open_cases
from processes.queries.people import staff_names
from processes.queries.persons_seen import PersonShown, Sight, sight_of
from processes.rules.events import EVENTS
from processes.rules.explanation import Explanation
from processes.unit_of_work import UnitOfWork

BY_HAND = {name: event.label for name, event in EVENTS.items() if event.by_hand}
"""The events that may be recorded at any time."""


def event_schema(work: UnitOfWork, name: str) -> Schema:
    """What the event's form asks."""
    return schema_of_form(event_form(work, name))


def listed(call: Call) -> dict[str, Any]:
    """The open cases that the person sees, the newest first."""
    work = call.work
    page = open_cases(
        work.session,
        call.caseworker,
        work.now,
        search=call.asked["search"] or "",
        after=call.asked["after"],
        size=call.asked["limit"],
    )
    return {"cases": [_summary(case) for case in page.cases], "next_after": page.next_after}


def _summary(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "number": case.number,
        "phase": case.phase,
        "opened_at": case.opened_at.isoformat(),
        "closed_at": _text(case.closed_at),
        "outcome": case.outcome,
        "responsible": case.responsible.name if case.responsible is not None else None,
    }


def _seen(call: Call) -> tuple[Case, Sight]:
    work = call.work
    case = get_case(work.session, call.named["case_id"], call.caseworker, work.now)
    return case, sight_of(work.session, case, call.caseworker, work.now, work.policy)


def read(call: Call) -> dict[str, Any]:
    """The household, its home, its notices and its open tasks."""
    case, sight = _seen(call)
    file = get_case_file(call.work.session, case, call.caseworker, call.work.now, journal_lines=0)
    landlord = case.dwelling.landlord
    return {
        "case": _summary(case),
        "home": sight.home,
        "landlord": landlord.name if landlord is not None else None,
        "persons": [_person(person) for person in sight.persons],
        "notices": [
            {
                "id": notice.id,
                "kind": notice.kind,
                "grounds": notice.grounds,
                "informant": notice.informant,
                "received_at": notice.received_at.isoformat(),
                "stance": notice.stance,
                "eviction_at": _text(notice.eviction_at),
                "duplicate_of": notice.duplicate_of_id,
            }
            for notice in file.notices
        ],
        "open_tasks": [task_summary(task) for task in file.open_tasks],
    }


def _person(person: PersonShown) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "roles": list(person.roles),
        "protection": person.protection,
        "is_kept_back": person.is_kept_back,
        "born_on": _text(person.born_on),
        "id_number": person.id_number,
        "own_address": person.own_address,
        "language": person.language,
        "needs_interpreter": person.needs_interpreter,
        "died_on": _text(person.died_on),
    }


def deadlines(call: Call) -> dict[str, Any]:
    """The dates that run, each with why it is what it is."""
    case, sight = _seen(call)
    return {"deadlines": [_deadline(row, sight) for row in current_deadlines_of(call.work.session, case.id)]}


def _deadline(row: Deadline, sight: Sight) -> dict[str, Any]:
    explained = Explanation.from_json(row.explanation)
    return {
        "rule": row.rule,
        "title": explained.title,
        "kind": explained.kind.value,
        "about": row.subject,
        "falls_on": _text(row.falls_on),
        "is_provisional": row.is_provisional,
        "source": explained.source,
        "why": sight.text(explained.as_text_sv()),
        "computed_at": row.computed_at.isoformat(),
    }


def consents(call: Call) -> dict[str, Any]:
    """Every consent that was given, also those that were withdrawn."""
    case, sight = _seen(call)
    return {
        "consents": [
            {
                "id": consent.id,
                "giver": consent.giver_id,
                "recipient": consent.recipient,
                "recipient_name": sight.text(consent.recipient_name),
                "purposes": consent.purposes,
                "scopes": consent.scopes,
                "direction": consent.direction,
                "form": consent.form,
                "given_at": consent.given_at.isoformat(),
                "valid_until": _text(consent.valid_until),
                "withdrawn_at": _text(consent.withdrawn_at),
            }
            for consent in consents_of(call.work.session, case.id)
        ]
    }


def events(call: Call) -> dict[str, Any]:
    """What has happened, oldest first, a page at a time."""
    case, sight = _seen(call)
    names = staff_names(call.work.session, case.administration_key)
    page = events_of(call.work.session, case.id, after=call.asked["after"], size=call.asked["limit"])
    return {
        "events": [
            {
                "id": event.id,
                "name": event.name,
                "at": event.at.isoformat(),
                "recorded_at": event.recorded_at.isoformat(),
                "recorded_by": names.get(event.recorded_by_id or 0),
                "payload": sight.payload(event.payload),
                "corrected_by": event.corrected_by_id,
            }
            for event in page.events
        ],
        "next_after": page.next_after,
    }


def record(call: Call) -> dict[str, Any]:
    """Record an event as the person would on the page."""
    event = record_event(
        call.work,
        case_id=call.named["case_id"],
        name=call.named["name"],
        payload=call.body,
        caseworker=call.caseworker,
    )
    show_nothing()
    return {"id": event.id, "name": event.name, "case_id": event.case_id, "at": event.at.isoformat()}


def _text(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
