"""What a diagram asks about follow-up: whether it is planned with consent, and for which day."""

from __future__ import annotations

from datetime import date, datetime

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.deadlines import afterwards
from processes.rules.deadlines.payload import day_in
from processes.rules.explanation import StartingPoint
from processes.rules.facts.registry import fact, instant_text
from processes.rules.gates import GATES, GateQuestion
from processes.rules.snapshot import CaseSnapshot, Scope


def planned_day(snapshot: CaseSnapshot) -> date | None:
    """The day of the follow-up that is planned and not yet done."""
    last = snapshot.latest("uppfoljning.planerad", "uppfoljning.gjord")
    return None if last is None or last.name != "uppfoljning.planerad" else day_in(last.payload, "on")


@fact("Är en uppföljning planerad, med samtycke?")
def follow_up_is_planned(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> bool:
    """A day is set and the adult's consent holds now (R-150)."""
    consented = GATES["follow-up"].check(GateQuestion(snapshot, scope, now)).allowed
    return consented and planned_day(snapshot) is not None


@fact("När är det dags att följa upp?")
def next_follow_up_at(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> str | None:
    """The morning of the planned day; None if nothing is planned."""
    on = planned_day(snapshot)
    return instant_text(calendar.start_of_day(on) if on else None)


@fact("Vilken dag föreslås för uppföljning?")
def suggested_follow_up_on(snapshot: CaseSnapshot, _scope: Scope, now: datetime) -> str | None:
    """Some weeks from today (D-29); the caseworker and the individual decide."""
    on = afterwards.follow_up(StartingPoint("Utfallet bedömdes", swedish_day(now)), snapshot.policy).on
    return on.isoformat() if on else None
