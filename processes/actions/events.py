"""Records what happens in a case between the tasks: a payment, a consent, a new date, a contact attempt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from processes.actions.moving import reopen, settle
from processes.errors import NotAllowed, UnknownEvent
from processes.forms import Form
from processes.models import Caseworker, Event
from processes.operations.recording import Author, record
from processes.queries.cases import get_case_for_update, must_be_of_administration
from processes.queries.choices import choices_in
from processes.queries.diagrams import current_version
from processes.rules.events import EVENTS
from processes.rules.permissions import may
from processes.unit_of_work import UnitOfWork

EVENT_FORMS = "arendehandelser"
"""The folder of bpmn-diagrams that holds the forms of events."""


def record_event(
    work: UnitOfWork, *, case_id: int, name: str, payload: Mapping[str, Any], caseworker: Caseworker
) -> Event:
    """Record an event of the catalogue in the case and let the case move on.

    `payload` is read by the event's form. Raises CaseNotFound, UnknownEvent, NotAllowed for an event that only a
    process records, or AnswersRefused per field; then nothing has changed.
    """
    case = get_case_for_update(work.session, case_id)
    must_be_of_administration(case, caseworker)
    if not may("record_event", caseworker.roles, caseworker.units):
        raise NotAllowed("Only those who work with cases record events.")
    form = event_form(work, name)
    read = form.read(payload, choices_in(work.session, case, caseworker))
    reopen(work, case)
    author = Author(caseworker.id)
    recorded = [
        record(work, case, each, said, author=author) for each, said in form.events(read) or [(name, read)]
    ]
    settle(work, case, cause=name)
    return next((event for event in recorded if event.name == name), recorded[0])


def event_form(work: UnitOfWork, name: str) -> Form:
    """The form in which a caseworker records the event. Raises UnknownEvent or NotAllowed."""
    if name not in EVENTS:
        raise UnknownEvent(name)
    if not EVENTS[name].by_hand:
        raise NotAllowed(f"{name} is recorded by the process itself.")
    return shared_form(work, name)


def shared_form(work: UnitOfWork, name: str) -> Form:
    """A form of the folder of case events by its name, on its current version."""
    version = current_version(work.session, EVENT_FORMS)
    return work.diagrams.get(work.session, EVENT_FORMS, version).forms[name]
