"""Facts about a person who moves to another municipality: has it answered, and has the month for its answer passed.

Another municipality answers a transfer request at once; after a month IVO can decide (SoL 29:10-11, D-27).
"""

from __future__ import annotations

from datetime import date, datetime

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.deadlines.transfers import answer_of, is_answered
from processes.rules.facts.registry import fact, instant_text
from processes.rules.snapshot import CaseSnapshot, Scope


def _last_day(snapshot: CaseSnapshot, scope: Scope) -> date | None:
    answer = answer_of(snapshot, scope)
    return None if answer is None else answer.on


@fact("Har den andra kommunen svarat om överflyttning?")
def transfer_is_answered(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> bool:
    """An answer was recorded after the newest request."""
    return is_answered(snapshot, scope)


@fact("När har en månad gått utan svar om överflyttning?")
def transfer_answer_due_at(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> str | None:
    """The morning after the month's last day; None before a request was made."""
    last_day = _last_day(snapshot, scope)
    return None if last_day is None else instant_text(calendar.start_of_day(last_day + calendar.ONE_DAY))


@fact("Har en månad gått utan svar om överflyttning?")
def transfer_answer_is_late(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> bool:
    """The month for the answer is over and nobody has answered."""
    last_day = _last_day(snapshot, scope)
    return (
        last_day is not None
        and swedish_day(now) > last_day
        and not transfer_is_answered(snapshot, scope, now)
    )
