"""Finds dates of the law that are near, or have passed, without that being done which they ask for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, literal, null, or_

from processes.models import Case, Deadline, Event, Notice
from processes.queries.findings_asked import Asked, Rows, rows
from processes.rules import calendar

RECOVERY = ("D-01", "D-09")
WEIGHED = ("raddning.provad", "atagande.beslutat", "frist.bedomd", "frist.avgjord")
"""Events by which somebody has taken a position on what can save the lease."""
CHILD_CLOCKS = ("D-11", "D-12", "D-13")
OTHER_ACTS = ("D-14", "D-16", "D-24", "D-27")
"""Days of the law on which something is to be done, besides those that have checks of their own."""
INTAKE, CONFIRMATION = "D-17", "D-10"


def recovery_undecided(asked: Asked) -> Rows:
    """The last day to win back the lease is near or has passed, and nobody has weighed what can be done."""
    near = asked.working_days_ahead(asked.limits.recovery_working_days)
    subject = _subject("notice", Event.scope_id)
    is_weighed = exists().where(
        Event.case_id == Deadline.case_id,
        Event.name.in_(WEIGHED),
        Event.corrected_by_id.is_(None),
        or_(Event.scope_kind != "notice", subject == Deadline.subject),
    )
    only_advised = exists().where(
        Notice.case_id == Deadline.case_id,
        _subject("notice", Notice.id) == Deadline.subject,
        Notice.stance == "advice_only",
    )
    return _dates(RECOVERY, Deadline.falls_on <= near).where(~is_weighed, ~only_advised)


def confirmation_unsent(asked: Asked) -> Rows:
    """The office has closed on the day on which Kronofogden's notice was to be confirmed (SoF 11:3)."""
    today = asked.today
    closes_at = calendar.instant_on(today, asked.policy.office_closes_at)
    passed: ColumnElement[bool] = Deadline.falls_on < today
    if asked.now >= closes_at:
        passed = or_(passed, and_(Deadline.falls_on == today, Deadline.computed_at < closes_at))
    return _dates((CONFIRMATION,), passed)


def child_clock_passed(asked: Asked) -> Rows:
    """One of the children's clocks has run out (SoL 20:1-3)."""
    return _dates(CHILD_CLOCKS, Deadline.falls_on < asked.today)


def child_clock_near(asked: Asked) -> Rows:
    """A decision about a child is due within days; that protection is assessed at once says its own task."""
    near = asked.working_days_ahead(asked.limits.child_working_days)
    return _dates(CHILD_CLOCKS[1:], Deadline.falls_on.between(asked.today, near))


def intake_too_long(asked: Asked) -> Rows:
    """Four weeks have passed without special reasons having been weighed (handboken 5.2)."""
    return _dates((INTAKE,), Deadline.falls_on < asked.today).where(Deadline.subject.endswith(":limit"))


def legal_date_passed(asked: Asked) -> Rows:
    """Another day of the law on which something was to be done."""
    return _dates(OTHER_ACTS, Deadline.falls_on < asked.today).where(Deadline.is_provisional.is_(False))


def not_gone_through(asked: Asked) -> Rows:
    """Nobody has worked out today what follows from what is known."""
    yesterday = date.fromordinal(asked.today.toordinal() - 1)
    return rows(Case.id, Case.refreshed_on, null(), date_on=Case.refreshed_on).where(
        Case.closed_at.is_(None), Case.refreshed_on < yesterday
    )


def _dates(rules: Collection[str], *conditions: ColumnElement[bool]) -> Rows:
    return (
        rows(Deadline.id, Deadline.falls_on, null(), date_on=Deadline.falls_on, deadline=Deadline.rule)
        .join(Case, Case.id == Deadline.case_id)
        .where(Deadline.is_current.is_(True), Deadline.rule.in_(rules), Case.closed_at.is_(None), *conditions)
    )


def _subject(kind: str, row_id: Any) -> ColumnElement[str]:
    return literal(f"{kind}:") + cast(row_id, String)


QUESTIONS: dict[str, Callable[[Asked], Rows]] = {
    "recovery_undecided": recovery_undecided,
    "confirmation_unsent": confirmation_unsent,
    "child_clock_passed": child_clock_passed,
    "child_clock_near": child_clock_near,
    "intake_too_long": intake_too_long,
    "legal_date_passed": legal_date_passed,
    "case_not_gone_through": not_gone_through,
}
"""By the key of its check."""
