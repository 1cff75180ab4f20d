"""Lets a letter leave the house: asks whether it still may, sets it as a PDF, and keeps exactly what was sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from processes.diagrams.letter_text import LetterText, read_letter
from processes.models import Administration, Case, Caseworker, Event, Letter, Person
from processes.operations.changes import change
from processes.operations.letters import write_anew
from processes.rules.gates import GateAnswer, Level, may_disclose
from processes.rules.letters import OUTSIDERS
from processes.typesetting import Document, to_pdf
from processes.unit_of_work import UnitOfWork

CONFIRMATION, COPY, COMMITMENT, DEFERRAL = (
    "bekraftelse", "kopia-av-bekraftelse", "atagande", "begaran-om-anstand",
)  # fmt: skip
LETTERS_OF: dict[str, tuple[str, ...]] = {
    "bekraftelse.skickad": (CONFIRMATION, COPY),
    "atagande.postat": (COMMITMENT,),
    "anstand.begart": (DEFERRAL,),
}
"""The letters that an event says have been sent."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How a letter was sent: by which channel, when, and the number of a registered item."""

    channel: str
    at: datetime
    item_number: str = ""


def text_of(letter: Letter) -> LetterText:
    """What the letter says, in its parts."""
    return read_letter(letter.template or letter.text, letter.words)


def pdf_of(work: UnitOfWork, case: Case, letter: Letter) -> bytes:
    """The letter as a PDF: what was sent, or what would be sent now."""
    if letter.sent_at is not None and letter.pdf is not None:
        return letter.pdf
    text = text_of(letter)
    authority = work.session.get_one(Administration, case.administration_key)
    return to_pdf(
        Document(
            title=text.title,
            language="sv",
            sender=authority.name,
            recipient_lines=text.recipient_lines,
            date_line=letter.words.get("datum", ""),
            blocks=text.blocks,
            reference=f"Ärende {case.number}",
        )
    )


def draft_of(work: UnitOfWork, case: Case, letter: Letter) -> Letter:
    """The letter as it would be sent now; a letter that was sent is answered as it is. Changes nothing."""
    if letter.sent_at is not None or not letter.template:
        return letter
    columns = (column.key for column in Letter.__table__.columns if column.key != "pdf")
    draft = Letter(**{name: getattr(letter, name) for name in columns})
    write_anew(work, case, draft)
    return draft


def may_be_sent(work: UnitOfWork, case: Case, letter: Letter, at: datetime) -> GateAnswer:
    """Whether the letter may go to its recipient, as things stood at that instant (R-095, R-105; E-30, E-41)."""
    if letter.recipient_kind in OUTSIDERS:
        told = letter.contents.split()
        return may_disclose(work.snapshot(case.id), letter.recipient_kind, letter.purpose, told, at)
    person = work.session.get(Person, letter.recipient_id) if letter.recipient_id else None
    if person is None or person.died_on is not None:
        return GateAnswer(
            allowed=False,
            why="Mottagaren har avlidit eller finns inte längre i ärendet.",
            way_out="Skicka inte brevet. Behöver någon annan veta, skriv ett nytt brev till den personen.",
            level=Level.HARD,
        )
    return GateAnswer(allowed=True, why="Var och en får del av sina egna uppgifter.")


def send(
    work: UnitOfWork, case: Case, letter: Letter, sending: Sending, *, by: int | None, **instead: str
) -> None:
    """Write the letter a last time, keep it as it was sent, and note how; `instead` as in `write_anew`."""
    if letter.template:
        write_anew(work, case, letter, **instead)
    letter.pdf = pdf_of(work, case, letter)
    letter.pdf_sha256 = hashlib.sha256(letter.pdf).hexdigest()
    change(
        work, case, letter, by=by, sent_at=sending.at, channel=sending.channel,
        item_number=sending.item_number, sent_by_id=by,
    )  # fmt: skip


def letters_sent(work: UnitOfWork, case: Case, event: Event) -> Iterable[str]:
    """The letters that the event tells of have left the house: when, and by which channel."""
    said = event.payload
    for letter in work.rows(Letter, case.id):
        is_meant = letter.kind in LETTERS_OF[event.name] and letter.sent_at is None
        if not is_meant or (event.scope_kind == "notice" and letter.notice_id != event.scope_id):
            continue
        sending = _sending(event, letter)
        if sending is not None and may_be_sent(work, case, letter, sending.at).allowed:
            send(work, case, letter, sending, by=event.recorded_by_id, **_named_in(work, said))
    return ()


def _sending(event: Event, letter: Letter) -> Sending | None:
    """How the event says that this letter was sent; None if it was not."""
    said = event.payload
    if letter.kind == COPY:
        if said.get("copy_handling") == "no_copy":
            return None
        return Sending("intermediary" if letter.via_intermediary else "post", event.at)
    if letter.kind == COMMITMENT:
        channel = "registered_post" if said.get("registered") else "post"
        return Sending(channel, event.at, said.get("item_number") or "")
    if letter.kind == DEFERRAL and said.get("asked_by") != "board":
        return None
    sent_at = said.get("sent_at")
    at = datetime.fromisoformat(sent_at) if sent_at else event.at
    return Sending(said.get("channel") or "secure_message", at)


def _named_in(work: UnitOfWork, said: dict[str, Any]) -> dict[str, str]:
    """The caseworker that the step names, who is in charge from now on (R-056)."""
    if said.get("caseworker") is None:
        return {}
    named = work.session.get_one(Caseworker, int(said["caseworker"]))
    return {
        "handlaggare": named.name,
        "handlaggare_telefon": said.get("caseworker_phone") or named.phone,
    }
