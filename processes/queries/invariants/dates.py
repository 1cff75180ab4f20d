"""Holds the dates of a case against what the rules make of its facts, and what hangs on them against the dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from processes.clock import swedish_day
from processes.models import Deadline, Letter, Reminder, Task
from processes.queries.invariants.whole_case import WholeCase
from processes.queries.snapshots import snapshot_of
from processes.rules.deadlines import deadlines_of
from processes.rules.explanation import Explanation
from processes.rules.invariants import Breach
from processes.rules.reminders import LEGAL_DATES
from processes.rules.urgency import FAR_AWAY


def breaches(whole: WholeCase) -> Iterator[Breach]:
    """What of the case's dates does not follow from what is known."""
    yield from _recomputed(whole)
    yield from _versions(whole)
    yield from _order(whole)
    yield from _reminders(whole)
    yield from _letters(whole)


def _recomputed(whole: WholeCase) -> Iterator[Breach]:
    kept = {(row.rule, row.subject): row for row in whole.counting(Deadline)}
    snapshot = snapshot_of(whole.case, whole.counting, whole.policy)
    counted = {(one.id, one.subject): one for one in deadlines_of(snapshot)}
    for key in sorted(kept.keys() | counted.keys()):
        row, explained = kept.get(key), counted.get(key)
        rule, subject = key
        if explained is None:
            yield whole.breach(
                "date_follows", row, f"{rule} {subject} runs, and the facts ask for no such date"
            )
        elif row is None:
            yield whole.breach("date_follows", None, f"{rule} {subject} is to run, and no row says so")
        elif row.falls_on != row.explained.on or row.is_provisional != row.explained.is_provisional:
            yield whole.breach(
                "date_follows", row, f"{rule} {subject} is another day than its own explanation"
            )
        elif _shown(row.explained) != _shown(explained):
            said = f"{rule} {subject} is {row.falls_on}, and the facts make it {explained.on}"
            yield whole.breach("date_follows", row, said)


def _shown(one: Explanation) -> tuple[Any, ...]:
    return one.on, one.at, one.latest_at, one.is_provisional


def _versions(whole: WholeCase) -> Iterator[Breach]:
    rows = {row.id: row for row in whole.every(Deadline)}
    current = Counter((row.rule, row.subject) for row in rows.values() if row.is_current)
    for (rule, subject), count in current.items():
        if count > 1:
            yield whole.breach("date_versions", None, f"{rule} {subject} has {count} current versions")
    for row in rows.values():
        if row.is_current != (row.superseded_at is None):
            yield whole.breach(
                "date_versions", row, f"{row.rule} {row.subject} holds and has been superseded"
            )
        before = rows.get(row.replaces_id or 0)
        if before is not None and (before.is_current or before.rule != row.rule):
            yield whole.breach(
                "date_versions", row, f"{row.rule} {row.subject} replaces what it cannot replace"
            )


def _order(whole: WholeCase) -> Iterator[Breach]:
    """Lists are read in the order of columns that repeat what the dates say.

    As they were when the case was last gone through, which may be a day to come where a clock was wrong.
    """
    days = [row.falls_on for row in whole.counting(Deadline) if row.falls_on is not None]
    looked_on = (whole.case.refreshed_on, swedish_day(whole.batch.now))
    nearest = [min((day for day in days if day >= on), default=FAR_AWAY.date()) for on in looked_on]
    for task in whole.every(Task):
        if task.status == "open" and task.legal_on not in nearest:
            said = f"{task.step} is ordered by {task.legal_on}, and the next day of the case is {nearest[0]}"
            yield whole.breach("order_follows", task, said)


def _reminders(whole: WholeCase) -> Iterator[Breach]:
    tasks = {f"task:{task.id}" for task in whole.every(Task) if task.status == "open" and task.due_at}
    dates = {
        f"{row.rule} {row.subject}"
        for row in whole.counting(Deadline)
        if row.falls_on is not None and row.rule in LEGAL_DATES
    }
    ladders = {row.subject: row for row in whole.every(Reminder)}
    for subject in sorted(ladders.keys() - tasks - dates):
        yield whole.breach(
            "reminder_follows", ladders[subject], f"a ladder reminds of {subject}, which is over"
        )
    rests = (
        whole.case.suspended_until is not None
    )  # then only what a date of the law stands behind is told of
    for subject in sorted((dates if rests else tasks | dates) - ladders.keys()):
        yield whole.breach("reminder_follows", None, f"no ladder reminds of {subject}")


def _letters(whole: WholeCase) -> Iterator[Breach]:
    unsent = Counter(
        (row.kind, row.notice_id, row.recipient_kind, row.recipient_id, row.written_at)
        for row in whole.every(Letter)
        if row.sent_at is None
    )
    for (kind, *_), count in unsent.items():
        if count > 1:
            yield whole.breach("letter_once", None, f"{kind} waits {count} times for the same recipient")
    for row in whole.every(Letter):
        if (row.sent_at is not None and bool(row.template)) != (row.pdf_sha256 != ""):
            yield whole.breach("letter_once", row, f"{row.kind} was sent without what was sent being kept")
