"""Looks at a letter as it would leave the house, and says that it was sent; the case moves on by that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from processes.actions.events import record_event
from processes.actions.moving import settle
from processes.actions.tasks import claim_task, complete_task
from processes.errors import AnswersRefused, GateClosed, LetterAlreadySent, LetterNotFound
from processes.models import Case, Caseworker, JournalEntry, Letter, ProcessInstance, Task
from processes.operations.letter_sending import (
    COMMITMENT,
    CONFIRMATION,
    Sending,
    draft_of,
    may_be_sent,
    send,
)
from processes.operations.recording import Author, record
from processes.queries.access import must_be_allowed, must_see_case
from processes.queries.cases import get_case
from processes.rules.gates import GateAnswer
from processes.rules.letters import OUTSIDERS, channels_to
from processes.unit_of_work import UnitOfWork

TASKS = {CONFIRMATION: "bekrafta_till_kronofogden", COMMITMENT: "posta_atagande"}
"""The step that sending the letter is: who says that it was sent has done the task."""
SHORTEST_REASON = 5
LONGEST_TEXT = 4000
SHUT = "Brevet får inte skickas"


@dataclass(frozen=True, slots=True)
class Look:
    """A letter as it is, or as it would be sent now, and whether it may be."""

    case: Case
    letter: Letter
    answer: GateAnswer
    channels: Mapping[str, str]

    def must_be_allowed(self) -> None:
        """Raises GateClosed while the letter may not go to its recipient; what was sent may be looked at for ever."""
        if self.letter.sent_at is None and not self.answer.allowed:
            raise GateClosed(SHUT, self.answer.why, self.answer.way_out)


def look_at_letter(work: UnitOfWork, *, case_id: int, letter_id: int, caseworker: Caseworker) -> Look:
    """The letter for somebody who may see its case; changes nothing. Raises as `get_case` does, or LetterNotFound."""
    case = get_case(work.session, case_id, caseworker, work.now)
    letter = draft_of(work, case, get_letter(work, case, letter_id))
    answer = may_be_sent(work, case, letter, letter.sent_at or work.now)
    return Look(case, letter, answer, channels_to(letter.recipient_kind, letter.via_intermediary))


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
    case = case_to_change(work, case_id, caseworker)
    letter = get_letter(work, case, letter_id)
    if letter.sent_at is not None:
        raise LetterAlreadySent(str(letter.id))
    must_be_sendable(work, draft_of(work, case, letter), sending, is_checked=is_checked)
    answer = may_be_sent(work, case, letter, sending.at)
    if not answer.allowed:
        raise GateClosed(SHUT, answer.why, answer.way_out)
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


def case_to_change(work: UnitOfWork, case_id: int, caseworker: Caseworker) -> Case:
    """The case under its lock, for who works with its letters. Raises as `get_case` does, or NotAllowed."""
    must_be_allowed("send_letters", caseworker)
    get_case(work.session, case_id, caseworker, work.now)
    case = work.lock(case_id)
    must_see_case(work.session, case, caseworker, work.now)  # a recusal may have held the lock before us
    return case


def get_letter(work: UnitOfWork, case: Case, letter_id: int) -> Letter:
    """The letter of the case. Raises LetterNotFound."""
    letter = work.session.get(Letter, letter_id)
    if letter is None or letter.case_id != case.id:
        raise LetterNotFound(str(letter_id))
    return letter


def must_be_sendable(work: UnitOfWork, letter: Letter, sending: Sending, *, is_checked: bool) -> None:
    """Raises AnswersRefused per field that is missing or cannot be."""
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


def write_journal(
    work: UnitOfWork, case: Case, by: Caseworker, what: str, subject: str, **details: object
) -> None:
    """A line in the journal of the case about letters."""
    work.add(
        JournalEntry(case_id=case.id, at=work.now, by_id=by.id, what=what, subject=subject, details=details)
    )
