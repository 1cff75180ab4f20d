"""Holds, proposes and carries out the destruction of cases (sv. gallring); nothing is ever destroyed by itself.

Two persons are needed: one has looked at the case and proposes, another approves. Each case goes in a transaction of
its own, and a row of the destruction journal is what remains.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from processes.actions.read_log import release_journal
from processes.clock import swedish_day
from processes.errors import AnswersRefused, MustBeKept, NotProposed, SecondPersonNeeded
from processes.models import (
    Case,
    Caseworker,
    DestructionEntry,
    DestructionProposal,
    JournalEntry,
    LegalHold,
    RetentionDecision,
)
from processes.queries.access import must_be_allowed
from processes.queries.cases import get_case
from processes.queries.retention import Judged, decision_of, hold_on, judged_case
from processes.queries.tables_of_case import count_rows, delete_rows, has_newest_row
from processes.unit_of_work import UnitOfWork

SHORTEST_REASON = 10
NEWEST = "Ärendet är bland de senast registrerade. Det kan gallras när ett nyare finns."


def decide_retention(
    work: UnitOfWork,
    *,
    administration: str,
    municipality: str,
    keeps_for_ever: bool,
    research_birthdays: Collection[int],
    reference: str,
) -> RetentionDecision:
    """Record what the municipality has decided about the administration's files; earlier decisions stay.

    Raises AnswersRefused without a reference to the decision, or for a day that no month has.
    """
    if not reference.strip() or not municipality.strip():
        raise AnswersRefused({"reference": "Skriv kommunens namn och var beslutet finns."})
    if any(not 1 <= day <= 31 for day in research_birthdays):
        raise AnswersRefused({"research_birthdays": "Ange dagar mellan 1 och 31."})
    decision = RetentionDecision(
        administration_key=administration,
        municipality=municipality.strip(),
        keeps_for_ever=keeps_for_ever,
        research_birthdays=sorted(set(research_birthdays)),
        reference=reference.strip(),
        recorded_at=work.now,
    )
    work.add(decision)
    work.session.flush()
    return decision


def place_hold(work: UnitOfWork, *, case_id: int, caseworker: Caseworker, reason: str) -> LegalHold:
    """Let nothing of the case be destroyed until somebody lifts the hold; takes back a proposal to destroy it.

    Raises as `get_case` does, NotAllowed, and AnswersRefused without a reason or when a hold stands already.
    """
    case = _locked(work, case_id, caseworker, "hold_records")
    if hold_on(work.session, case.id) is not None:
        raise AnswersRefused({"reason": "Gallringen är redan stoppad."})
    hold = LegalHold(case_id=case.id, reason=_reason(reason), placed_at=work.now, placed_by_id=caseworker.id)
    work.add(hold)
    work.session.flush()
    _write(work, case, caseworker, "hold_placed", hold=hold.id, reason=hold.reason)
    proposal = judged_case(work.session, case, work.now).proposal
    if proposal is not None:
        _take_back(work, case, proposal, caseworker)
    return hold


def lift_hold(work: UnitOfWork, *, case_id: int, caseworker: Caseworker, reason: str) -> None:
    """End the hold on the case. Raises as `place_hold` does, and NotProposed when no hold stands."""
    case = _locked(work, case_id, caseworker, "hold_records")
    hold = hold_on(work.session, case.id)
    if hold is None:
        raise AnswersRefused({"reason": "Gallringen är inte stoppad."})
    hold.lifted_because = _reason(reason)
    hold.lifted_at, hold.lifted_by_id = work.now, caseworker.id
    _write(work, case, caseworker, "hold_lifted", hold=hold.id, reason=hold.lifted_because)
    work.session.flush()


def propose_destruction(work: UnitOfWork, *, case_id: int, caseworker: Caseworker) -> DestructionProposal:
    """Propose to destroy the case. Raises as `get_case` does, NotAllowed, and MustBeKept."""
    case = _locked(work, case_id, caseworker, "propose_destruction")
    judged = _must_be_due(work, case)
    if judged.proposal is not None:
        return judged.proposal
    proposal = DestructionProposal(case_id=case.id, proposed_at=work.now, proposed_by_id=caseworker.id)
    work.add(proposal)
    _write(work, case, caseworker, "destruction_proposed")
    work.session.flush()
    return proposal


def withdraw_proposal(work: UnitOfWork, *, case_id: int, caseworker: Caseworker) -> None:
    """Say no to the proposal; the case stays. Raises as `get_case` does, NotAllowed, NotProposed."""
    case = _locked(work, case_id, caseworker, "propose_destruction")
    proposal = judged_case(work.session, case, work.now).proposal
    if proposal is None:
        raise NotProposed(case.number)
    _take_back(work, case, proposal, caseworker)


def destroy_case(work: UnitOfWork, *, case_id: int, caseworker: Caseworker) -> DestructionEntry:
    """Destroy the case for good, as another person has proposed (SoL 16:1-2 a).

    Asks the rule again: what was due yesterday may be held today. Raises as `get_case` does, NotAllowed, NotProposed,
    SecondPersonNeeded and MustBeKept. End the transaction afterwards: nothing that was loaded before is left in it.
    """
    case = _locked(work, case_id, caseworker, "approve_destruction")
    judged = _must_be_due(work, case)
    if judged.proposal is None:
        raise NotProposed(case.number)
    if judged.proposal.proposed_by_id == caseworker.id:
        raise SecondPersonNeeded(case.number)
    if case.closed_at is None:
        raise MustBeKept(judged.verdict.why)
    entry = DestructionEntry(
        administration_key=case.administration_key,
        at=work.now,
        case_id=case.id,
        case_number=case.number,
        opened_on=swedish_day(case.opened_at),
        closed_on=swedish_day(case.closed_at),
        last_note_on=judged.last_note_on,
        policy=_policy(work, judged),
        counts=count_rows(work.session, case),
        proposed_by_id=judged.proposal.proposed_by_id,
        proposed_at=judged.proposal.proposed_at,
        approved_by_id=caseworker.id,
    )
    release_journal(work, case_id=case.id)
    delete_rows(work.session, case)
    work.add(entry)
    work.session.flush()
    return entry


def _policy(work: UnitOfWork, judged: Judged) -> dict[str, Any]:
    decision = decision_of(work.session, judged.case.administration_key)
    return {
        "rule": "SoL 16:2 a" if judged.verdict.is_by_birth else "SoL 16:1",
        "municipality": decision.municipality if decision else "",
        "reference": decision.reference if decision else "",
    }


def _must_be_due(work: UnitOfWork, case: Case) -> Judged:
    judged = judged_case(work.session, case, work.now)
    if not judged.verdict.may_be_destroyed:
        raise MustBeKept(judged.verdict.why)
    if has_newest_row(work.session, case):
        raise MustBeKept(NEWEST)
    return judged


def _locked(work: UnitOfWork, case_id: int, caseworker: Caseworker, verb: str) -> Case:
    must_be_allowed(verb, caseworker)
    get_case(work.session, case_id, caseworker, work.now)
    case = work.lock(case_id)
    return get_case(work.session, case.id, caseworker, work.now)  # a recusal may have held the lock before us


def _take_back(work: UnitOfWork, case: Case, proposal: DestructionProposal, caseworker: Caseworker) -> None:
    work.remove(proposal)
    _write(work, case, caseworker, "destruction_withdrawn", proposed_by=proposal.proposed_by_id)
    work.session.flush()


def _reason(reason: str) -> str:
    if len(reason.strip()) < SHORTEST_REASON:
        raise AnswersRefused({"reason": "Skriv varför, så att andra förstår det om några år."})
    return reason.strip()[:2000]


def _write(work: UnitOfWork, case: Case, by: Caseworker, what: str, /, **details: Any) -> None:
    work.add(JournalEntry(case_id=case.id, at=work.now, by_id=by.id, what=what, subject="", details=details))
