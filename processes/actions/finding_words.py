"""Tells who must know of a critical finding: the supervisors of the unit, and of a broken process also its owner.

A word in the app, and a mail that names the number of the case and nothing about it.
"""

from __future__ import annotations

from sqlalchemy import select

from processes.actions.mail import JOB as MAIL
from processes.actions.mail import queue_mail
from processes.models import Caseworker, Finding, Membership, Notification
from processes.queries.mail import can_be_reached, wants
from processes.rules.mail import BROKEN_PROCESS, STUCK
from processes.rules.stuck import CHECKS
from processes.rules.units import Role, Unit
from processes.unit_of_work import UnitOfWork

TO_OWNERS = "{title}. Se Driftläge."


def tell_of(work: UnitOfWork, finding: Finding, *, again: str = "") -> None:
    """Put the words and the mails where they are sent from; `again` tells apart what is told a second time."""
    check = CHECKS[finding.check_key]
    key = f"finding:{finding.id}{again}"
    work.session.add(_word(work, finding, f"{check.title}.", kind=STUCK, key=key))
    work.leave_for(MAIL, work.now)
    if not check.is_engine:
        return
    reachable = set(
        work.session.scalars(select(Caseworker.id).where(*can_be_reached(work.now), wants(BROKEN_PROCESS)))
    )
    for owner in process_owners(work, finding.administration_key):
        text = TO_OWNERS.format(title=check.title)
        word = _word(work, finding, text, kind=BROKEN_PROCESS, key=f"{key}:{owner.id}")
        word.person_id, word.mailed_at = owner.id, work.now
        work.session.add(word)
        if owner.id in reachable:
            queue_mail(
                work,
                to=owner,
                kind=BROKEN_PROCESS,
                path="/driftlage#processer",
                dedup_key=f"{key}:{owner.id}",
            )


def process_owners(work: UnitOfWork, administration_key: str) -> list[Caseworker]:
    """Who keeps the diagrams in the administration; they see no case, but must know that a process is broken."""
    owns = Membership.role == str(Role.PROCESS_OWNER)
    found = (
        select(Caseworker)
        .join(Membership, Membership.caseworker_id == Caseworker.id)
        .where(owns, Caseworker.administration_key == administration_key, Caseworker.is_active)
        .order_by(Caseworker.id)
    )
    return list(work.session.scalars(found).unique())


def _word(work: UnitOfWork, finding: Finding, text: str, *, kind: str, key: str) -> Notification:
    return Notification(
        case_id=finding.case_id,
        administration_key=finding.administration_key,
        unit=str(Unit.HEAD),
        finding_id=finding.id,
        kind=kind,
        dedup_key=key,
        text=text,
        at=work.now,
    )
