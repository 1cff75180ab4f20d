"""When a task is due: the named rules that a diagram may use, and how urgent a task is in the inbox.

Three kinds of due instant, all in UTC. A day that we set ourselves is due when the office closes, moved to the next
day that the office is open. A day that the law sets is due at 23:59 on that very day, as `latest_at` of its
explanation, and no closed office moves it. A day that Kronofogden sets is due at Kronofogden's time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.deadlines import child_reports, notices
from processes.rules.deadlines.enforcement import office_close_or_midnight
from processes.rules.deadlines.evictions import current_eviction
from processes.rules.deadlines.of_case import (
    confirmation_of,
    deferral_request_of,
    intake_start,
)
from processes.rules.explanation import Explanation
from processes.rules.notice_kinds import TO_BE_CONFIRMED
from processes.rules.policy import Policy
from processes.rules.priority import priority_of
from processes.rules.snapshot import CaseSnapshot, NoticeSeen, Scope

__all__ = ["DUE_RULES", "DueRule", "due_at", "meaning_of", "office_close", "priority_of"]

DueFunction = Callable[[CaseSnapshot, Scope, datetime], datetime | None]


@dataclass(frozen=True, slots=True)
class DueRule:
    """A rule by name, what it says in Swedish, and the function."""

    name: str
    meaning: str
    compute: DueFunction


DUE_RULES: dict[str, DueRule] = {}
"""Every due rule by name."""
COUNTED = re.compile(r"in_(?P<unit>working_days|days)_(?P<count>[1-9]\d?)")
"""A rule with a number of one's own, 1 to 99: `in_working_days_4`, `in_days_10`."""
OWN_RULE = "stegets_egen"
"""The answer of the table of due times that leaves a step with the rule of its diagram."""
SET_BY_LAW = frozenset(
    {
        "same_day",
        "child_14_days",
        "child_4_months",
        "child_follow_up_end",
        "reporter_answer",
        "recovery_last_day",
        "in_recovery_period",
        "eviction_day",
        "day_before_eviction",
        "deferral_latest",
    }
)
"""Rules behind which stands the law or Kronofogden's day: a table may set an earlier time than these, never a later."""


def due_rule(meaning: str, name: str | None = None) -> Callable[[DueFunction], DueFunction]:
    """Register the function as a due rule, by its own name unless told; `meaning` is what a process owner reads."""

    def register(function: DueFunction) -> DueFunction:
        key = name or function.__name__
        DUE_RULES[key] = DueRule(key, meaning, function)
        return function

    return register


def due_at(rule: str, snapshot: CaseSnapshot, scope: Scope, entered_at: datetime) -> datetime | None:
    """The instant (UTC) when a task that came up at `entered_at` is due; None if nothing is known to count from.

    KeyError if there is no such rule.
    """
    counted = COUNTED.fullmatch(rule)
    if counted and rule not in DUE_RULES:
        count = int(counted["count"])
        compute = _working_days(count) if counted["unit"] == "working_days" else _days(count)
        return compute(snapshot, scope, entered_at)
    return DUE_RULES[rule].compute(snapshot, scope, entered_at)


def is_due_rule(name: str) -> bool:
    """Whether there is a due rule of this name, or one that counts so many days."""
    return name in DUE_RULES or COUNTED.fullmatch(name) is not None


def meaning_of(name: str) -> str:
    """What the due rule says, in Swedish for who reads a task; nothing for a rule that sets no time or is unknown."""
    counted = COUNTED.fullmatch(name)
    if counted and name not in DUE_RULES:
        return f"Inom {counted['count']} {'arbetsdagar' if counted['unit'] == 'working_days' else 'dagar'}"
    return DUE_RULES[name].meaning if name in DUE_RULES and name != "none" else ""


def office_close(day: date, policy: Policy) -> datetime:
    """When the office closes on `day`, or on the next day that it is open, as an instant in UTC."""
    open_on = calendar.office_day_from(day, policy.local_closed_days)
    return calendar.instant_on(open_on, policy.office_closes_at)


def _notice(snapshot: CaseSnapshot, scope: Scope) -> NoticeSeen | None:
    return next((n for n in snapshot.received if scope == notices.scope_of(n)), None)


def _limit(explanation: Explanation | None) -> datetime | None:
    """The legal limit of the date, or the instant to work towards."""
    if explanation is None:
        return None
    return explanation.latest_at or explanation.at


@due_rule("Ingen tid satt", name="none")
def no_due(_snapshot: CaseSnapshot, _scope: Scope, _entered_at: datetime) -> datetime | None:
    """A task without a due date."""
    return None


@due_rule("Samma dag, innan kontoret stänger")
def same_day(snapshot: CaseSnapshot, scope: Scope, entered_at: datetime) -> datetime | None:
    """The day the matter came in: the law's same day for Kronofogden's notice (D-10) and a child (D-11).

    Else the day the task came up, or the next day the office is open. After closing time the day still lasts to 23:59.
    """
    notice = _notice(snapshot, scope)
    if notice is not None and notice.kind in TO_BE_CONFIRMED:
        return confirmation_of(snapshot, notice).at
    if scope.kind == "report":
        report = child_reports.report_in(snapshot, scope)
        return None if report is None else child_reports.protection_assessment_of(snapshot, report).at
    today = swedish_day(entered_at)
    if calendar.is_office_day(today, snapshot.policy.local_closed_days):
        return office_close_or_midnight(today, entered_at, snapshot.policy)
    return office_close(today, snapshot.policy)


def _working_days(count: int) -> DueFunction:
    def due(snapshot: CaseSnapshot, _scope: Scope, entered_at: datetime) -> datetime:
        closed = snapshot.policy.local_closed_days
        return office_close(
            calendar.working_days_after(swedish_day(entered_at), count, closed), snapshot.policy
        )

    return due


def _days(count: int) -> DueFunction:
    def due(snapshot: CaseSnapshot, _scope: Scope, entered_at: datetime) -> datetime:
        return office_close(swedish_day(entered_at) + timedelta(days=count), snapshot.policy)

    return due


due_rule("Nästa arbetsdag", name="next_working_day")(_working_days(1))
due_rule("Inom tre arbetsdagar", name="in_working_days_3")(_working_days(3))
due_rule("Inom fem arbetsdagar", name="in_working_days_5")(_working_days(5))
due_rule("Inom en vecka", name="in_days_7")(_days(7))
due_rule("Inom två veckor", name="in_days_14")(_days(14))


@due_rule("Två veckor från underrättelsen (handboken 5.2)")
def intake_14_days(snapshot: CaseSnapshot, _scope: Scope, _entered_at: datetime) -> datetime | None:
    """The first guide day of the intake (D-17)."""
    return office_close(_intake_day(snapshot, snapshot.policy.intake_guide_days), snapshot.policy)


@due_rule("Fyra veckor från underrättelsen (handboken 5.2)")
def intake_28_days(snapshot: CaseSnapshot, _scope: Scope, _entered_at: datetime) -> datetime | None:
    """The second guide day of the intake (D-17)."""
    return office_close(_intake_day(snapshot, snapshot.policy.intake_limit_days), snapshot.policy)


def _intake_day(snapshot: CaseSnapshot, days: int) -> date:
    return intake_start(snapshot).on + timedelta(days=days)


@due_rule("14 dagar från orosanmälan (SoL 20:2)")
def child_14_days(snapshot: CaseSnapshot, scope: Scope, _entered_at: datetime) -> datetime | None:
    """D-12 of the report."""
    report = child_reports.report_in(snapshot, scope)
    return None if report is None else _limit(child_reports.decision_of(snapshot, report))


@due_rule("Fyra månader från att barnutredningen inleddes (SoL 20:3)")
def child_4_months(snapshot: CaseSnapshot, scope: Scope, _entered_at: datetime) -> datetime | None:
    """D-13 of the report."""
    report = child_reports.report_in(snapshot, scope)
    return None if report is None else _limit(child_reports.investigation_of(snapshot, report))


@due_rule("Sex månader från att barnutredningen avslutades (SoL 23:5)")
def child_follow_up_end(snapshot: CaseSnapshot, scope: Scope, _entered_at: datetime) -> datetime | None:
    """D-15 of the report, which never moves forward."""
    report = child_reports.report_in(snapshot, scope)
    return None if report is None else _limit(child_reports.follow_up_end_of(snapshot, report))


@due_rule("En vecka från beslutet, eller genast (SoL 19:6)")
def reporter_answer(snapshot: CaseSnapshot, scope: Scope, entered_at: datetime) -> datetime | None:
    """D-14 of the report; at once means the day that the task came up."""
    report = child_reports.report_in(snapshot, scope)
    answer = None if report is None else child_reports.answer_of(snapshot, report)
    if answer is None or answer.on is None:
        return None
    return _limit(answer) or office_close(max(answer.on, swedish_day(entered_at)), snapshot.policy)


@due_rule("Återvinningsfristens sista dag (JB 12:44)")
def recovery_last_day(snapshot: CaseSnapshot, scope: Scope, _entered_at: datetime) -> datetime | None:
    """D-01 or D-09 of the notice, to the end of the day; in a case scope the first one that runs."""
    notice = _notice(snapshot, scope)
    chosen = (
        [notice]
        if notice is not None
        else [n for n in snapshot.notices if not notices.is_settled(snapshot, n)]
    )
    limits = [_limit(notices.recovery_of(snapshot, n)) for n in chosen]
    return min((limit for limit in limits if limit is not None), default=None)


@due_rule("Inom fem arbetsdagar, men senast återvinningsfristens sista dag (JB 12:44)")
def in_recovery_period(snapshot: CaseSnapshot, scope: Scope, entered_at: datetime) -> datetime | None:
    """Soon, and never after the day on which the lease can still be saved."""
    soon = due_at("in_working_days_5", snapshot, scope, entered_at)
    last = recovery_last_day(snapshot, scope, entered_at)
    return min((due for due in (soon, last) if due is not None), default=None)


@due_rule("Avhysningens dag och tid")
def eviction_day(snapshot: CaseSnapshot, _scope: Scope, _entered_at: datetime) -> datetime | None:
    """The time Kronofogden comes; the end of the day if only the day is known (D-18)."""
    eviction = current_eviction(snapshot)
    if eviction is None:
        return None
    return eviction.at if eviction.has_time else calendar.end_of_day(eviction.on)


@due_rule("Arbetsdagen före avhysningen")
def day_before_eviction(snapshot: CaseSnapshot, _scope: Scope, entered_at: datetime) -> datetime | None:
    """The office day before the eviction; the day the task came up if that is already past (D-18)."""
    eviction = current_eviction(snapshot)
    if eviction is None:
        return None
    closed = snapshot.policy.local_closed_days
    return _not_past(calendar.working_days_before(eviction.on, 1, closed), snapshot, entered_at)


@due_rule("Senast lämpliga dag att begära anstånd")
def deferral_latest(snapshot: CaseSnapshot, _scope: Scope, entered_at: datetime) -> datetime | None:
    """D-20; the day the task came up if that is already past, because asking is never too late to try."""
    latest = deferral_request_of(snapshot)
    return None if latest is None or latest.on is None else _not_past(latest.on, snapshot, entered_at)


def _not_past(day: date, snapshot: CaseSnapshot, entered_at: datetime) -> datetime:
    return office_close_or_midnight(max(day, swedish_day(entered_at)), entered_at, snapshot.policy)


@due_rule("Uppföljning efter den tid som kommunen bestämt")
def follow_up_default(snapshot: CaseSnapshot, _scope: Scope, entered_at: datetime) -> datetime | None:
    """D-29: so many days after the task came up (`Policy.follow_up_days`)."""
    return office_close(
        swedish_day(entered_at) + timedelta(days=snapshot.policy.follow_up_days), snapshot.policy
    )
