"""Corrects what was said about a letter that was sent, and notes that one came back."""

from __future__ import annotations

from datetime import date

from processes.actions.corrections import note_correction
from processes.actions.letters import case_to_change, get_letter, must_be_sendable, write_journal
from processes.actions.moving import settle
from processes.clock import swedish_day
from processes.errors import AnswersRefused, LetterNotSent
from processes.models import Case, Caseworker, Event, Letter
from processes.operations.changes import change
from processes.operations.letter_sending import LETTERS_OF, Sending
from processes.operations.recording import Author, record
from processes.unit_of_work import UnitOfWork

SHORTEST_REASON = 5


def correct_letter_mark(
    work: UnitOfWork,
    *,
    case_id: int,
    letter_id: int,
    caseworker: Caseworker,
    reason: str,
    sending: Sending | None,
) -> None:
    """Correct what was said about a sent letter: that it never was sent (None), or how it was.

    The process is not moved back; where sending the letter was recorded as an event, the correction stands beside it.
    Raises AnswersRefused, LetterNotSent, and as `get_case` does.
    """
    case = case_to_change(work, case_id, caseworker)
    letter = get_letter(work, case, letter_id)
    if letter.sent_at is None:
        raise LetterNotSent(str(letter.id))
    if len(reason.strip()) < SHORTEST_REASON:
        raise AnswersRefused({"reason": "Skriv varför det var fel."})
    event = _event_of(work, case, letter)
    if sending is None:
        _take_back(work, case, letter, caseworker)
    else:
        must_be_sendable(work, letter, sending, is_checked=True)
        how = {"channel": sending.channel, "item_number": sending.item_number}
        change(work, case, letter, by=caseworker.id, sent_at=sending.at, **how)
    write_journal(
        work, case, caseworker, "letter_corrected", letter.kind, letter=letter.id, reason=reason.strip()
    )
    if event is not None:
        right = (
            "Brevet har inte skickats." if sending is None else "Brevet skickades på annat sätt än antecknat."
        )
        note_correction(
            work, caseworker=caseworker, case_id=case.id, kind="correction", about=("event", event.id),
            text=right, reason=reason,
        )  # fmt: skip
    settle(work, case, cause="letter_corrected")


def _take_back(work: UnitOfWork, case: Case, letter: Letter, by: Caseworker) -> None:
    """The letter was never sent, so that it cannot have come back either."""
    gone = dict.fromkeys(("sent_at", "sent_by_id", "returned_at"))
    empty = dict.fromkeys(("channel", "item_number", "returned_why"), "")
    change(work, case, letter, by=by.id, **gone, **empty)
    letter.pdf, letter.pdf_sha256 = None, ""


def note_letter_returned(
    work: UnitOfWork, *, case_id: int, letter_id: int, caseworker: Caseworker, on: date, why: str
) -> None:
    """Note that the letter came back or did not arrive; to a person it is a contact attempt that reached nobody.

    Raises AnswersRefused, LetterNotSent, and as `get_case` does.
    """
    case = case_to_change(work, case_id, caseworker)
    letter = get_letter(work, case, letter_id)
    if letter.sent_at is None:
        raise LetterNotSent(str(letter.id))
    problems = {}
    if len(why.strip()) < SHORTEST_REASON:
        problems["why"] = "Skriv vad som stod på brevet eller vad du vet."
    if not swedish_day(letter.sent_at) <= on <= swedish_day(work.now):
        problems["on"] = "Ange en dag från det att brevet skickades till i dag."
    if problems:
        raise AnswersRefused(problems)
    change(
        work, case, letter, by=caseworker.id, returned_at=work.now, returned_why=f"{on}: {why.strip()}"[:500]
    )
    if letter.recipient_id is not None:
        said = {
            "person": letter.recipient_id,
            "channel": "letter",
            "outcome": "returned_mail",
            "note": why.strip(),
        }
        record(work, case, "kontaktforsok.gjort", said, author=Author(caseworker.id))
    settle(work, case, cause="letter_returned")


def _event_of(work: UnitOfWork, case: Case, letter: Letter) -> Event | None:
    names = {name for name, kinds in LETTERS_OF.items() if letter.kind in kinds}
    events = [row for row in work.rows(Event, case.id) if row.name in names and row.at == letter.sent_at]
    return events[-1] if events else None
