"""Takes back an event that was recorded by mistake: it stays, marked as corrected, and no longer counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from processes.actions.corrections import SHORTEST_TEXT, get_record
from processes.actions.deadlines import Cause
from processes.actions.events import event_form, pass_gate
from processes.actions.instances import running_in
from processes.actions.moving import settle
from processes.errors import AnswersRefused, EventNotCorrectable, RecordNotFound
from processes.models import Case, Caseworker, Event, JournalEntry, KeptMessage, Notification, Task
from processes.operations.recording import Author, record
from processes.operations.undoing import UNDOING
from processes.queries.access import must_be_allowed
from processes.queries.cases import get_case
from processes.queries.choices import choices_in
from processes.queries.event_traces import ended_since, traces_of
from processes.rules.event_corrections import BESIDE, CORRECTABLE, CORRECTION, Correctable, way_out
from processes.rules.mail import ALARM
from processes.rules.snapshot import Scope
from processes.unit_of_work import Knock, Start, UnitOfWork


def correct_event(
    work: UnitOfWork,
    *,
    case_id: int,
    event_id: int,
    reason: str,
    caseworker: Caseworker,
    new_answers: Mapping[str, Any] | None = None,
) -> Event:
    """Take the event back, and with `new_answers` (read by the event's form) record it as it really was.

    Facts, deadlines and gates are then as if it had not happened; the old event, who took it back and why stay in the
    journal (SoL 14:6, L-16). Answers the event that marks the correction. Raises as `get_case` does, NotAllowed,
    RecordNotFound, AnswersRefused, GateClosed, or EventNotCorrectable with what to do instead.
    """
    must_be_allowed("correct_records", caseworker)
    get_case(work.session, case_id, caseworker, work.now)
    work.lock(case_id)
    case = get_case(work.session, case_id, caseworker, work.now)  # a recusal may have held the lock before us
    event = get_event(work, case, event_id)
    if len(reason.strip()) < SHORTEST_TEXT:
        raise AnswersRefused({"correction_reason": "Skriv varför det är fel och hur ni vet det."})
    hindrance = hindrance_to(work, case, event)
    if hindrance is not None:
        raise hindrance
    correction = _mark(work, case, event, reason.strip()[:2000], caseworker)
    _take_back(work, case, event, correction, caseworker)
    recorded = (
        _record_anew(work, case, event.name, new_answers, caseworker) if new_answers is not None else []
    )
    _write_journal(work, event, correction, recorded)
    settle(work, case, cause=Cause(CORRECTION, caseworker.id, correction.payload["reason"]))
    return correction


def _write_journal(work: UnitOfWork, event: Event, correction: Event, recorded: list[Event]) -> None:
    details = {
        "event": event.id,
        "correction": correction.id,
        "instead": [one.id for one in recorded],
        "reason": correction.payload["reason"],
    }
    line = JournalEntry(
        case_id=event.case_id,
        at=work.now,
        by_id=correction.recorded_by_id,
        what="event_corrected",
        subject=event.name,
        details=details,
    )
    work.add(line)


def get_event(work: UnitOfWork, case: Case, event_id: int) -> Event:
    """The event of the case. Raises RecordNotFound."""
    event = get_record(work, case, ("event", event_id))
    if not isinstance(event, Event):
        raise RecordNotFound(f"event {event_id}")
    return event


def hindrance_to(work: UnitOfWork, case: Case, event: Event) -> EventNotCorrectable | None:
    """Why the event cannot be taken back, with what to do instead; None when it can."""
    if event.corrected_by_id is not None:
        return EventNotCorrectable("Händelsen är redan rättad.", way_out(CORRECTION))
    kind = CORRECTABLE.get(event.name)
    if kind is None:
        return EventNotCorrectable("En sådan händelse kan inte tas tillbaka.", way_out(event.name))
    if event.task_id is not None:
        return EventNotCorrectable("Händelsen hör till svaren i en slutförd uppgift.", BESIDE)
    if case.closed_at is not None:
        return EventNotCorrectable("Ärendet är avslutat.", BESIDE)
    why = _what_stands_on_it(work, case, event, kind)
    return EventNotCorrectable(why, way_out(event.name)) if why else None


def _what_stands_on_it(work: UnitOfWork, case: Case, event: Event, kind: Correctable) -> str:
    traces = traces_of(work.session, event, kind)
    if traces.words:
        return f"Händelsen har redan fört ärendet vidare: {', '.join(traces.words)}."
    for row in ended_since(work.session, event):
        bundle = work.diagrams.get(work.session, row.process_key, row.diagram_version).bundle
        if set(kind.tells) & bundle.messages:
            return f"Processen ”{bundle.title}” har avslutats sedan händelsen antecknades."
    undo = UNDOING.get(event.name)
    return undo(work, case, event, None, only_ask=True) if undo else ""


def _mark(work: UnitOfWork, case: Case, event: Event, reason: str, caseworker: Caseworker) -> Event:
    correction = Event(
        case_id=case.id,
        name=CORRECTION,
        scope_kind=event.scope_kind,
        scope_id=event.scope_id,
        at=work.at,
        recorded_at=work.now,
        recorded_by_id=caseworker.id,
        payload={"event": event.id, "reason": reason},
    )
    work.add(correction)
    work.session.flush()
    return correction


def _take_back(work: UnitOfWork, case: Case, event: Event, correction: Event, caseworker: Caseworker) -> None:
    """Let the event count no longer and everybody look at the facts anew; the tasks must then be as without it."""
    kind = CORRECTABLE[event.name]
    traces = traces_of(work.session, event, kind)
    expected = _open_steps(work, case) - Counter(traces.appeared) + Counter(traces.fell_away)
    for row in (event, *traces.recorded):
        leave_out_of_count(work, case, row, correction)
    _nobody_need_attend_to(work, event)
    if traces.ended is not None or event.payload.get(kind.restarts_if):
        _begin_anew(work, case, event, kind.restarts)
    settle(work, case, cause=Cause(CORRECTION, caseworker.id, correction.payload["reason"]))
    stands = _open_steps(work, case)
    barred = {task.step for task in work.rows(Task, case.id) if task.status == "open" and task.blocked_by}
    if expected - stands or (stands - expected).keys() - barred - kind.stays:
        raise EventNotCorrectable(
            "Händelsen har redan fört uppgifterna i ärendet vidare.", way_out(event.name)
        )


def _nobody_need_attend_to(work: UnitOfWork, event: Event) -> None:
    """What units were told in the same moment and nobody has acknowledged is shown as no longer current.

    Reminders follow their dates by themselves (actions/reminders.py).
    """
    work.session.execute(
        update(Notification)
        .where(
            Notification.case_id == event.case_id,
            Notification.kind == ALARM,
            Notification.at == event.recorded_at,
            Notification.seen_at.is_(None),
        )
        .values(seen_at=work.now)
    )


def take_back_with_its_step(
    work: UnitOfWork, case: Case, event: Event, *, reason: str, by: Caseworker
) -> None:
    """Take back an event of a step that is itself gone back to; what followed was seen to be sound before.

    The event stays, marked as corrected, with who and why in the journal (SoL 14:6, L-16).
    """
    correction = _mark(work, case, event, reason[:2000], by)
    leave_out_of_count(work, case, event, correction)
    _write_journal(work, event, correction, [])


def leave_out_of_count(work: UnitOfWork, case: Case, event: Event, correction: Event) -> None:
    """Let the event count no longer, undo what it changed in tables, and let whoever waits look at the facts anew."""
    if event.name in UNDOING:
        UNDOING[event.name](work, case, event, correction.recorded_by_id, only_ask=False)
    event.corrected_by_id = correction.id
    work.leave_out(event)
    for kept in [one for one in work.rows(KeptMessage, case.id) if one.event_id == event.id]:
        work.remove(kept)
    for message in CORRECTABLE[event.name].tells if event.name in CORRECTABLE else ():
        work.set_off(Knock(correction, message))


def _begin_anew(work: UnitOfWork, case: Case, event: Event, process_key: str) -> None:
    """Let the process about what the event is about begin again; one that still runs is called off first."""
    scope = Scope(event.scope_kind, event.scope_id)
    for running in running_in(work, case):
        if running.row.process_key == process_key and running.scope == scope:
            running.row.ending = "cancelled"
            running.instance.cancel()
    work.set_off(Start(process_key, case.id, scope))


def _open_steps(work: UnitOfWork, case: Case) -> Counter[str]:
    return Counter(task.step for task in work.rows(Task, case.id) if task.status == "open")


def _record_anew(
    work: UnitOfWork, case: Case, name: str, answers: Mapping[str, Any], caseworker: Caseworker
) -> list[Event]:
    form = event_form(work, name)
    read = form.read(answers, choices_in(work.session, case, caseworker, work.now).at(work.now))
    pass_gate(work, case, name, read, caseworker)
    author = Author(caseworker.id)
    return [
        record(work, case, each, said, author=author) for each, said in form.events(read) or [(name, read)]
    ]
