"""Writes a letter by hand, at any time, to everybody whom it goes to."""

from __future__ import annotations

from processes.actions.letters import case_to_change, write_journal
from processes.errors import AnswersRefused
from processes.models import Caseworker, Letter
from processes.operations.letters import prepare_letter
from processes.operations.place import Place
from processes.queries.diagrams import current_diagrams
from processes.rules.letters import BY_HAND
from processes.rules.snapshot import Scope
from processes.unit_of_work import UnitOfWork

LONGEST_TEXT = 4000


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
    case = case_to_change(work, case_id, caseworker)
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
    write_journal(work, case, caseworker, "letter_written", kind, letters=[letter.id for letter in written])
    return len(written)


def _templates(work: UnitOfWork) -> dict[str, str]:
    """Every letter template of the processes that new cases use, by its key."""
    found: dict[str, str] = {}
    for row in current_diagrams(work.session):
        found.update(work.diagrams.get(work.session, row.process_key, row.version).letters)
    return found
