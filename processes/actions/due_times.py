"""When an open task is due: by the published table of due times, else by its diagram, and never later than the law.

A task that becomes more urgent is counted from that moment, but is never due later for it than it was before.
"""

from __future__ import annotations

from datetime import UTC, datetime

from processes.clock import swedish_day
from processes.engine import DecisionTable, Value
from processes.models import Task
from processes.queries.diagrams import Published
from processes.rules.deadlines import notices
from processes.rules.deadlines.evictions import current_eviction, is_carried_out
from processes.rules.due_dates import OWN_RULE, SET_BY_LAW, due_at
from processes.rules.facts import FACTS
from processes.rules.legal_days import legal_days, limit_of
from processes.rules.notice_kinds import NOTICE_KINDS
from processes.rules.snapshot import CaseSnapshot, NoticeSeen, Scope

DEGREES = ("normal", "hög", "akut")
"""What the table of urgency answers, the least urgent first."""
NEVER = datetime.max.replace(tzinfo=UTC)


def set_due(task: Task, published: Published, snapshot: CaseSnapshot, now: datetime) -> None:
    """Work out anew by which rule the task is due, from when, and at what instant."""
    scope = Scope(task.instance.scope_kind, task.instance.scope_id)
    own = published.bundle.steps[task.step].properties.get("due", "none")
    chosen = _table_rule(task, published, snapshot, scope, now) or own
    if not task.due_rule:
        task.due_rule, task.due_since = chosen, task.created_at
    elif chosen != task.due_rule:
        _change_rule(task, chosen, snapshot, scope, now)
    task.due_at = _within_the_law(task, own, snapshot, scope)


def _table_rule(
    task: Task, published: Published, snapshot: CaseSnapshot, scope: Scope, now: datetime
) -> str | None:
    """The due rule that the table has for the step; None where it leaves the step with the diagram's own."""
    if published.due_times is None:
        return None
    degree, notice = _most_urgent(published.urgency, snapshot, scope, now)
    said = {"step": task.step, "urgency": degree, "notice_kind": notice.kind if notice else None}

    def lookup(name: str) -> Value:
        return said[name] if name in said else FACTS[name].read(snapshot, scope, now)

    rule = str(published.due_times.decide(lookup)["due"])
    return None if rule == OWN_RULE else rule


def _change_rule(task: Task, chosen: str, snapshot: CaseSnapshot, scope: Scope, now: datetime) -> None:
    """Go over to the rule: counted from now if it is a stricter one, from the beginning if it is a milder one."""

    def due(rule: str, since: datetime) -> datetime:
        return due_at(rule, snapshot, scope, since) or NEVER

    since = task.due_since or task.created_at
    if due(chosen, task.created_at) >= due(task.due_rule, task.created_at):
        task.due_rule, task.due_since = chosen, task.created_at
    elif due(chosen, now) < due(task.due_rule, since):
        task.due_rule, task.due_since = chosen, now


def _within_the_law(task: Task, own: str, snapshot: CaseSnapshot, scope: Scope) -> datetime | None:
    """The instant by the task's rule; where the table chose it, no later than what the law leaves for the work."""
    since = task.due_since or task.created_at
    due = due_at(task.due_rule, snapshot, scope, since)
    if task.due_rule == own:
        return due
    limits = [limit_of(one) for one in legal_days(snapshot, scope, swedish_day(since))]
    if own in SET_BY_LAW:
        limits.append(due_at(own, snapshot, scope, task.created_at))
    return min((one for one in (due, *limits) if one is not None and one > since), default=due)


def _most_urgent(
    table: DecisionTable | None, snapshot: CaseSnapshot, scope: Scope, now: datetime
) -> tuple[str, NoticeSeen | None]:
    """How urgent the work is, by the table of urgency, and for which notice: its own, or the case's most urgent."""
    found: tuple[str, NoticeSeen | None] = (DEGREES[0], None)
    for notice in _that_count(snapshot, scope):
        degree = _urgency(table, snapshot, notice, now) if table else DEGREES[0]
        if found[1] is None or DEGREES.index(degree) > DEGREES.index(found[0]):
            found = degree, notice
    return found


def _that_count(snapshot: CaseSnapshot, scope: Scope) -> list[NoticeSeen]:
    """The notices that still press: about this work, not settled, and no withdrawn or carried-out eviction."""
    evicts = current_eviction(snapshot) is not None and not is_carried_out(snapshot)
    return [
        notice
        for notice in snapshot.notices
        if (scope.kind != "notice" or scope == notices.scope_of(notice))
        and notice.stance not in notices.NOT_OURS
        and (evicts if NOTICE_KINDS[notice.kind].is_from_kfm else not notices.is_settled(snapshot, notice))
    ]


def _urgency(table: DecisionTable, snapshot: CaseSnapshot, notice: NoticeSeen, now: datetime) -> str:
    scope = notices.scope_of(notice)
    eviction = current_eviction(snapshot)

    def lookup(name: str) -> Value:
        if name == "days_to_eviction" and eviction is not None:
            return (eviction.on - swedish_day(now)).days  # the day that holds now, not the one in the letter
        return FACTS[name].read(snapshot, scope, now)

    degree = str(table.decide(lookup)["urgency"])
    return degree if degree in DEGREES else DEGREES[0]
