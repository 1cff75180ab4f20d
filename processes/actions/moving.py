"""Moves a case until it is quiet again: tells its processes what happened, starts new ones, mirrors what they await.

Every action that changes a case ends here, in the same transaction and under the lock of the case.
"""

from __future__ import annotations

from processes.actions.bookings import refresh_bookings
from processes.actions.deadlines import Cause, refresh_deadlines
from processes.actions.instances import (
    Running,
    running_in,
    start_instance,
    woken_in,
    write_back,
)
from processes.actions.open_tasks import refresh_open_tasks
from processes.actions.reminders import plan_reminders
from processes.actions.resting import bring_back_earlier
from processes.clock import swedish_day
from processes.models import Case, Consent, Event, JournalEntry, KeptMessage, ProcessInstance
from processes.operations.changes import change
from processes.rules.events import EVENTS
from processes.rules.facts import FACTS
from processes.rules.snapshot import Scope
from processes.unit_of_work import Knock, UnitOfWork

MOST_MOVES = 500
"""A case that moves more often than this in one transaction moves for ever: a fault in a diagram."""


class NeverQuiet(RuntimeError):
    """The processes of a case set each other off without end."""


def settle(work: UnitOfWork, case: Case, *, cause: str | Cause) -> None:
    """Let everything that is pending happen, then bring tasks, timers and deadlines into step with it.

    `cause` is what set it off; it is written beside a deadline that moves. Raises NeverQuiet.
    """
    work.gather([case.id])
    moves = 0
    while _move_on(work, case):
        moves += 1
        if moves > MOST_MOVES:
            raise NeverQuiet(f"case {case.number} did not come to rest after {MOST_MOVES} moves")
    for running in woken_in(work, case):
        write_back(work, case, running)
    _close_if_nothing_is_left(work, case)
    refresh(work, case, cause=cause)


def refresh(work: UnitOfWork, case: Case, *, cause: str | Cause) -> None:
    """Work out what follows from what is known: deadlines, due dates, priorities, closed gates and reminders."""
    work.gather([case.id])
    refresh_deadlines(work, case, cause=Cause(cause) if isinstance(cause, str) else cause)
    refresh_bookings(work, case)
    refresh_open_tasks(work, case)
    bring_back_earlier(work, case)
    plan_reminders(work, case)
    case.refreshed_on = max(case.refreshed_on, swedish_day(work.at))


def _move_on(work: UnitOfWork, case: Case) -> bool:
    for running in woken_in(work, case):
        if running.instance.is_finished:  # before anything asks what runs in the case
            write_back(work, case, running)
    if not work.pending[case.id]:
        return _deliver_kept(work, case)
    item = work.pending[case.id].popleft()
    if isinstance(item, Knock):
        _knock(work, case, item)
    else:
        _reopen(work, case)
        start_instance(work, case, item)
    return True


def _knock(work: UnitOfWork, case: Case, knock: Knock) -> None:
    scope = _scope_of(knock.event)
    told = [one for one in running_in(work, case) if one.concerns(scope) and one.knows(knock.name)]
    for running in told:
        if not running.instance.is_finished and not running.instance.deliver(knock.name, work.at):
            _keep(work, knock, running.row)
    if not told and case.closed_at is None:
        _keep(work, knock, None)


def _keep(work: UnitOfWork, knock: Knock, instance: ProcessInstance | None) -> None:
    """Keep the message until somebody waits; one is enough, because whoever gets it reads everything anew."""
    event = knock.event
    scopes = _scopes_of_events(work, event.case_id)
    for kept in work.rows(KeptMessage, event.case_id):
        is_the_same = kept.name == knock.name and kept.instance_id == (instance.id if instance else None)
        if is_the_same and scopes.get(kept.event_id) == _scope_of(event):
            return
    work.add(KeptMessage(case_id=event.case_id, event=event, name=knock.name, instance=instance))


def _deliver_kept(work: UnitOfWork, case: Case) -> bool:
    """Give one kept message to a process that waits for it by now, if the newest fact still asks for it."""
    messages = work.rows(KeptMessage, case.id)
    if not messages:
        return False
    scopes = _scopes_of_events(work, case.id)
    for message in messages:
        scope = scopes.get(message.event_id)
        for running in running_in(work, case):
            is_for_it = message.instance_id in (None, running.row.id)
            if is_for_it and scope and running.concerns(scope) and running.awaits(message.name):
                work.remove(message)
                if _still_asks(work, case, running, message.name):
                    running.instance.deliver(message.name, work.at)
                return True
    return False


def _scopes_of_events(work: UnitOfWork, case_id: int) -> dict[int, Scope]:
    return {event.id: _scope_of(event) for event in work.rows(Event, case_id)}


def _scope_of(event: Event) -> Scope:
    return Scope(event.scope_kind, event.scope_id)


def _still_asks(work: UnitOfWork, case: Case, receiver: Running, name: str) -> bool:
    kind = EVENTS.get(name)
    if kind is None or kind.still_asks is None:
        return True
    return bool(FACTS[kind.still_asks].read(work.snapshot(case.id), receiver.scope, work.at))


def _close_if_nothing_is_left(work: UnitOfWork, case: Case) -> None:
    """A case closes when no process runs in it; none is closed merely because nobody answered (JO 1683-2017)."""
    if case.closed_at is not None or work.snapshot(case.id).running:
        return
    case.closed_at = work.at
    for kept in list(work.rows(KeptMessage, case.id)):
        work.remove(kept)
    _end_consents(work, case)
    work.forget_snapshot(case.id)
    work.add(JournalEntry(case_id=case.id, at=work.at, what="case_closed", details={"outcome": case.outcome}))


def _end_consents(work: UnitOfWork, case: Case) -> None:
    """A consent is given for the matter at hand; should the case be opened again, it must be asked for again."""
    today = swedish_day(work.at)
    for consent in work.rows(Consent, case.id):
        if consent.withdrawn_at is None and (consent.valid_until is None or consent.valid_until > today):
            change(work, case, consent, by=None, valid_until=today)


def _reopen(work: UnitOfWork, case: Case) -> None:
    """A closed case in which a process starts is open again; how it ended the last time stays in the journal."""
    if case.closed_at is None:
        return
    details = {"closed_at": case.closed_at.isoformat(), "outcome": case.outcome}
    case.closed_at = case.outcome = None
    work.forget_snapshot(case.id)
    work.add(JournalEntry(case_id=case.id, at=work.at, what="case_reopened", details=details))
