"""Puts a correction or an objection beside what was recorded; what was recorded stays as it is (SoL 14:6, L-16)."""

from __future__ import annotations

from processes.errors import AnswersRefused, RecordNotFound
from processes.models import Base, Case, Caseworker, CorrectionNote, Event, JournalEntry, Person, Task
from processes.queries.access import must_be_allowed
from processes.queries.cases import get_case
from processes.unit_of_work import UnitOfWork

KINDS = ("correction", "objection")
RECORDS: dict[str, type[Base]] = {"event": Event, "task": Task, "person": Person}
"""What can be wrong: something that happened, the answers of a task, the row about a person."""
SHORTEST_TEXT = 5
LONGEST_TEXT = 2000
JOURNAL = {"correction": "record_corrected", "objection": "objection_noted"}


def note_correction(
    work: UnitOfWork,
    *,
    caseworker: Caseworker,
    case_id: int,
    kind: str,
    about: tuple[str, int],
    text: str,
    reason: str,
    person_id: int | None = None,
) -> CorrectionNote:
    """Note that the record `about` (kind and id) is wrong, or that a person of the case says so.

    `text` is what is right, or the person's own words; `reason` how we know, or why nothing changes. Also in a closed
    case. Raises as `get_case` does, NotAllowed, RecordNotFound, and AnswersRefused per field.
    """
    must_be_allowed("correct_records", caseworker)
    get_case(work.session, case_id, caseworker, work.now)
    case = work.lock(case_id)
    case = get_case(work.session, case.id, caseworker, work.now)  # a recusal may have held the lock before us
    get_record(work, case, about)
    _must_be_said(case, kind, text, reason, person_id)
    note = CorrectionNote(
        case_id=case.id,
        kind=kind,
        about_kind=about[0],
        about_id=about[1],
        person_id=person_id if kind == "objection" else None,
        text=text.strip()[:LONGEST_TEXT],
        reason=reason.strip()[:LONGEST_TEXT],
        at=work.now,
        by_id=caseworker.id,
    )
    work.add(note)
    work.session.flush()
    _write_journal(work, note)
    return note


def _write_journal(work: UnitOfWork, note: CorrectionNote) -> None:
    work.add(
        JournalEntry(
            case_id=note.case_id,
            at=work.now,
            by_id=note.by_id,
            what=JOURNAL[note.kind],
            subject="",
            details={
                "note": note.id,
                "about": [note.about_kind, note.about_id],
                "person": note.person_id,
                "text": note.text,
                "reason": note.reason,
            },
        )
    )
    work.session.flush()


def get_record(work: UnitOfWork, case: Case, about: tuple[str, int]) -> Event | Task | Person:
    """The record of the case that something is to be said about. Raises RecordNotFound."""
    kind, record_id = about
    record = work.session.get(RECORDS[kind], record_id) if kind in RECORDS else None
    if not isinstance(record, Event | Task | Person) or record.case_id != case.id:
        raise RecordNotFound(f"{kind} {record_id}")
    return record


def _must_be_said(case: Case, kind: str, text: str, reason: str, person_id: int | None) -> None:
    problems: dict[str, str] = {}
    if kind not in KINDS:
        problems["kind"] = "Välj om det är en rättelse eller en invändning."
    if len(text.strip()) < SHORTEST_TEXT:
        problems["text"] = "Skriv vad som är rätt, eller vad personen säger."
    if len(reason.strip()) < SHORTEST_TEXT:
        problems["reason"] = "Skriv hur ni vet det, eller varför inget ändras."
    if kind == "objection" and person_id not in {person.id for person in case.persons}:
        problems["person"] = "Välj vem som invänder."
    if problems:
        raise AnswersRefused(problems)
