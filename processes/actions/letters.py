"""Writes letters by hand, says that a letter was sent or came back, and corrects what was said wrongly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from processes.actions.corrections import note_correction
from processes.actions.events import record_event
from processes.actions.moving import settle
from processes.actions.tasks import claim_task, complete_task
from processes.clock import swedish_day
from processes.errors import AnswersRefused, GateClosed, LetterAlreadySent, LetterNotFound, LetterNotSent
from processes.models import Case, Caseworker, Event, JournalEntry, Letter, ProcessInstance, Task
from processes.operations.changes import change
from processes.operations.letter_sending import (
    COMMITMENT,
    CONFIRMATION,
    LETTERS_OF,
    Sending,
    draft_of,
    may_be_sent,
    send,
)
from processes.operations.letters import prepare_letter
from processes.operations.place import Place
from processes.operations.recording import Author, record
from processes.queries.access import must_be_allowed, must_see_case
from processes.queries.cases import get_case
from processes.queries.diagrams import current_diagrams
from processes.rules.gates import GateAnswer
from processes.rules.letters import BY_HAND, OUTSIDERS, channels_to
from processes.rules.snapshot import Scope
from processes.unit_of_work import UnitOfWork

TASKS = {CONFIRMATION: "bekrafta_till_kronofogden", COMMITMENT: "posta_atagande"}
"""The step that sending the letter is: who says that it was sent has done the task."""
SHORTEST_REASON = 5
LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Look:
    """A letter as it is, or as it would be sent now, and whether it may be."""

    case: Case
    letter: Letter
    answer: GateAnswer
    channels: Mapping[str, str]


def look_at_letter(work: UnitOfWork, *, case_id: int, letter_id: int, caseworker: Caseworker) -> Look:
    """The letter for somebody who may see its case; changes nothing. Raises as `get_case` does, or LetterNotFound."""
    case = get_case(work.session, case_id, caseworker, work.now)
    letter = draft_of(work, case, _letter(work, case, letter_id))
    answer = may_be_sent(work, case, letter, letter.sent_at or work.now)
    return Look(case, letter, answer, channels_to(letter.recipient_kind, letter.via_intermediary))


def write_letter(
    work: UnitOfWork,
    *,
    case_id: int,
    kind: str,
    caseworker: Caseworker,
    contents: tuple[str, ...] = (),
    own_words: str = "",
) -> int:
    """Write a letter of this kind to everybody whom it goes to; answers how many were written.

    Raises AnswersRefused per field, GateClosed when an outsider may not be told, and as `get_case` does.
    """
    case = _locked(work, case_id, caseworker)
    by_hand = BY_HAND.get(kind)
    if by_hand is None:
        raise AnswersRefused({"kind": "Välj vilket brev du vill skriva."})
    if by_hand.asks_words and not own_words.strip():
        raise AnswersRefused({"own_words": "Skriv det som ska stå i brevet."})
    if by_hand.purpose and not contents:
        raise AnswersRefused({"contents": "Välj vad brevet berättar om."})
    before = len(work.rows(Letter, case.id))
    prepare_letter(
        work,
        Place(case, Scope("case", case.id), by_hand.process_key, work.at, _templates(work)),
        letter=kind,
        recipient=by_hand.recipient,
        purpose=by_hand.purpose,
        contents=" ".join(contents) if by_hand.purpose else "",
        own_words=own_words.strip()[:LONGEST_TEXT] if by_hand.asks_words else "",
    )
    written = work.rows(Letter, case.id)[before:]
    if not written:
        raise AnswersRefused({"kind": "Ingen i ärendet kan få brevet. Anteckna personen först."})
    _journal(work, case, caseworker, "letter_written", kind, letters=[letter.id for letter in written])
    return len(written)


def mark_letter_sent(
    work: UnitOfWork,
    *,
    case_id: int,
    letter_id: int,
    caseworker: Caseworker,
    sending: Sending,
    is_checked: bool,
) -> None:
    """Say that the letter was sent; where sending it is a task, the task is done and the case moves on.

    Raises AnswersRefused per field, LetterAlreadySent, GateClosed when the letter may not go to the recipient as
    things stood when it was sent, and as `complete_task` does.
    """
    case = _locked(work, case_id, caseworker)
    letter = _letter(work, case, letter_id)
    if letter.sent_at is not None:
        raise LetterAlreadySent(str(letter.id))
    _must_be_sendable(work, draft_of(work, case, letter), sending, is_checked=is_checked)
    answer = may_be_sent(work, case, letter, sending.at)
    if not answer.allowed:
        raise GateClosed("Brevet får inte skickas", answer.why, answer.way_out)
    task = _task_of(work, letter)
    if task is not None:
        if task.claimed_by_id is None:
            claim_task(work, task_id=task.id, caseworker=caseworker)
        complete_task(
            work,
            task_id=task.id,
            caseworker=caseworker,
            answers=_answers(work, case, letter, sending, caseworker),
        )
    elif letter.kind == COMMITMENT:
        said = _posted(sending) | {"notice": letter.notice_id}
        record_event(work, case_id=case.id, name="atagande.postat", payload=said, caseworker=caseworker)
        _tell(work, case, letter, sending, caseworker)
    else:
        send(work, case, letter, sending, by=caseworker.id)
        _tell(work, case, letter, sending, caseworker)
    settle(work, case, cause="letter_sent")


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
    case = _locked(work, case_id, caseworker)
    letter = _letter(work, case, letter_id)
    if letter.sent_at is None:
        raise LetterNotSent(str(letter.id))
    if len(reason.strip()) < SHORTEST_REASON:
        raise AnswersRefused({"reason": "Skriv varför det var fel."})
    event = _event_of(work, case, letter)
    if sending is None:
        change(
            work, case, letter, by=caseworker.id, sent_at=None, channel="", item_number="", sent_by_id=None
        )
        letter.pdf, letter.pdf_sha256 = None, ""
    else:
        _must_be_sendable(work, letter, sending, is_checked=True)
        how = {"channel": sending.channel, "item_number": sending.item_number}
        change(work, case, letter, by=caseworker.id, sent_at=sending.at, **how)
    _journal(work, case, caseworker, "letter_corrected", letter.kind, letter=letter.id, reason=reason.strip())
    if event is not None:
        right = (
            "Brevet har inte skickats." if sending is None else "Brevet skickades på annat sätt än antecknat."
        )
        note_correction(
            work, caseworker=caseworker, case_id=case.id, kind="correction", about=("event", event.id),
            text=right, reason=reason,
        )  # fmt: skip
    settle(work, case, cause="letter_corrected")


def note_letter_returned(
    work: UnitOfWork, *, case_id: int, letter_id: int, caseworker: Caseworker, on: date, why: str
) -> None:
    """Note that the letter came back or did not arrive; to a person it is a contact attempt that reached nobody.

    Raises AnswersRefused, LetterNotSent, and as `get_case` does.
    """
    case = _locked(work, case_id, caseworker)
    letter = _letter(work, case, letter_id)
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


def _locked(work: UnitOfWork, case_id: int, caseworker: Caseworker) -> Case:
    must_be_allowed("send_letters", caseworker)
    get_case(work.session, case_id, caseworker, work.now)
    case = work.lock(case_id)
    must_see_case(work.session, case, caseworker, work.now)  # a recusal may have held the lock before us
    return case


def _letter(work: UnitOfWork, case: Case, letter_id: int) -> Letter:
    letter = work.session.get(Letter, letter_id)
    if letter is None or letter.case_id != case.id:
        raise LetterNotFound(str(letter_id))
    return letter


def _templates(work: UnitOfWork) -> dict[str, str]:
    """Every letter template of the processes that new cases use, by its key."""
    found: dict[str, str] = {}
    for row in current_diagrams(work.session):
        found.update(work.diagrams.get(work.session, row.process_key, row.version).letters)
    return found


def _must_be_sendable(work: UnitOfWork, letter: Letter, sending: Sending, *, is_checked: bool) -> None:
    problems = {}
    if sending.channel not in channels_to(letter.recipient_kind, letter.via_intermediary):
        problems["channel"] = "Välj hur brevet skickades."
    if sending.channel == "registered_post" and not sending.item_number.strip():
        problems["item_number"] = "Skriv kollinumret från inlämningskvittot."
    if sending.at > work.now:
        problems["at"] = "Ange en tid som har varit."
    if letter.kind == CONFIRMATION and not is_checked:
        problems["is_checked"] = "Kontrollera att bekräftelsen inte innehåller några personliga förhållanden."
    if problems:
        raise AnswersRefused(problems)


def _task_of(work: UnitOfWork, letter: Letter) -> Task | None:
    step = TASKS.get(letter.kind)
    of_notice = (ProcessInstance.scope_kind == "notice") & (ProcessInstance.scope_id == letter.notice_id)
    found = (
        select(Task).join(Task.instance).where(Task.case_id == letter.case_id, Task.step == step, of_notice)
    )
    return (
        work.session.scalars(found.where(Task.status == "open").order_by(Task.id)).first() if step else None
    )


def _answers(
    work: UnitOfWork, case: Case, letter: Letter, sending: Sending, caseworker: Caseworker
) -> dict[str, object]:
    """What the task's form asks, as far as the letter knows."""
    if letter.kind == COMMITMENT:
        return _posted(sending)
    named = case.responsible or caseworker
    copies = [one for one in work.rows(Letter, case.id) if one.kind == "kopia-av-bekraftelse"]
    is_passed_on = any(one.via_intermediary for one in copies)
    return {
        "sent_at": sending.at.isoformat(),
        "channel": sending.channel,
        "caseworker": named.id,
        "caseworker_phone": named.phone,
        "content_checked": True,
        "copy_handling": "intermediary" if is_passed_on else "one_each",
    }


def _posted(sending: Sending) -> dict[str, object]:
    is_registered = sending.channel == "registered_post"
    number = {"item_number": sending.item_number} if is_registered else {}
    return {"posted_at": sending.at.isoformat(), "registered": is_registered, **number}


def _tell(work: UnitOfWork, case: Case, letter: Letter, sending: Sending, caseworker: Caseworker) -> None:
    """A letter that tells an outsider something is a line in the disclosure log (data 2.4)."""
    if letter.recipient_kind not in OUTSIDERS or not letter.contents:
        return
    ground = may_be_sent(work, case, letter, sending.at)
    said = {
        "recipient": letter.recipient_kind,
        "recipient_name": letter.recipient_name,
        "what": letter.contents.split(),
        "ground": "consent" if any("samtycke" in one for one in ground.evidence) else "legal_ground",
        "channel": sending.channel,
        "at": sending.at.isoformat(),
    }
    record(work, case, "uppgift.lamnad", said, author=Author(caseworker.id))


def _event_of(work: UnitOfWork, case: Case, letter: Letter) -> Event | None:
    names = {name for name, kinds in LETTERS_OF.items() if letter.kind in kinds}
    events = [row for row in work.rows(Event, case.id) if row.name in names and row.at == letter.sent_at]
    return events[-1] if events else None


def _journal(
    work: UnitOfWork, case: Case, by: Caseworker, what: str, subject: str, **details: object
) -> None:
    work.add(
        JournalEntry(case_id=case.id, at=work.now, by_id=by.id, what=what, subject=subject, details=details)
    )
