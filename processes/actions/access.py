"""What changes who may see a case: a conflict of interest ends it at once, an emergency opens it for some hours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from processes.actions.moving import refresh
from processes.errors import (
    AccessAlreadyThere,
    AlreadyReviewed,
    AnswersRefused,
    CaseNotFound,
    EmergencyAccessNotFound,
    NoNeedOfCase,
    NotAllowed,
    RecusalNotFound,
)
from processes.models import Case, Caseworker, EmergencyAccess, JournalEntry, Notification, Recusal, Task
from processes.operations.changes import change
from processes.queries.access import may_see_case, must_be_allowed, must_see_case
from processes.queries.cases import get_case
from processes.rules.units import Unit
from processes.unit_of_work import UnitOfWork

SHORTEST_REASON = 10
VERDICTS = ("approved", "reported")
NEW_RESPONSIBLE = "Ärendet behöver en ny ansvarig handläggare eller ersättare."
TO_REVIEW = "Nödåtkomst att granska."


@dataclass(frozen=True, slots=True)
class TakenAway:
    """What somebody held in a case and holds no more."""

    tasks: int
    units: frozenset[str]
    """Whose tasks they are."""
    needs_somebody: bool
    """Nobody is responsible, or nobody is substitute, until coordination finds somebody."""


def declare_recusal(
    work: UnitOfWork, *, case_id: int, caseworker: Caseworker, person: Caseworker, reason: str
) -> Recusal:
    """Keep a person away from the case from now on because of a conflict of interest (FL 16-18; E-55).

    The person's tasks go back to their units, and coordination is told when somebody new must answer for the case.
    One declares it for oneself; for a colleague a coordinator or the head of unit does. Raises AnswersRefused.
    """
    get_case(work.session, case_id, caseworker, work.now)
    case = work.lock(case_id)
    must_see_case(work.session, case, caseworker, work.now)
    must_be_allowed("declare_recusal" if person.id == caseworker.id else "recuse_others", caseworker)
    if person.administration_key != case.administration_key:
        raise AnswersRefused({"person": "Välj en kollega i din förvaltning."})
    reason = _reason(reason)
    if _recusal(work, case, person) is not None:
        raise AnswersRefused({"person": f"{person.name} är redan anmäld som jävig i ärendet."})
    recusal = Recusal(
        case_id=case.id,
        caseworker_id=person.id,
        reason=reason,
        declared_at=work.now,
        declared_by_id=caseworker.id,
    )
    work.add(recusal)
    told = f"{person.name}. {reason}"
    _write(work, case, caseworker, "access_recused", told, person=person.id, reason=reason)
    take_away(work, case, person, by=caseworker)
    _end_emergencies(work, case, person)
    refresh(work, case, cause="access_recused")
    work.session.flush()
    return recusal


def correct_recusal(
    work: UnitOfWork, *, case_id: int, recusal_id: int, caseworker: Caseworker, reason: str
) -> Recusal:
    """Take back a conflict of interest that was declared by mistake; the person may see the case as before.

    What was declared, by whom and why it was wrong stays in the journal. Tasks and responsibility do not come back by
    themselves: somebody may work with them by now. Who is said to have the conflict cannot take it back, since the
    case is shut to that person. Raises RecusalNotFound, NotAllowed, or AnswersRefused without a reason.
    """
    get_case(work.session, case_id, caseworker, work.now)
    case = work.lock(case_id)
    must_see_case(work.session, case, caseworker, work.now)
    must_be_allowed("correct_recusal", caseworker)
    recusal = work.session.get(Recusal, recusal_id, populate_existing=True)
    if recusal is None or recusal.case_id != case.id:
        raise RecusalNotFound(str(recusal_id))
    reason = _reason(reason)
    person = work.session.get_one(Caseworker, recusal.caseworker_id)
    declared = {
        "person": person.id,
        "declared_at": recusal.declared_at.isoformat(),
        "declared_by": recusal.declared_by_id,
        "declared_reason": recusal.reason,
    }
    told = f"{person.name}. {reason}"
    _write(work, case, caseworker, "access_recusal_corrected", told, reason=reason, **declared)
    work.session.delete(recusal)
    work.session.flush()
    return recusal


def take_away(work: UnitOfWork, case: Case, person: Caseworker, *, by: Caseworker | None) -> TakenAway:
    """Give back the person's open tasks in the locked case, and let nobody answer for it in the person's place yet."""
    given_back = [
        task for task in work.rows(Task, case.id) if task.status == "open" and task.claimed_by_id == person.id
    ]
    for task in given_back:
        task.claimed_by = task.claimed_at = None
        _write(work, case, by, "task_released", task.step, task=task.id, held_by=person.id)
    roles = {"responsible": case.responsible_id, "substitute": case.substitute_id}
    left = [role for role, held_by in roles.items() if held_by == person.id]
    for role in left:
        change(work, case, case, by=by.id if by else None, **{role: None})
    if left:
        tell(work, case, Unit.COORDINATION, NEW_RESPONSIBLE)
    work.session.flush()
    return TakenAway(len(given_back), frozenset(task.unit for task in given_back), bool(left))


def open_in_emergency(
    work: UnitOfWork, *, case_id: int, caseworker: Caseworker, reason: str
) -> EmergencyAccess:
    """Let the person see a case of the own administration for some hours, for a stated reason; the head reviews it.

    Raises CaseNotFound, NotAllowed for a role that reads no cases, Recused, AnswersRefused without a reason, and
    AccessAlreadyThere for who has to do with the case anyway.
    """
    case = closed_to(work, case_id, caseworker)
    reason = _reason(reason)
    work.lock(case.id)
    access = EmergencyAccess(
        case_id=case.id,
        caseworker_id=caseworker.id,
        administration_key=case.administration_key,
        reason=reason,
        opened_at=work.now,
        ends_at=work.now + timedelta(hours=work.policy.emergency_hours),
    )
    work.add(access)
    _write(work, case, caseworker, "access_emergency", reason, hours=work.policy.emergency_hours)
    tell(work, case, Unit.HEAD, TO_REVIEW)
    work.session.flush()
    return access


def closed_to(work: UnitOfWork, case_id: int, caseworker: Caseworker) -> Case:
    """The case that only an emergency would open to the person. Raises as `open_in_emergency` does."""
    must_be_allowed("open_in_emergency", caseworker)
    case = work.session.get(Case, case_id)
    if case is None or case.administration_key != caseworker.administration_key:
        raise CaseNotFound(str(case_id))
    try:
        must_see_case(work.session, case, caseworker, work.now)
    except NoNeedOfCase:
        return case
    raise AccessAlreadyThere(case.number)


def review_emergency_access(
    work: UnitOfWork, *, access_id: int, caseworker: Caseworker, verdict: str, note: str
) -> EmergencyAccess:
    """Say whether an emergency access was right, or report it as a breach (SoLPuL 10). Nobody reviews the own one.

    Raises EmergencyAccessNotFound, also for another administration's, NotAllowed, AlreadyReviewed or AnswersRefused.
    """
    must_be_allowed("review_emergency_access", caseworker)
    access = work.session.get(EmergencyAccess, access_id)
    if access is None or access.administration_key != caseworker.administration_key:
        raise EmergencyAccessNotFound(str(access_id))
    case = work.lock(access.case_id)
    work.session.refresh(access)
    if access.caseworker_id == caseworker.id or not may_see_case(work.session, case, caseworker, work.now):
        raise NotAllowed("Another head of unit must review this access.")
    if access.reviewed_at is not None:
        raise AlreadyReviewed(str(access_id))
    if verdict not in VERDICTS:
        raise AnswersRefused({"verdict": "Välj om åtkomsten var befogad."})
    if verdict == "reported" and len(note.strip()) < SHORTEST_REASON:
        raise AnswersRefused({"note": "Skriv varför åtkomsten anmäls."})
    access.verdict, access.review_note = verdict, note.strip()
    access.reviewed_at, access.reviewed_by_id = work.now, caseworker.id
    details = {"access": access.id, "verdict": verdict, "note": access.review_note}
    told = f"{access.caseworker.name}. {access.review_note}".strip()
    _write(work, case, caseworker, f"access_{verdict}", told, **details)
    return access


def _recusal(work: UnitOfWork, case: Case, person: Caseworker) -> Recusal | None:
    return work.session.scalars(
        select(Recusal).where(Recusal.case_id == case.id, Recusal.caseworker_id == person.id)
    ).first()


def _end_emergencies(work: UnitOfWork, case: Case, person: Caseworker) -> None:
    for access in _open_emergencies(work, case, person):
        access.ends_at = work.now


def _open_emergencies(work: UnitOfWork, case: Case, person: Caseworker) -> Collection[EmergencyAccess]:
    return work.session.scalars(
        select(EmergencyAccess).where(
            EmergencyAccess.case_id == case.id,
            EmergencyAccess.caseworker_id == person.id,
            EmergencyAccess.ends_at > work.now,
        )
    ).all()


def _reason(reason: str) -> str:
    if len(reason.strip()) < SHORTEST_REASON:
        raise AnswersRefused({"reason": "Skriv varför, så att den som granskar förstår."})
    return reason.strip()


def tell(work: UnitOfWork, case: Case, unit: str, text: str) -> None:
    """Let a unit know that the case needs its attention."""
    key = case.administration_key
    work.add(Notification(case_id=case.id, administration_key=key, unit=str(unit), text=text, at=work.now))


def _write(
    work: UnitOfWork, case: Case, by: Caseworker | None, what: str, subject: str, /, **details: Any
) -> None:
    work.add(
        JournalEntry(
            case_id=case.id,
            at=work.now,
            by_id=by.id if by else None,
            what=what,
            subject=subject,
            details=details,
        )
    )
