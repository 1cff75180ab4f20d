"""What a form offers to choose from in a case: its persons, notices and consents, and colleagues."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.clock import swedish_day
from processes.forms import Choices, Option
from processes.models import Case, Caseworker, Consent, Event, Notice, Person
from processes.rules.units import UNIT_NAMES

CHILD_ROLES = {"child", "contact_child"}
STARTED_BY = {
    "application": "ansokan.onskad",
    "report": "orosanmalan.inkom",
    "request": "hembesok.begart",
    "watch": "bevakning.skapad",
}
"""What a reference of this format points at: an event that started a process of its own."""


def choices_in(session: Session, case: Case | None, caseworker: Caseworker) -> Choices:
    """Everything that the caseworker can choose in the case; without a case only colleagues and units."""
    colleagues = session.scalars(
        select(Caseworker)
        .where(Caseworker.administration_key == caseworker.administration_key, Caseworker.is_active)
        .order_by(Caseworker.name)
    )
    options = {
        "caseworker": [Option(one.id, one.name) for one in colleagues],
        "unit": [Option(str(unit), name) for unit, name in UNIT_NAMES.items()],
    }
    if case is not None:
        options |= _of_case(session, case)
    return Choices(options)


def _of_case(session: Session, case: Case) -> dict[str, list[Option]]:
    notices = session.scalars(select(Notice).where(Notice.case_id == case.id).order_by(Notice.id))
    consents = session.scalars(
        select(Consent).where(Consent.case_id == case.id, Consent.withdrawn_at.is_(None)).order_by(Consent.id)
    )
    children = [person for person in case.persons if CHILD_ROLES & set(person.roles)]
    adults = [person for person in case.persons if person not in children]
    return {
        "person": _people(case.persons),
        "adult": _people(adults),
        "child": _people(children),
        "notice": [Option(one.id, f"{one.kind}, inkom {swedish_day(one.received_at)}") for one in notices],
        "consent": [Option(one.id, f"{one.recipient}, {swedish_day(one.given_at)}") for one in consents],
        **{kind: _started(session, case, name) for kind, name in STARTED_BY.items()},
    }


def _people(persons: Iterable[Person]) -> list[Option]:
    return [Option(person.id, person.name) for person in persons]


def _started(session: Session, case: Case, name: str) -> list[Option]:
    events = session.scalars(
        select(Event).where(Event.case_id == case.id, Event.name == name).order_by(Event.id)
    )
    return [Option(event.id, f"{swedish_day(event.at)}, nr {event.id}") for event in events]
