"""Keeps a case's deadlines true: computed again after every change, with the old version kept beside the new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from processes.models import Case, Deadline, JournalEntry
from processes.rules.deadlines import deadlines_of
from processes.rules.explanation import Explanation
from processes.unit_of_work import UnitOfWork

SAID_WHY = ("evidence", "reason", "motive")
"""Answers in which a person says what a new date rests on, best first."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What made the dates of a case be worked out again, who did that, and what was said for it."""

    what: str
    """The name of the event, the step, timer or new_day."""
    by: int | None = None
    """Id of the caseworker; None when time or a process did."""
    why: str = ""

    @classmethod
    def said(cls, what: str, by: int, answers: dict[str, Any]) -> Cause:
        """The cause that a person's answers are, with the reason they give if they give one."""
        why = next((str(answers[key]) for key in SAID_WHY if answers.get(key)), "")
        return cls(what, by, why)


def refresh_deadlines(work: UnitOfWork, case: Case, *, cause: Cause) -> None:
    """Compute every running deadline of the case; one that moved gets a new row, and a line in the journal.

    A date that stops running stays as a row that is no longer current. What is only explained in other words, on
    the same day and at the same hour, is no new version.
    """
    current = {(row.rule, row.subject): row for row in work.rows(Deadline, case.id) if row.is_current}
    for explained in deadlines_of(work.snapshot(case.id)):
        row = current.pop((explained.id, explained.subject), None)
        if row is not None and _is_the_same(row.explained, explained):
            _explain_anew(row, explained)
        else:
            _set(work, case, row, explained, cause)
    for row in current.values():
        _supersede(work, row)
        _write_journal(work, row, cause, before=row, after=None)


def _is_the_same(old: Explanation, new: Explanation) -> bool:
    def shown(one: Explanation) -> tuple[Any, ...]:
        return one.on, one.at, one.latest_at, one.is_provisional

    return shown(old) == shown(new)


def _explain_anew(row: Deadline, explained: Explanation) -> None:
    told = explained.to_json()
    if row.explanation != told:
        row.explanation = told


def _set(work: UnitOfWork, case: Case, old: Deadline | None, explained: Explanation, cause: Cause) -> None:
    if old is not None:
        _supersede(work, old)
        if old in work.session.new:
            work.session.flush()  # it was set in this same transaction, and the new one names it
    new = Deadline(
        case_id=case.id,
        rule=explained.id,
        subject=explained.subject,
        falls_on=explained.on,
        is_provisional=explained.is_provisional,
        explanation=explained.to_json(),
        computed_at=work.now,
        caused_by=cause.what,
        caused_by_id=cause.by,
        why=cause.why,
        replaces_id=old.id if old else None,
    )
    work.add(new)
    _write_journal(work, new, cause, before=old, after=new)


def _supersede(work: UnitOfWork, row: Deadline) -> None:
    row.is_current = False
    row.superseded_at = work.now


def _write_journal(
    work: UnitOfWork, told: Deadline, cause: Cause, *, before: Deadline | None, after: Deadline | None
) -> None:
    """One line: what the date is called and is about, from when to when, who and what made it so, and why."""
    was, becomes = _shown(before), _shown(after)
    if before and after and was == becomes:
        was, becomes = _to_the_minute(before), _to_the_minute(after)
    details = {
        "about": told.subject,
        "title": told.explained.title,
        "from": was,
        "to": becomes,
        "provisional": told.is_provisional,
        "cause": cause.what,
        "by": cause.by,
        "why": cause.why,
    }
    what = "deadline_set" if before is None else "deadline_ended" if after is None else "deadline_moved"
    work.add(JournalEntry(case_id=told.case_id, at=work.now, what=what, subject=told.rule, details=details))


def _shown(row: Deadline | None) -> str | None:
    return row.falls_on.isoformat() if row and row.falls_on else None


def _to_the_minute(row: Deadline) -> str | None:
    """The hour of a date that moved within its day; only the day where no hour is known."""
    at = row.explained.at
    return at.isoformat() if at else _shown(row)
