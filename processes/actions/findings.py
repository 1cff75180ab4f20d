"""Keeps the list of what is stuck true: opens findings, closes them when all is well again, and lets them be silenced.

What is opened or closed by itself stands in the findings' own history. What a supervisor does to one stands in the
journal of the case as well.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert as on_postgresql
from sqlalchemy.dialects.sqlite import insert as on_sqlite

from processes.actions.finding_words import tell_of
from processes.clock import swedish_day
from processes.errors import AnswersRefused, FindingClosed
from processes.models import Caseworker, Finding, FindingSilence, JournalEntry, Notification
from processes.models.findings import IS_OPEN
from processes.queries.findings import get_finding
from processes.queries.findings_found import Found, Standing
from processes.rules.stuck import CHECKS, Severity
from processes.unit_of_work import UnitOfWork

SEEN_EVERY = timedelta(hours=1)
"""So often it is written down that a finding still stands; more would be nothing but writing."""
SHORTEST_REASON = 10
LONGEST_SILENCE_DAYS = 90


def open_findings(work: UnitOfWork, found: Sequence[Found]) -> list[Finding]:
    """Open a finding for each that has none open yet, and tell of the critical ones; answers the new ones."""
    if not found:
        return []
    insert = on_postgresql if work.session.get_bind().dialect.name == "postgresql" else on_sqlite
    opened = work.session.scalars(
        insert(Finding)
        .values([_row(work, one) for one in found])
        .on_conflict_do_nothing(index_elements=[Finding.check_key, Finding.row_id], index_where=IS_OPEN)
        .returning(Finding)
    ).all()
    for finding in opened:
        if finding.severity == Severity.CRITICAL:
            tell_of(work, finding)
    return list(opened)


def _row(work: UnitOfWork, one: Found) -> dict[str, object]:
    return {
        "check_key": one.check_key,
        "row_id": one.row_id,
        "case_id": one.case_id,
        "administration_key": one.administration_key,
        "unit": one.unit,
        "severity": int(CHECKS[one.check_key].severity),
        "facts": dict(one.facts),
        "since": one.since,
        "opened_at": work.now,
        "last_seen_at": work.now,
    }


def bring_up_to_date(work: UnitOfWork, standing: Sequence[Standing]) -> None:
    """Close those whose invariant holds again, and write down how the others stand now."""
    close_findings(work, [one.finding_id for one in standing if one.found is None])
    for one in standing:
        if one.found is not None and is_news(one, work):
            seen = {"last_seen_at": work.now, "facts": dict(one.found.facts), "unit": one.found.unit}
            work.session.execute(update(Finding).where(Finding.id == one.finding_id).values(**seen))


def is_news(one: Standing, work: UnitOfWork) -> bool:
    """Something is to be written: it is over, it has changed, or nobody has said for an hour that it stands."""
    if one.found is None or dict(one.found.facts) != dict(one.facts):
        return True
    return work.now - one.last_seen_at >= SEEN_EVERY


def close_findings(work: UnitOfWork, finding_ids: Collection[int]) -> None:
    """The invariant holds again: nobody need attend to it, nor to what was said about it."""
    if not finding_ids:
        return
    work.session.execute(
        update(Finding)
        .where(Finding.id.in_(finding_ids), Finding.closed_at.is_(None))
        .values(closed_at=work.now, silenced_until=None)
    )
    _end_silences(work, finding_ids)
    _settle_words(work, finding_ids)


def hear_again(work: UnitOfWork, finding_ids: Collection[int]) -> None:
    """The day to which they were silenced has passed: they are shown again, and the critical ones told again."""
    _end_silences(work, finding_ids)
    for finding_id in finding_ids:
        finding = work.session.get_one(Finding, finding_id)
        again = f":{finding.silenced_until}"
        finding.silenced_until = None
        if finding.severity == Severity.CRITICAL:
            tell_of(work, finding, again=again)


def silence_finding(
    work: UnitOfWork, *, finding_id: int, caseworker: Caseworker, reason: str, until: date | None
) -> Finding:
    """Let the finding be silent to and including a day; it stays known, and comes back when the day has passed.

    Raises FindingNotFound, NotAllowed, Recused, FindingClosed, or AnswersRefused without a reason or a day ahead.
    """
    finding = _open_finding(work, finding_id, caseworker)
    reason, today, problems = " ".join(reason.split()), swedish_day(work.now), {}
    if not SHORTEST_REASON <= len(reason) <= 500:
        problems["reason"] = "Skriv varför fyndet kan vänta, med minst tio tecken."
    if until is None or not today < until <= today + timedelta(days=LONGEST_SILENCE_DAYS):
        problems["until"] = f"Välj en dag från i morgon och högst {LONGEST_SILENCE_DAYS} dagar fram."
    if problems or until is None:
        raise AnswersRefused(problems)
    _end_silences(work, [finding.id], caseworker)
    finding.silenced_until = until
    work.add(
        FindingSilence(
            finding_id=finding.id,
            case_id=finding.case_id,
            reason=reason,
            until=until,
            silenced_at=work.now,
            silenced_by_id=caseworker.id,
        )
    )
    _settle_words(work, [finding.id], caseworker)
    _write(work, finding, caseworker, "finding_silenced", reason=reason, until=until.isoformat())
    return finding


def lift_silence(work: UnitOfWork, *, finding_id: int, caseworker: Caseworker) -> Finding:
    """Show the finding again before its day. Raises as `silence_finding` does; a second time changes nothing."""
    finding = _open_finding(work, finding_id, caseworker)
    if finding.silenced_until is not None:
        finding.silenced_until = None
        _end_silences(work, [finding.id], caseworker)
        _write(work, finding, caseworker, "finding_heard")
    return finding


def _open_finding(work: UnitOfWork, finding_id: int, caseworker: Caseworker) -> Finding:
    finding = get_finding(work.session, finding_id, caseworker, work.now)
    work.lock(finding.case_id)
    work.session.refresh(finding)
    if finding.closed_at is not None:
        raise FindingClosed(str(finding_id))
    return finding


def _write(work: UnitOfWork, finding: Finding, by: Caseworker, what: str, **details: str) -> None:
    title = CHECKS[finding.check_key].title
    about = {"finding": finding.id, "check": finding.check_key, **details}
    work.add(
        JournalEntry(
            case_id=finding.case_id, at=work.now, by_id=by.id, what=what, subject=title, details=about
        )
    )


def _end_silences(work: UnitOfWork, finding_ids: Collection[int], by: Caseworker | None = None) -> None:
    work.session.execute(
        update(FindingSilence)
        .where(FindingSilence.finding_id.in_(finding_ids), FindingSilence.ended_at.is_(None))
        .values(ended_at=work.now, ended_by_id=by.id if by else None)
    )


def _settle_words(work: UnitOfWork, finding_ids: Collection[int], by: Caseworker | None = None) -> None:
    """What was said about the findings waits for nobody any more."""
    work.session.execute(
        update(Notification)
        .where(Notification.finding_id.in_(finding_ids), Notification.seen_at.is_(None))
        .values(seen_at=work.now, seen_by_id=by.id if by else None)
    )
