"""Keeps a case's deadlines true: computed again after every change, with the old version kept beside the new."""

from __future__ import annotations

from processes.models import Case, Deadline, JournalEntry
from processes.rules.deadlines import deadlines_of
from processes.unit_of_work import UnitOfWork


def refresh_deadlines(work: UnitOfWork, case: Case, *, cause: str) -> None:
    """Compute every running deadline of the case; a date that moved gets a new row and a line in the journal."""
    current = {(row.rule, row.subject): row for row in work.rows(Deadline, case.id) if row.is_current}
    for explained in deadlines_of(work.snapshot(case.id)):
        row = current.pop((explained.id, explained.subject), None)
        if (
            row is not None
            and row.falls_on == explained.on
            and row.is_provisional == explained.is_provisional
        ):
            continue
        if row is not None:
            row.is_current = False
        new = Deadline(
            case_id=case.id,
            rule=explained.id,
            subject=explained.subject,
            falls_on=explained.on,
            is_provisional=explained.is_provisional,
            explanation=explained.to_json(),
            computed_at=work.at,
            caused_by=cause,
        )
        work.add(new)
        _write_journal(work, case, row, new)
    for row in current.values():
        row.is_current = False


def _write_journal(work: UnitOfWork, case: Case, old: Deadline | None, new: Deadline) -> None:
    work.add(
        JournalEntry(
            case_id=case.id,
            at=work.at,
            what="deadline_moved" if old else "deadline_set",
            subject=new.rule,
            details={
                "about": new.subject,
                "from": old.falls_on.isoformat() if old and old.falls_on else None,
                "to": new.falls_on.isoformat() if new.falls_on else None,
                "provisional": new.is_provisional,
                "cause": new.caused_by,
            },
        )
    )
