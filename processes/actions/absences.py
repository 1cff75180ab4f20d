"""Who is away and who stands in: absences with dates, and what is left when somebody stops working here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from processes.actions.access import take_away, tell
from processes.actions.mail import forget_recipient
from processes.actions.moving import refresh
from processes.clock import swedish_day
from processes.errors import AbsenceNotFound, AnswersRefused
from processes.models import Absence, Case, Caseworker, Task
from processes.queries.access import must_be_allowed
from processes.queries.inbox import IS_OPEN
from processes.rules.permissions import may
from processes.unit_of_work import UnitOfWork

UNIT_HAS_IT = "En uppgift är åter enhetens: kollegan som hade den har slutat."


@dataclass(frozen=True, slots=True)
class LetGo:
    """What was left behind by somebody who stopped working here."""

    tasks: int
    """Open tasks that are their units' again."""
    cases: int
    """Cases that need a new responsible caseworker or substitute."""


def report_absence(
    work: UnitOfWork,
    *,
    caseworker: Caseworker,
    absent: Caseworker,
    substitute: Caseworker,
    starts_on: date,
    ends_on: date,
) -> Absence:
    """Let a colleague see and do what the absent person holds, from the first day to the last (E-05, E-54).

    Nothing changes hands: what is not done comes back by itself. One reports the own absence; a coordinator or the
    head of unit also a colleague's. Raises AnswersRefused per field, or NotAllowed.
    """
    must_be_allowed(
        "report_absence" if absent.id == caseworker.id else "report_absence_of_others", caseworker
    )
    problems = _problems_with_days(work, starts_on, ends_on)
    for field, person in (("absent", absent), ("substitute", substitute)):
        if person.administration_key != caseworker.administration_key or not person.is_active:
            problems[field] = "Välj en kollega i din förvaltning."
    if substitute.id == absent.id:
        problems["substitute"] = "Välj någon annan än den som är borta."
    elif not may("stand_in", substitute.roles, substitute.units):
        problems["substitute"] = "Välj någon som arbetar med ärenden."
    if problems:
        raise AnswersRefused(problems)
    _refuse_overlaps(work, absent, substitute, starts_on, ends_on)
    absence = Absence(
        caseworker_id=absent.id,
        substitute_id=substitute.id,
        starts_on=starts_on,
        ends_on=ends_on,
        told_at=work.now,
        told_by_id=caseworker.id,
    )
    work.session.add(absence)
    work.session.flush()
    return absence


def _problems_with_days(work: UnitOfWork, starts_on: date, ends_on: date) -> dict[str, str]:
    if ends_on < starts_on:
        return {"ends_on": "Sista dagen ligger före den första."}
    if ends_on < swedish_day(work.now):
        return {"ends_on": "Sista dagen har redan varit."}
    return {}


def _refuse_overlaps(
    work: UnitOfWork, absent: Caseworker, substitute: Caseworker, starts_on: date, ends_on: date
) -> None:
    """Two substitutes at once would both act; a substitute who is away oneself helps nobody."""
    at_the_time = (Absence.withdrawn_at.is_(None), Absence.starts_on <= ends_on, Absence.ends_on >= starts_on)
    away = set(work.session.scalars(select(Absence.caseworker_id).where(*at_the_time)))
    if absent.id in away:
        raise AnswersRefused({"starts_on": "Det finns redan en frånvaro de dagarna. Avsluta den först."})
    if substitute.id in away:
        raise AnswersRefused({"substitute": f"{substitute.name} är också borta de dagarna."})


def end_absence(work: UnitOfWork, *, absence_id: int, caseworker: Caseworker) -> Absence:
    """The person is back, or the absence was a mistake: from now on nobody stands in. Doing it twice changes nothing.

    Raises AbsenceNotFound, also for another administration's, or NotAllowed.
    """
    absence = work.session.get(Absence, absence_id)
    if absence is None or absence.caseworker.administration_key != caseworker.administration_key:
        raise AbsenceNotFound(str(absence_id))
    own = absence.caseworker_id == caseworker.id
    must_be_allowed("report_absence" if own else "report_absence_of_others", caseworker)
    absence.withdrawn_at = absence.withdrawn_at or work.now
    return absence


def let_go(work: UnitOfWork, *, leaving: Caseworker, by: Caseworker | None = None) -> LetGo:
    """Somebody stops working here: what the person held goes back, with a line in the journal of each case.

    Open tasks go to their units, which are told; coordination is told of cases that need somebody new, and
    substitutions end.
    """
    holds = select(Task.case_id).where(Task.claimed_by_id == leaving.id, IS_OPEN)
    answers_for = or_(Case.responsible_id == leaving.id, Case.substitute_id == leaving.id)
    concerned = or_(Case.id.in_(holds), answers_for & Case.closed_at.is_(None))
    taken = []
    for case_id in work.session.scalars(select(Case.id).where(concerned).order_by(Case.id)).all():
        case = work.lock(case_id)
        taken.append(take_away(work, case, leaving, by=by))
        for unit in sorted(taken[-1].units):
            tell(work, case, unit, UNIT_HAS_IT)
        refresh(work, case, cause="let_go")
    in_force = (Absence.withdrawn_at.is_(None), Absence.ends_on >= swedish_day(work.now))
    either = or_(Absence.caseworker_id == leaving.id, Absence.substitute_id == leaving.id)
    for absence in work.session.scalars(select(Absence).where(either, *in_force)):
        absence.withdrawn_at = work.now
    forget_recipient(work, leaving=leaving)
    return LetGo(sum(one.tasks for one in taken), sum(one.needs_somebody for one in taken))
