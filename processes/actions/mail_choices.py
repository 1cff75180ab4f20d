"""Where a person's mail goes, and which mail the person wants."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from processes.clock import swedish_day
from processes.errors import AnswersRefused
from processes.models import Caseworker, MailChoice
from processes.queries.mail import kinds_for
from processes.rules.mail import DIGEST, is_address, is_of
from processes.unit_of_work import UnitOfWork


def set_address(*, caseworker: Caseworker, address: str, domains: Collection[str] = ()) -> None:
    """Let mail go to this address, or to none when it is empty.

    Raises AnswersRefused for what is not one address, or not of one of the employer's `domains` if any are named.
    """
    address = address.strip()
    if address and not is_address(address):
        raise AnswersRefused({"email": "Skriv en e-postadress, som namn@kommun.se."})
    if address and not is_of(address, domains):
        known = ", ".join(sorted(domains))
        raise AnswersRefused({"email": f"Använd din adress i tjänsten, med {known} efter @."})
    caseworker.email = address


def choose_mail(work: UnitOfWork, *, caseworker: Caseworker, wanted: Collection[str]) -> None:
    """Want mail of these kinds and of no others; a digest that is switched on begins with the next one."""
    rows = work.session.scalars(select(MailChoice).where(MailChoice.caseworker_id == caseworker.id))
    chosen = {row.kind: row for row in rows}
    for kind in (one.name for one in kinds_for(caseworker)):
        row = chosen.get(kind)
        if row is None:
            row = MailChoice(caseworker_id=caseworker.id, kind=kind, wanted=False)
            work.session.add(row)
        if kind == DIGEST and kind in wanted and not row.wanted:
            row.last_on = swedish_day(work.now)
        row.wanted = kind in wanted
