"""Interventions on what did not arrive: write a returned letter anew, put a mail that was given up into the outbox."""

from __future__ import annotations

import secrets

from sqlalchemy import func, select

from processes.actions.interventions.orders import Done, Intervention, Order, Target
from processes.actions.letters import SHUT, write_journal
from processes.actions.mail import JOB
from processes.clock import swedish_day
from processes.errors import GateClosed, InterventionRefused
from processes.models import Case, Caseworker, Letter, Mail
from processes.operations.letter_sending import may_be_sent
from processes.operations.letters import write_anew
from processes.rules.calendar import in_swedish
from processes.unit_of_work import UnitOfWork

LETTER, MAIL = "brev", "epost"
GONE = "Mottagaren arbetar inte här längre eller har ingen adress. Omfördela uppgiften i stället."
AGAIN = ":again:"


def what_did_not_arrive(work: UnitOfWork, case: Case) -> list[Target]:
    """Letters that came back, and mails to the staff that were given up; each once."""
    letters = [
        Target(
            f"{LETTER}:{row.id}",
            row.kind,
            f"i retur {in_swedish(swedish_day(row.returned_at))}",
            group=LETTER,
        )
        for row in work.rows(Letter, case.id)
        if row.returned_at is not None and not _is_written_anew(work, case, row)
    ]
    given_up = select(Mail).where(Mail.case_id == case.id, Mail.given_up_at.is_not(None)).order_by(Mail.id)
    mails = [
        Target(f"{MAIL}:{row.id}", row.kind, f"till {row.caseworker.name}", _why_not_mailed(row), MAIL)
        for row in work.session.scalars(given_up)
        if not _is_sent_again(work, row)
    ]
    return letters + mails


def _is_written_anew(work: UnitOfWork, case: Case, letter: Letter) -> bool:
    """A letter of the same kind to the same recipient has been written since it came back."""
    return letter.returned_at is not None and any(
        (one.kind, one.recipient_kind, one.recipient_id, one.notice_id)
        == (letter.kind, letter.recipient_kind, letter.recipient_id, letter.notice_id)
        and one.written_at >= letter.returned_at
        for one in work.rows(Letter, case.id)
        if one.id != letter.id
    )


def _is_sent_again(work: UnitOfWork, mail: Mail) -> bool:
    later = select(func.count()).where(Mail.dedup_key.startswith(f"{mail.dedup_key}{AGAIN}", autoescape=True))
    return bool(work.session.scalar(later))


def _why_not_mailed(mail: Mail) -> str:
    return "" if mail.caseworker.is_active and mail.caseworker.email else GONE


def send_again(work: UnitOfWork, case: Case, caseworker: Caseworker, order: Order) -> Done:
    """Write the letter anew, to be read and sent as any other, or put the mail into the outbox once more."""
    what, _, row_id = order.chosen[0].partition(":")
    if what == LETTER:
        return _write_anew(work, case, caseworker, int(row_id))
    return _queue_again(work, int(row_id))


def _write_anew(work: UnitOfWork, case: Case, by: Caseworker, letter_id: int) -> Done:
    """A letter of its own with what is known now; the one that came back stays as it was sent."""
    old = work.session.get_one(Letter, letter_id)
    if not old.template:
        raise InterventionRefused("Brevet är äldre än mallarna. Skriv ett nytt på sidan för brev.")
    copied = (
        "case_id",
        "notice_id",
        "kind",
        "recipient_kind",
        "recipient_id",
        "purpose",
        "contents",
        "template",
    )
    kept = {name: word for name, word in old.words.items() if name == "egna_ord"}
    new = Letter(**{name: getattr(old, name) for name in copied}, words=kept, text="", written_at=work.at)
    write_anew(work, case, new)
    answer = may_be_sent(work, case, new, work.at)
    if not answer.allowed:
        raise GateClosed(SHUT, answer.why, answer.way_out)
    work.add(new)
    work.session.flush()
    write_journal(work, case, by, "letter_written", new.kind, letters=[new.id], instead_of=old.id)
    return Done("")


def _queue_again(work: UnitOfWork, mail_id: int) -> Done:
    """A mail of its own, so that how the first one went stays to be seen."""
    old = work.session.get_one(Mail, mail_id)
    copied = ("caseworker_id", "case_id", "kind", "case_number", "path", "counted")
    new = Mail(
        **{name: getattr(old, name) for name in copied},
        dedup_key=f"{old.dedup_key}{AGAIN}{old.id}",
        message_id=secrets.token_hex(16),
        created_at=work.now,
        next_attempt_at=work.now,
        attempts=0,
    )
    work.add(new)
    work.leave_for(JOB, work.now)
    return Done("")


SEND_AGAIN = Intervention(what_did_not_arrive, send_again)
