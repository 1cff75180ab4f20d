"""Moves a case until it is quiet again: tells its processes what happened, starts new ones, mirrors what they await.

Every action that changes a case ends here, in the same transaction and under the lock of the case.
"""

from __future__ import annotations

from processes.actions.deadlines import refresh_deadlines
from processes.actions.instances import (
    Running,
    running_in,
    start_instance,
    write_back,
)
from processes.actions.open_tasks import refresh_open_tasks
from processes.models import Case, Event, JournalEntry, KeptMessage
from processes.rules.events import EVENTS
from processes.rules.facts import FACTS
from processes.rules.snapshot import Scope
from processes.unit_of_work import Knock, Start, UnitOfWork

MOST_MOVES = 500
"""A case that moves more often than this in one transaction moves for ever: a fault in a diagram."""


class NeverQuiet(RuntimeError):
    """The processes of a case set each other off without end."""


def settle(work: UnitOfWork, case: Case, *, cause: str) -> None:
    """Let everything that is pending happen, then bring tasks, timers and deadlines into step with it.

    `cause` names what set it off; it is written beside a deadline that moves. Raises NeverQuiet.
    """
    moves = 0
    while _move_on(work, case):
        moves += 1
        if moves > MOST_MOVES:
            raise NeverQuiet(f"case {case.number} did not come to rest after {MOST_MOVES} moves")
    for running in list(work.running.values()):
        write_back(work, case, running)
    _close_if_nothing_is_left(work, case)
    refresh_deadlines(work, case, cause=cause)
    refresh_open_tasks(work, case)


def _move_on(work: UnitOfWork, case: Case) -> bool:
    if work.pending:
        item = work.pending.popleft()
        if isinstance(item, Start):
            start_instance(work, case, item)
        else:
            _knock(work, case, item)
        return True
    return _deliver_kept(work, case)


def _knock(work: UnitOfWork, case: Case, knock: Knock) -> None:
    event = knock.event
    scope = Scope(event.scope_kind, event.scope_id)
    heard = False
    for running in running_in(work, case):
        if running.instance.is_finished or not running.concerns(scope) or not running.knows(knock.name):
            continue
        heard = True
        if not running.instance.deliver(knock.name, work.at):
            work.add(
                KeptMessage(case_id=case.id, event_id=event.id, name=knock.name, instance_id=running.row.id)
            )
    if not heard:
        work.add(KeptMessage(case_id=case.id, event_id=event.id, name=knock.name))


def _deliver_kept(work: UnitOfWork, case: Case) -> bool:
    """Give one kept message to a process that waits for it by now, if the newest fact still asks for it."""
    messages = work.rows(KeptMessage, case.id)
    events = {event.id: event for event in work.rows(Event, case.id)} if messages else {}
    for message in messages:
        event = events.get(message.event_id)
        receiver = _receiver(work, case, message, event) if event else None
        if receiver is None:
            continue
        work.remove(message)
        if _still_asks(work, case, receiver, message.name):
            receiver.instance.deliver(message.name, work.at)
        return True
    return False


def _receiver(work: UnitOfWork, case: Case, message: KeptMessage, event: Event) -> Running | None:
    scope = Scope(event.scope_kind, event.scope_id)
    for running in running_in(work, case):
        if message.instance_id not in (None, running.row.id) or not running.concerns(scope):
            continue
        if message.name in running.instance.awaited_messages:
            return running
    return None


def _still_asks(work: UnitOfWork, case: Case, receiver: Running, name: str) -> bool:
    kind = EVENTS.get(name)
    if kind is None or kind.still_asks is None:
        return True
    return bool(FACTS[kind.still_asks].read(work.snapshot(case.id), receiver.scope, work.at))


def _close_if_nothing_is_left(work: UnitOfWork, case: Case) -> None:
    """A case closes when no process runs in it; none is closed merely because nobody answered (JO 1683-2017)."""
    if case.closed_at is None and not work.snapshot(case.id).running:
        case.closed_at = work.at
        work.forget_snapshot(case.id)
        work.add(
            JournalEntry(case_id=case.id, at=work.at, what="case_closed", details={"outcome": case.outcome})
        )


def reopen(work: UnitOfWork, case: Case) -> None:
    """A closed case that something new happens in is open again."""
    if case.closed_at is not None:
        case.closed_at = None
        case.outcome = None
        work.forget_snapshot(case.id)
        work.add(JournalEntry(case_id=case.id, at=work.at, what="case_reopened"))
