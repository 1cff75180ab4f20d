"""Holds the events and notices of a case against the journal, and against what each of them must have changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from processes.models import (
    Consent,
    ContactAttempt,
    Disclosure,
    Event,
    JournalEntry,
    Notice,
    ProcessInstance,
)
from processes.queries.invariants.whole_case import WholeCase
from processes.queries.snapshots import consent_seen
from processes.rules.consent import rows_to_withdraw
from processes.rules.event_corrections import CORRECTION
from processes.rules.events import EVENTS
from processes.rules.invariants import Breach
from processes.rules.notice_kinds import TO_BE_CONFIRMED

NOTICE_EVENT = "hyresvard.underrattelse"
Marks = tuple[Any, ...]
"""What tells one row, or what one event says, from another."""


def breaches(whole: WholeCase) -> Iterator[Breach]:
    """What of the case's events is lost, doubled or without its consequences."""
    yield from _journalled(whole)
    yield from _started(whole)
    yield from _rows_made(whole)
    yield from _withdrawn(whole)
    yield from _notices(whole)


def told(whole: WholeCase, what: str, key: str) -> Counter[Any]:
    """How often the journal tells of each number that its lines of this kind name under `key`."""
    lines = (line for line in whole.every(JournalEntry) if line.what == what)
    return Counter(line.details.get(key) for line in lines)


def _journalled(whole: WholeCase) -> Iterator[Breach]:
    recorded, corrections = (
        told(whole, "event_recorded", "event"),
        told(whole, "event_corrected", "correction"),
    )
    known = set()
    for event in whole.every(Event):
        known.add(event.id)
        times = (corrections if event.name == CORRECTION else recorded)[event.id]
        if times != 1:
            yield whole.breach("event_journalled", event, f"{event.name} stands {times} times in the journal")
    for gone in sorted(set(recorded) - known, key=str):
        yield whole.breach("event_journalled", None, f"the journal tells of event {gone}, which is not there")


def _started(whole: WholeCase) -> Iterator[Breach]:
    """An event that starts a process has done so, or that process ran already.

    What came first is told by the order of the journal: a clock may have been wrong.
    """
    lines = whole.every(JournalEntry)
    recorded = {line.details.get("event"): line.number for line in lines if line.what == "event_recorded"}
    for event in whole.every(Event):
        kind = EVENTS.get(event.name)
        if kind is None or kind.starts is None or event.id not in recorded:
            continue
        place = ("case", whole.case.id) if kind.only_one else (event.scope_kind, event.scope_id)
        rows = [
            row
            for row in whole.every(ProcessInstance)
            if (row.process_key, (row.scope_kind, row.scope_id)) == (kind.starts, place)
        ]
        since = recorded[event.id]
        is_told = any(
            line.number > since and line.subject == kind.starts
            for line in lines
            if line.what in ("process_started", "process_ended")
        )
        if not rows or not (is_told or any(row.ended_at is None for row in rows)):
            said = f"{event.name} starts {kind.starts}, which was not started"
            yield whole.breach("event_has_consequences", event, said)


def _instant(value: str | None, otherwise: datetime) -> datetime:
    return datetime.fromisoformat(value) if value else otherwise


def _of_consent(event: Event) -> Marks:
    said = event.payload
    given_at = _instant(said.get("given_at"), event.at)
    return said.get("giver"), said.get("recipient"), said.get("direction"), given_at


def _of_attempt(event: Event) -> Marks:
    said = event.payload
    return said.get("person"), said.get("channel"), said.get("outcome"), event.at


def _of_disclosure(event: Event) -> Marks:
    return event.payload.get("recipient"), event.at


MAKES: tuple[tuple[str, type[Any], Callable[[Event], Marks], Callable[[Any], Marks]], ...] = (
    (
        "samtycke.givet",
        Consent,
        _of_consent,
        lambda row: (row.giver_id, row.recipient, row.direction, row.given_at),
    ),
    (
        "kontaktforsok.gjort",
        ContactAttempt,
        _of_attempt,
        lambda row: (row.person_id, row.channel, row.outcome, row.at),
    ),
    ("uppgift.lamnad", Disclosure, _of_disclosure, lambda row: (row.recipient, row.at)),
)
"""Events that make a row each: the table, and what tells the row from others by the event and by the row itself."""


def _rows_made(whole: WholeCase) -> Iterator[Breach]:
    for name, model, marks_of_event, marks_of_row in MAKES:
        events = [event for event in whole.every(Event) if event.name == name]
        ever = Counter(map(marks_of_event, events))
        still = Counter(marks_of_event(event) for event in events if event.corrected_by_id is None)
        rows = Counter(map(marks_of_row, whole.every(model)))
        lost, extra = (still - rows).total(), (rows - ever).total()
        if lost:
            yield whole.breach(
                "event_has_consequences", None, f"{name}: {lost} without a row in {_table(model)}"
            )
        if extra:
            yield whole.breach(
                "event_has_consequences", None, f"{_table(model)}: {extra} without an event {name}"
            )


def _table(model: type[Any]) -> str:
    return str(model.__tablename__)


def _withdrawn(whole: WholeCase) -> Iterator[Breach]:
    """A consent that was taken back has ended (SoL and OSL know no half of it)."""
    events = whole.every(Event)
    given = {_of_consent(event): event.id for event in events if event.name == "samtycke.givet"}
    for event in events:
        if event.name != "samtycke.aterkallat" or event.corrected_by_id is not None:
            continue
        before = [
            consent_seen(row)
            for row in whole.every(Consent)
            if given.get((row.giver_id, row.recipient, row.direction, row.given_at), event.id) < event.id
        ]
        said = event.payload
        open_still = rows_to_withdraw(
            before, said.get("giver", 0), said.get("recipients") or (), event.at, event.recorded_at
        )
        if open_still:
            yield whole.breach(
                "event_has_consequences", event, f"{len(open_still)} consents that it took back still hold"
            )


def _notices(whole: WholeCase) -> Iterator[Breach]:
    journalled = told(whole, "notice_registered", "notice")
    knocks = Counter(event.scope_id for event in whole.every(Event) if event.name == NOTICE_EVENT)
    known = set()
    for notice in whole.every(Notice):
        known.add(notice.id)
        if journalled[notice.id] != 1:
            said = f"the notice stands {journalled[notice.id]} times in the journal"
            yield whole.breach("notice_taken_in", notice, said)
        is_told = notice.duplicate_of_id is None or notice.kind in TO_BE_CONFIRMED
        if knocks[notice.id] != int(is_told):
            yield whole.breach(
                "notice_taken_in", notice, f"{NOTICE_EVENT} was recorded {knocks[notice.id]} times"
            )
        taken = notice.stance is not None
        if taken != _was_taken(whole.every(Event), notice):
            said = "has a stance that no event took" if taken else "lacks the stance that was taken"
            yield whole.breach("event_has_consequences", notice, f"the notice {said}")
    for gone in sorted((set(journalled) | set(knocks)) - known, key=str):
        yield whole.breach("notice_taken_in", None, f"notice {gone} is told of and is not there")


def _was_taken(events: Iterable[Event], notice: Notice) -> bool:
    return any(
        event.name == "stallningstagande.gjort"
        and event.scope_id == notice.id
        and bool(event.payload.get("stance"))
        for event in events
    )
