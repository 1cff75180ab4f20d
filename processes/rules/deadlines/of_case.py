"""All the dates that run in a case right now, each with its explanation.

A date stops running when what it asks for is done: the rent is paid in time, the confirmation is sent, the child
investigation is decided. A date that has passed undone goes on being listed, because somebody must still act.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.deadlines import (
    child_reports,
    enforcement,
    evictions,
    intake,
    notices,
    recovery,
    transfers,
    watches,
)
from processes.rules.deadlines.payload import day_of
from processes.rules.explanation import Explanation, StartingPoint
from processes.rules.notice_kinds import TO_BE_CONFIRMED
from processes.rules.snapshot import CaseSnapshot, NoticeSeen, Scope

DECIDED = ("utredning.inledd", "utredning.ej_inledd")
"""Events by which the intake is over."""
MATTER_ENDED = "utredning.avslutad"
"""The event by which a matter of the case is ended; what comes in later is a matter of its own."""


def deadlines_of(snapshot: CaseSnapshot) -> list[Explanation]:
    """Every running date of the case, the earliest first and those without a day last; none in a closed case."""
    if snapshot.is_closed:
        return []
    found = [
        *(date for notice in snapshot.received for date in dates_of_notice(snapshot, notice)),
        *_eviction_dates(snapshot),
        *_intake_dates(snapshot),
        *watches.watched_dates(snapshot),
        *transfers.unanswered(snapshot),
        *(
            date
            for report in child_reports.reports_of(snapshot)
            for date in child_reports.running_clocks(snapshot, report)
        ),
    ]
    return sorted(found, key=lambda date: (date.on is None, date.on, date.id, date.subject))


def dates_of_notice(snapshot: CaseSnapshot, notice: NoticeSeen) -> Iterator[Explanation]:
    """The running dates of one notice: D-01 with D-03 and D-05, or D-06, D-09 or D-10."""
    scope = notices.scope_of(notice)
    if notice.kind in TO_BE_CONFIRMED and snapshot.latest("bekraftelse.skickad", scope=scope) is None:
        yield confirmation_of(snapshot, notice)
    if notices.is_termination_for_arrears(notice) and notice.must_move_anyway:
        yield recovery.no_recovery_when_moving_anyway().concerning(scope)
    last_day = notices.recovery_of(snapshot, notice)
    if last_day is None or notices.is_settled(snapshot, notice):
        return
    yield last_day
    if last_day.id == "D-01":
        yield recovery.last_day_for_commitment(last_day).concerning(scope)
        yield recovery.earliest_eviction_order(last_day, snapshot.policy.interpretations).concerning(scope)


def confirmation_of(snapshot: CaseSnapshot, notice: NoticeSeen) -> Explanation:
    """D-10 of one notice from Kronofogden, whether or not it is confirmed already (SoF 11:3)."""
    found = enforcement.confirmation_due(notice.received_at, snapshot.policy)
    return found.concerning(notices.scope_of(notice))


def eviction_day_of(snapshot: CaseSnapshot) -> Explanation | None:
    """D-18: the day of the eviction that holds; None if no day is set."""
    eviction = evictions.current_eviction(snapshot)
    if eviction is None:
        return None
    told_on = swedish_day(evictions.first_told_of(snapshot, eviction))
    at = eviction.at if eviction.has_time else None
    found = enforcement.eviction_day(eviction.start, at, told_on).concerning(_case(snapshot))
    remarks = evictions.remarks_on_eviction(eviction.on, told_on)
    return replace(found, notes=(*found.notes, *(f"När dagen blev känd: {one.text}" for one in remarks)))


def deferral_request_of(snapshot: CaseSnapshot) -> Explanation | None:
    """D-20: the latest sensible day to ask for more time before the eviction that holds; None if no day is set."""
    eviction = evictions.current_eviction(snapshot)
    if eviction is None:
        return None
    return enforcement.latest_deferral_request(eviction.start, snapshot.policy).concerning(_case(snapshot))


def _eviction_dates(snapshot: CaseSnapshot) -> Iterator[Explanation]:
    if evictions.is_carried_out(snapshot):
        return
    for date in (eviction_day_of(snapshot), deferral_request_of(snapshot)):
        if date is not None:
            yield date


def intake_start(snapshot: CaseSnapshot) -> StartingPoint:
    """From when the intake is counted: the first notice that is ours, else the day the case was opened.

    In a case that was opened again, only what came in after the earlier matter was ended counts (E-62).
    """
    received = [n.received_at for n in snapshot.notices if n.stance not in notices.NOT_OURS]
    if received:
        first = min(_fresh(snapshot, received) or received)
        return StartingPoint("Den första underrättelsen kom in", swedish_day(first), "registreringen")
    return StartingPoint("Ärendet öppnades", swedish_day(snapshot.opened_at), "registreringen")


def _fresh(snapshot: CaseSnapshot, received: list[datetime]) -> list[datetime]:
    """What came in after the last matter of the case was ended."""
    ended = snapshot.latest(MATTER_ENDED)
    return [at for at in received if ended is None or at > ended.at]


def _intake_runs(snapshot: CaseSnapshot) -> bool:
    """Whether somebody has yet to take a position on what came in; an ended matter waits for a fresh notice."""
    last = snapshot.latest(*DECIDED, MATTER_ENDED)
    if last is None or last.name != MATTER_ENDED:
        return last is None
    ours = [n.received_at for n in snapshot.notices if n.stance not in notices.NOT_OURS]
    return bool(_fresh(snapshot, ours))


def _intake_dates(snapshot: CaseSnapshot) -> Iterator[Explanation]:
    scope = _case(snapshot)
    answered = snapshot.latest(*DECIDED, MATTER_ENDED)
    told = snapshot.latest("atgard.kan_bli_aktuell")
    if told is not None and (answered is None or answered.id < told.id):
        known = StartingPoint("Uppgiften som kan leda till en åtgärd blev känd", day_of(told), "händelsen")
        yield intake.investigation_opens_at_once(known).concerning(scope)
    if _intake_runs(snapshot):
        yield intake.intake_guide(intake_start(snapshot), snapshot.policy).concerning(scope)
        yield intake_review_of(snapshot).concerning(scope)


def intake_review_of(snapshot: CaseSnapshot) -> Explanation:
    """D-17: the day on which special reasons are to be weighed; it stands until they have been (handboken 5.2)."""
    start = intake_start(snapshot)
    reviews = [swedish_day(event.at) for event in snapshot.events_named("sarskilda_skal.provade")]
    reviewed_on = [day for day in reviews if day >= start.on]
    first = reviewed_on[-1] + calendar.ONE_DAY if reviewed_on else start.on
    return intake.intake_review(start, snapshot.policy, not_before=first)


def _case(snapshot: CaseSnapshot) -> Scope:
    return Scope("case", snapshot.case_id)
