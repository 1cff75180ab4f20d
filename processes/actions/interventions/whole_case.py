"""Interventions on a case or a process as a whole: suspend, resume, call off."""

from __future__ import annotations

from collections.abc import Collection

from processes.actions.days_asked import day_ahead
from processes.actions.instances import Running, running_in
from processes.actions.interventions.orders import Done, Intervention, Order, Target
from processes.actions.moving import settle
from processes.actions.suspension import resume, suspend
from processes.actions.timers import fire_case_timers
from processes.clock import swedish_day
from processes.errors import AnswersRefused
from processes.models import Case, Caseworker
from processes.operations.changes import change
from processes.rules.calendar import in_swedish
from processes.rules.explanation import Explanation
from processes.rules.interventions import SHORTEST_GROUND
from processes.rules.legal_days import legal_days
from processes.rules.outcomes import OUTCOMES
from processes.rules.snapshot import Scope
from processes.rules.units import Unit
from processes.unit_of_work import UnitOfWork

WHOLE = "arendet"
"""Key of the case itself among what can be called off."""


def the_case_if_it_runs(_work: UnitOfWork, case: Case) -> list[Target]:
    """The case, unless it is suspended."""
    return [] if case.suspended_until is not None else [Target(WHOLE, case.number)]


def the_case_if_it_is_suspended(_work: UnitOfWork, case: Case) -> list[Target]:
    """The case, if it is suspended."""
    return [] if case.suspended_until is None else [Target(WHOLE, case.number, case.suspended_why)]


def suspend_case(work: UnitOfWork, case: Case, _caseworker: Caseworker, order: Order) -> Done:
    """Let the case stand until a day; what the law sets a day for goes on (rules/suspension.py)."""
    suspend(work, case, until=day_ahead(work, "dag", order.said.get("dag", "")), why=order.reason.strip())
    settle(work, case, cause="suspended")
    return Done("")


def resume_case(work: UnitOfWork, case: Case, _caseworker: Caseworker, _order: Order) -> Done:
    """Let the case go on; what fell due meanwhile happens now, each thing as of its own instant and in that order."""
    resume(work, case)
    fire_case_timers(work, case_id=case.id)
    settle(work, case, cause="resumed")
    return Done("")


def what_runs(work: UnitOfWork, case: Case) -> list[Target]:
    """Each running process, and the case as a whole."""
    running = [
        Target(
            str(one.row.id),
            one.published.bundle.title,
            f"pågår sedan {in_swedish(swedish_day(one.row.started_at))}",
        )
        for one in running_in(work, case)
    ]
    return [
        *running,
        Target(WHOLE, f"Hela ärendet {case.number}", "alla processer avslutas och ärendet stängs"),
    ]


def call_off(work: UnitOfWork, case: Case, caseworker: Caseworker, order: Order) -> Done:
    """End a process, or all of them, where they stand; with a date of the law open only on the head's ground."""
    [chosen] = order.chosen
    meant = [one for one in running_in(work, case) if chosen in (WHOLE, str(one.row.id))]
    _must_have_ground(work, case, caseworker, order, meant)
    if chosen == WHOLE:
        outcome = OUTCOMES.get(order.said.get("utfall", ""))
        if outcome is None or not outcome.is_final:
            raise AnswersRefused({"utfall": "Välj hur det gick för hushållet."})
        change(work, case, case, by=caseworker.id, outcome=outcome.code)
    for running in meant:
        running.row.ending = "cancelled"
        running.instance.cancel()
    settle(work, case, cause="cancelled")
    return Done(case.number if chosen == WHOLE else meant[0].published.bundle.title)


def open_legal_days(work: UnitOfWork, case: Case, scopes: Collection[Scope]) -> list[Explanation]:
    """The days of the law and of Kronofogden that are still ahead for work about these things."""
    today, snapshot = swedish_day(work.now), work.snapshot(case.id)
    about = {Scope("case", case.id), *scopes, *(Scope("notice", one.id) for one in snapshot.notices)}
    found = {(one.id, one.subject): one for scope in about for one in legal_days(snapshot, scope, today)}
    return sorted(found.values(), key=lambda one: (one.on or today, one.id))


def _must_have_ground(
    work: UnitOfWork, case: Case, caseworker: Caseworker, order: Order, meant: Collection[Running]
) -> None:
    days = open_legal_days(work, case, [one.scope for one in meant])
    if not days:
        return
    named = ", ".join(f"{one.title} ({in_swedish(one.on)})" for one in days if one.on is not None)
    if Unit.HEAD not in caseworker.units:
        raise AnswersRefused({"grund": f"Bara enhetschefen får avbryta när en dag är öppen: {named}."})
    if len(order.said.get("grund", "").strip()) < SHORTEST_GROUND:
        raise AnswersRefused(
            {"grund": f"Skriv på vilken grund det avbryts trots att en dag är öppen: {named}."}
        )


SUSPEND = Intervention(the_case_if_it_runs, suspend_case)
RESUME = Intervention(the_case_if_it_is_suspended, resume_case)
CALL_OFF = Intervention(what_runs, call_off)
