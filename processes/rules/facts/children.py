"""Facts about children: whether any are affected, what is decided about each report, and how long follow-up may go on.

The clocks of a report (D-11 to D-15) are computed in `rules/deadlines`; here they become answers that a diagram asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.children_concerned import (
    RULED_OUT,
    concerns_children,
    living_children,
    notices_of_unnamed_children,
)
from processes.rules.consent import is_minor
from processes.rules.deadlines import child_reports
from processes.rules.deadlines.afterwards import report_of_unexecuted_decision
from processes.rules.deadlines.payload import day_in, day_of
from processes.rules.facts.registry import fact, instant_text
from processes.rules.snapshot import CaseSnapshot, EventSeen, Scope

DECIDED_FOLLOW_UP = "barnuppfoljning.beslutad"
FOLLOWED_UP = "barnuppfoljning.gjord"


@fact("Berörs något barn?")
def case_has_child(snapshot: CaseSnapshot, _scope: Scope, now: datetime) -> bool:
    """A living child under 18 in the case, contact children and partners' children included (handboken 3).

    Also when Kronofogden knows of children and none of them is entered yet (handboken 7; R-135, R-159).
    """
    is_entered = any(is_minor(child, now) for child in living_children(snapshot, now))
    return is_entered or bool(notices_of_unnamed_children(snapshot))


@fact("Känner Kronofogden till barn som inte är inlagda?")
def children_are_unnamed(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """A notice says that there are children; none is entered, and nobody has found out that there are none."""
    return bool(notices_of_unnamed_children(snapshot))


@fact("Är det utrett att inga barn berörs?")
def children_are_ruled_out(snapshot: CaseSnapshot, _scope: Scope, now: datetime) -> bool:
    """Somebody has found out that Kronofogden's children are not there, and no other child is known since."""
    return snapshot.latest(RULED_OUT) is not None and not concerns_children(snapshot, now)


@fact("Är enheten för barn och unga involverad för alla barn?")
def children_unit_is_involved(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """Involved since the last child was discovered, and anew when Kronofogden sets a date (R-135, R-159, E-32)."""
    last = snapshot.latest("barn.involverat", "barn.upptackt", "kfm.underrattelse")
    return last is not None and last.name == "barn.involverat"


@fact("Är samtalet med föräldrarna klart för alla barn?")
def parents_talk_is_settled(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """Held, or approved by the head of unit as impossible, since the last child was discovered and a date was set.

    The talk is about every child, also one that becomes known later (handboken 3; R-030, E-32).
    """
    last = snapshot.latest("foraldrasamtal.hallet", "barn.upptackt", "kfm.underrattelse")
    return last is not None and last.name == "foraldrasamtal.hallet"


@fact("Är en barnutredning inledd och inte avslutad?")
def child_investigation_is_open(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> bool:
    """The investigation that the report led to (SoL 20:3)."""
    last = snapshot.latest(child_reports.OPENED, child_reports.CLOSED, scope=scope)
    return last is not None and last.name == child_reports.OPENED


@fact("Finns ett beslut som anmälaren kan få besked om?")
def child_decision_is_made(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> bool:
    """Decided to open or not, or an investigation of the child was already running (SoL 19:6)."""
    if snapshot.events_named(child_reports.OPENED, child_reports.NOT_OPENED, scope=scope):
        return True
    assessed = snapshot.latest(child_reports.ASSESSED, scope=scope)
    return assessed is not None and assessed.payload.get("already_investigated") is True


@fact("När ska en beviljad insats till barnet senast rapporteras om den inte är verkställd?")
def child_decision_report_at(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> str | None:
    """Three months after the decision (D-24, SoL 34:1); None before there is one."""
    closed = snapshot.latest(child_reports.CLOSED, scope=scope)
    if closed is None:
        return None
    on = report_of_unexecuted_decision(day_of(closed, "closed_on")).on
    return None if on is None else instant_text(calendar.start_of_day(on))


@fact("Vilken är sista dagen för uppföljning utan samtycke?")
def child_follow_up_last_day(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> str | None:
    """Six months after the investigation closed (D-15, SoL 23:5), as a calendar date."""
    report = child_reports.report_in(snapshot, scope)
    end = None if report is None else child_reports.follow_up_end_of(snapshot, report)
    return None if end is None or end.on is None else end.on.isoformat()


def _decision(snapshot: CaseSnapshot, scope: Scope) -> EventSeen | None:
    return snapshot.latest(DECIDED_FOLLOW_UP, scope=scope)


def _last_day(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> date | None:
    """The last day of a follow-up without consent, never later than the law allows; None if it is agreed."""
    decision = _decision(snapshot, scope)
    if decision is None or decision.payload.get("decision") != "without_consent":
        return None
    by_law = child_follow_up_last_day(snapshot, scope, now)
    days = [day_in(decision.payload, "ends_on"), None if by_law is None else date.fromisoformat(str(by_law))]
    return min((day for day in days if day is not None), default=None)


@fact("När upphör uppföljningen av barnet?")
def child_follow_up_ends_at(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> str | None:
    """The end of the last day of a follow-up without consent; an agreed one has no such day (D-15)."""
    last_day = _last_day(snapshot, scope, now)
    return None if last_day is None else instant_text(calendar.end_of_day(last_day))


@fact("Ska uppföljningen av barnet fortsätta?")
def child_follow_up_goes_on(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> bool:
    """Decided, not ended by the last contact, not past its last day, and not taken back by those who agreed."""
    decision = _decision(snapshot, scope)
    if decision is None or decision.payload.get("decision") not in ("agreed", "without_consent"):
        return False
    last = snapshot.latest(FOLLOWED_UP, scope=scope)
    if last is not None and last.payload.get("follow_up_again") is False:
        return False
    last_day = _last_day(snapshot, scope, now)
    if last_day is not None and now >= calendar.end_of_day(last_day):
        return False
    return decision.payload["decision"] != "agreed" or not _is_taken_back(snapshot, decision)


def _is_taken_back(snapshot: CaseSnapshot, decision: EventSeen) -> bool:
    agreed = set(decision.payload.get("agreed_with") or ())
    withdrawn = snapshot.events_named("samtycke.aterkallat")
    return any(e.payload.get("giver") in agreed and e.recorded_at >= decision.recorded_at for e in withdrawn)


def _next_day(snapshot: CaseSnapshot, scope: Scope) -> date | None:
    """The day agreed for the next contact."""
    last = snapshot.latest(DECIDED_FOLLOW_UP, FOLLOWED_UP, scope=scope)
    return None if last is None else day_in(last.payload, "next_on")


@fact("Är det dags att följa upp barnet?")
def child_follow_up_is_due(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> bool:
    """The day agreed for the next contact is here or has passed."""
    next_day = _next_day(snapshot, scope)
    return next_day is not None and swedish_day(now) >= next_day


@fact("När är nästa dag i planen för uppföljning av barnet?")
def next_child_follow_up_at(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> str | None:
    """The next of: the day of contact, the working day before the last day, and the end of the last day (D-15)."""
    return instant_text(min((at for at in _plan(snapshot, scope, now) if at > now), default=None))


def _plan(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> Iterator[datetime]:
    next_day, last_day = _next_day(snapshot, scope), _last_day(snapshot, scope, now)
    if next_day is not None:
        yield calendar.start_of_day(next_day)
    if last_day is not None:
        warned_on = calendar.working_days_before(last_day, 1, snapshot.policy.local_closed_days)
        yield calendar.start_of_day(warned_on)
        yield calendar.end_of_day(last_day) + timedelta(seconds=1)
