"""Reads what is stuck for those who answer for it: the list, how much there is, one finding, and those of a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from processes.clock import swedish_day
from processes.errors import FindingNotFound
from processes.models import Case, Caseworker, Finding, FindingSilence
from processes.queries.access import must_be_allowed, must_see_case, visible_cases
from processes.rules.permissions import may
from processes.rules.stuck import CHECKS, Severity

PAGE_SIZE = 30
OPEN, SILENCED, CLOSED = "open", "silenced", "closed"
STATES = (OPEN, SILENCED, CLOSED)
ABOUT_PROCESSES = tuple(key for key, check in CHECKS.items() if "{process}" in check.explanation)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings a supervisor wants to see; empty = all."""

    state: str = OPEN
    unit: str = ""
    severity: int | None = None
    check_key: str = ""


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """A page of findings, the worst first and the newest of them first; of closed ones the latest closed first."""

    findings: Sequence[Finding]
    next_after: int | None
    """The number of the last one, when there are more."""


def findings_of(
    session: Session,
    caseworker: Caseworker,
    now: datetime,
    wanted: Wanted,
    *,
    after: int | None = None,
    size: int = PAGE_SIZE,
) -> FindingsPage:
    """The findings of the cases that the person sees. Raises NotAllowed."""
    must_be_allowed("supervise", caseworker)
    found = _seen_by(caseworker, now).where(*_wanted(wanted, swedish_day(now)))
    if after is not None:
        found = found.where(_after(_place_of(session, after, caseworker), wanted.state))
    order = (
        (Finding.closed_at.desc(), Finding.id.desc())
        if wanted.state == CLOSED
        else (Finding.severity, Finding.id.desc())
    )
    rows = session.scalars(found.order_by(*order).limit(size + 1).options(joinedload(Finding.case))).all()
    return FindingsPage(rows[:size], rows[size - 1].id if len(rows) > size else None)


def _place_of(session: Session, finding_id: int, caseworker: Caseworker) -> Row[int, int, datetime | None]:
    """Where the finding stands in the list. Raises FindingNotFound, also for another administration's."""
    place = (
        select(Finding.id, Finding.severity, Finding.closed_at)
        .where(Finding.id == finding_id, Finding.administration_key == caseworker.administration_key)
        .execution_options(not_shown=True)
    )
    last = session.execute(place).first()
    if last is None:
        raise FindingNotFound(str(finding_id))
    return last


def _after(last: Row[int, int, datetime | None], state: str) -> ColumnElement[bool]:
    is_later = Finding.id < last.id
    if state == CLOSED:
        return or_(Finding.closed_at < last.closed_at, and_(Finding.closed_at == last.closed_at, is_later))
    return or_(Finding.severity > last.severity, and_(Finding.severity == last.severity, is_later))


def _wanted(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    conditions = [*_in_state(wanted.state, today)]
    if wanted.unit:
        conditions.append(Finding.unit == wanted.unit)
    if wanted.severity is not None:
        conditions.append(Finding.severity == wanted.severity)
    if wanted.check_key:
        conditions.append(Finding.check_key == wanted.check_key)
    return conditions


def _in_state(state: str, today: date) -> tuple[ColumnElement[bool], ...]:
    if state == CLOSED:
        return (Finding.closed_at.is_not(None),)
    is_silent = Finding.silenced_until >= today
    return Finding.closed_at.is_(None), is_silent if state == SILENCED else ~func.coalesce(is_silent, False)


def _seen_by(caseworker: Caseworker, now: datetime) -> Select[Finding]:
    return (
        select(Finding)
        .join(Case, Case.id == Finding.case_id)
        .where(Finding.administration_key == caseworker.administration_key, visible_cases(caseworker, now))
    )


@dataclass(frozen=True, slots=True)
class FindingCount:
    """How many open findings of a severity a unit has."""

    unit: str
    severity: int
    check_key: str
    how_many: int


def count_findings(session: Session, caseworker: Caseworker, now: datetime) -> list[FindingCount]:
    """The open and not silenced findings of the cases that the person sees. Raises NotAllowed."""
    must_be_allowed("supervise", caseworker)
    counted = (
        _seen_by(caseworker, now)
        .where(*_in_state(OPEN, swedish_day(now)))
        .with_only_columns(Finding.unit, Finding.severity, Finding.check_key, func.count())
        .group_by(Finding.unit, Finding.severity, Finding.check_key)
        .execution_options(not_shown=True)  # how many there are tells of nobody
    )
    return [FindingCount(*row) for row in session.execute(counted)]


def get_finding(session: Session, finding_id: int, caseworker: Caseworker, now: datetime) -> Finding:
    """The finding, for a supervisor who sees its case. Raises FindingNotFound, NotAllowed or Recused."""
    finding = session.get(Finding, finding_id)
    if finding is None or finding.administration_key != caseworker.administration_key:
        raise FindingNotFound(str(finding_id))
    must_be_allowed("supervise", caseworker)
    must_see_case(session, finding.case, caseworker, now)
    return finding


def earlier_findings(session: Session, finding: Finding) -> Sequence[Finding]:
    """What the same check has found about the same thing before and after, the latest first."""
    return session.scalars(
        select(Finding)
        .where(
            Finding.case_id == finding.case_id,
            Finding.check_key == finding.check_key,
            Finding.row_id == finding.row_id,
            Finding.id != finding.id,
        )
        .order_by(Finding.id.desc())
        .limit(PAGE_SIZE)
    ).all()


def silences_of(session: Session, finding: Finding) -> Sequence[FindingSilence]:
    """What supervisors have said about the finding, the latest first."""
    return session.scalars(
        select(FindingSilence)
        .where(FindingSilence.finding_id == finding.id)
        .options(joinedload(FindingSilence.silenced_by))
        .order_by(FindingSilence.id.desc())
    ).all()


def open_findings_of_case(
    session: Session, case: Case, caseworker: Caseworker, now: datetime
) -> Sequence[Finding]:
    """The open findings of a case that a supervisor is looking at, the worst first; none for anybody else."""
    if not may("supervise", caseworker.roles, caseworker.units):
        return ()
    return session.scalars(
        select(Finding)
        .where(Finding.case_id == case.id, *_in_state(OPEN, swedish_day(now)))
        .order_by(Finding.severity, Finding.id)
        .limit(PAGE_SIZE)
    ).all()


@dataclass(frozen=True, slots=True)
class BrokenProcess:
    """An open finding of an error in a process itself: which process it is, and never in which case."""

    finding_id: int
    check_key: str
    process_key: str
    opened_at: datetime


def broken_processes(session: Session, caseworker: Caseworker) -> Sequence[BrokenProcess]:
    """The newest findings of that kind, for who looks after operations or keeps the diagrams. Raises NotAllowed."""
    must_be_allowed("see_operations", caseworker)
    found = session.execute(
        select(Finding.id, Finding.check_key, Finding.facts, Finding.opened_at)
        .where(
            Finding.administration_key == caseworker.administration_key,
            Finding.check_key.in_(ABOUT_PROCESSES),
            Finding.closed_at.is_(None),
        )
        .order_by(Finding.id.desc())
        .limit(PAGE_SIZE)
        .execution_options(not_shown=True)  # the process is shown, and not whose it is
    )
    return [
        BrokenProcess(row.id, row.check_key, str(row.facts.get("process", "")), row.opened_at)
        for row in found
    ]


def open_by_severity(session: Session) -> dict[int, int]:
    """How many findings are open in the whole installation, by severity; for who watches over it."""
    counted = (
        select(Finding.severity, func.count())
        .where(Finding.closed_at.is_(None))
        .group_by(Finding.severity)
        .execution_options(not_shown=True)  # how many there are tells of nobody
    )
    found = {row[0]: row[1] for row in session.execute(counted)}
    return {int(severity): found.get(int(severity), 0) for severity in Severity}
