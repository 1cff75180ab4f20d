"""Days that a person has set in a case: the next rent to check, a decision to see carried out, a planned follow-up.

The law or the handbook suggests such a day (`afterwards.py`); the caseworker's choice is what then runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from processes.rules.deadlines import afterwards, notices
from processes.rules.deadlines.payload import day_in
from processes.rules.deadlines.register import explain, later
from processes.rules.explanation import Explanation, StartingPoint
from processes.rules.snapshot import CaseSnapshot, EventSeen, Scope

RULE_OF_WATCH = {"rent_check": "D-28", "decision_not_carried_out": "D-24"}
"""Kinds of watch (sv. bevakning) that a numbered deadline stands behind."""


def watched_dates(snapshot: CaseSnapshot) -> Iterator[Explanation]:
    """D-24, D-28 and D-29 as they stand in the case."""
    for watch in snapshot.events_named("bevakning.skapad"):
        found = _watch(snapshot, watch)
        if found is not None:
            yield found
    yield from _suggested_rent_check(snapshot)
    yield from _planned_follow_up(snapshot)


def _watch(snapshot: CaseSnapshot, watch: EventSeen) -> Explanation | None:
    rule = RULE_OF_WATCH.get(str(watch.payload.get("kind")))
    scope = Scope("watch", watch.id)
    about = {watch.scope, scope}
    if rule is None or any(e.scope in about for e in snapshot.events_named("bevakning.avslutad")):
        return None
    moved = [e for e in snapshot.events_named("bevakning.flyttad") if e.scope in about]
    until = day_in((moved[-1] if moved else watch).payload, "until")
    return None if until is None else _chosen(rule, "Bevakningen är satt till", until).concerning(scope)


def _suggested_rent_check(snapshot: CaseSnapshot) -> Iterator[Explanation]:
    """D-28 counted from the payment that won the lease back, until somebody has set a watch."""
    if any(watch.payload.get("kind") == "rent_check" for watch in snapshot.events_named("bevakning.skapad")):
        return
    for notice in snapshot.notices:
        payment = notices.payment_of(snapshot, notice)
        if payment.recovers and payment.full_on is not None:
            paid = StartingPoint("Hela hyresskulden betalades", payment.full_on, "betalningen")
            yield afterwards.rent_check(paid, snapshot.policy).concerning(notices.scope_of(notice))


def _planned_follow_up(snapshot: CaseSnapshot) -> Iterator[Explanation]:
    planned = snapshot.latest("uppfoljning.planerad", "uppfoljning.gjord")
    on = None if planned is None or planned.name != "uppfoljning.planerad" else day_in(planned.payload, "on")
    if on is not None:
        yield _chosen("D-29", "Uppföljningen är bestämd till", on).concerning(Scope("case", snapshot.case_id))


def _chosen(deadline_id: str, what: str, on: date) -> Explanation:
    start = StartingPoint(what, on)
    return explain(deadline_id, later((start,)), (start,))
