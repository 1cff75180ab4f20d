"""Records what happens in a case between the tasks: a payment, a consent, a new date, a contact attempt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from processes.actions.deadlines import Cause
from processes.actions.moving import settle
from processes.actions.open_tasks import acting
from processes.errors import CaseClosed, GateClosed, NotAllowed, UnknownEvent
from processes.forms import Form
from processes.models import Case, Caseworker, Event
from processes.operations.recording import Author, happened_at, record
from processes.queries.access import must_see_case
from processes.queries.choices import choices_in
from processes.queries.diagrams import current_version
from processes.rules.events import EVENTS
from processes.rules.gates import GATES, GateQuestion, Level
from processes.rules.permissions import may
from processes.rules.snapshot import Scope
from processes.unit_of_work import UnitOfWork

EVENT_FORMS = "arendehandelser"
"""The folder of bpmn-diagrams that holds the forms of events."""

FOR_THE_RECORD = frozenset({"anteckning", "uppgift.lamnad", "skydd.andrat", "samtycke.aterkallat"})
"""Events that may be recorded in a closed case without anybody acting on them."""


def record_event(
    work: UnitOfWork, *, case_id: int, name: str, payload: Mapping[str, Any], caseworker: Caseworker
) -> Event:
    """Record an event of the catalogue in the case and let the case move on.

    `payload` is read by the event's form. Raises CaseNotFound, UnknownEvent, NotAllowed for an event that only a
    process records, AnswersRefused per field, GateClosed, or CaseClosed for news in a closed case that starts nothing
    there and would reach nobody; then nothing has changed.
    """
    case = work.lock(case_id, caseworker.administration_key)
    must_see_case(work.session, case, caseworker, work.now)
    if not may("record_event", caseworker.roles, caseworker.units):
        raise NotAllowed("Only those who work with cases record events.")
    form = event_form(work, name)
    if case.closed_at is not None and EVENTS[name].starts is None and name not in FOR_THE_RECORD:
        raise CaseClosed(case.number)
    read = form.read(payload, choices_in(work.session, case, caseworker, work.now).at(work.now))
    work.gather([case_id])
    pass_gate(work, case, name, read, caseworker)
    author = Author(caseworker.id)
    recorded = [
        record(work, case, each, said, author=author) for each, said in form.events(read) or [(name, read)]
    ]
    settle(work, case, cause=Cause.said(name, caseworker.id, read))
    return next((event for event in recorded if event.name == name), recorded[0])


def pass_gate(work: UnitOfWork, case: Case, name: str, said: dict[str, Any], caseworker: Caseworker) -> None:
    """An event that a gate guards must be allowed by what held when it happened, not by what was agreed later."""
    guarded_by = EVENTS[name].gate
    if guarded_by is None:
        return
    gate = GATES[guarded_by]
    answer = gate.check(
        GateQuestion(
            snapshot=work.snapshot(case.id),
            scope=Scope("case", case.id),
            now=happened_at(said) or work.at,
            answers=said,
            person=acting(caseworker),
        )
    )
    is_explained = answer.level is Level.REASON and bool(said.get("gate_reason"))
    if not (answer.allowed or is_explained):
        raise GateClosed(gate.title, answer.why, answer.way_out)


def event_form(work: UnitOfWork, name: str) -> Form:
    """The form in which a caseworker records the event, with the field that its gate adds.

    Raises UnknownEvent or NotAllowed.
    """
    if name not in EVENTS:
        raise UnknownEvent(name)
    if not EVENTS[name].by_hand:
        raise NotAllowed(f"{name} is recorded by the process itself.")
    guarded_by = EVENTS[name].gate
    asks_reason = guarded_by is not None and GATES[guarded_by].may_ask_reason
    return shared_form(work, name).with_gate(Level.REASON if asks_reason else None)


def shared_form(work: UnitOfWork, name: str) -> Form:
    """A form of the folder of case events by its name, on its current version."""
    version = current_version(work.session, EVENT_FORMS)
    forms = work.diagrams.get(work.session, EVENT_FORMS, version).forms
    if name not in forms:
        raise UnknownEvent(name)
    return forms[name]
