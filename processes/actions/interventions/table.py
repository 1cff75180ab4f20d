"""Which functions do what of each way to step in, by its key (rules/interventions.py says what each means)."""

from __future__ import annotations

from processes.actions.interventions.going_back import GO_BACK
from processes.actions.interventions.orders import Course, Intervention, Order, Target, case_to_supervise
from processes.actions.interventions.orders import intervene as _intervene
from processes.actions.interventions.sending import SEND_AGAIN
from processes.actions.interventions.tasks import PRIORITY, REASSIGN, SKIP
from processes.actions.interventions.waiting import DELIVER, REARM, RETRY
from processes.actions.interventions.whole_case import CALL_OFF, RESUME, SUSPEND
from processes.models import Case, Caseworker
from processes.rules.interventions import KINDS
from processes.unit_of_work import UnitOfWork

INTERVENTIONS: dict[str, Intervention] = {
    "omfordela": REASSIGN,
    "prioritet": PRIORITY,
    "ga-tillbaka": GO_BACK,
    "hoppa-over": SKIP,
    "meddelande": DELIVER,
    "tidsbevakning": REARM,
    "forsok-igen": RETRY,
    "skicka-om": SEND_AGAIN,
    "pausa": SUSPEND,
    "ateruppta": RESUME,
    "avbryt": CALL_OFF,
}


def intervene(
    work: UnitOfWork, *, case_id: int, caseworker: Caseworker, order: Order, confirmed: str | None = None
) -> Course:
    """Step into the case; see `orders.intervene`. KeyError for an unknown kind."""
    return _intervene(
        work,
        case_id=case_id,
        caseworker=caseworker,
        order=order,
        intervention=INTERVENTIONS[order.kind],
        confirmed=confirmed,
    )


def targets_of(work: UnitOfWork, kind: str, case: Case) -> list[Target]:
    """What the intervention can be about in the case now."""
    if case.closed_at is not None and not KINDS[kind].in_closed:
        return []
    return INTERVENTIONS[kind].targets(work, case)


__all__ = ["INTERVENTIONS", "Course", "Order", "Target", "case_to_supervise", "intervene", "targets_of"]
