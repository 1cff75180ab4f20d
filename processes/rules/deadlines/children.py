"""Children: the clocks that start when somebody reports a concern, and the day when follow-up must end.

The pure functions of D-11 to D-15 (SoL 2025:400, chapters 19, 20 and 23). None of these dates is planned to move past
a day off; what lag 1930:173 2 § would give is shown beside them.
"""

from __future__ import annotations

from datetime import date, datetime

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.counting import Counting
from processes.rules.deadlines.enforcement import office_close_or_midnight
from processes.rules.deadlines.register import explain, later, rolled_reading
from processes.rules.explanation import Explanation, Reading, StartingPoint
from processes.rules.interpretations import DEFAULT_INTERPRETATIONS, Interpretations
from processes.rules.policy import Policy

ANSWER_IN_FORCE_ON = date(2026, 1, 15)
HANDOVER_NOTE = "En intern informationsöverlämning räknas här som en anmälan."


def protection_assessment(received_at: datetime, policy: Policy) -> Explanation:
    """D-11: whether the child needs protection at once is judged the day the report came in (SoL 20:1)."""
    start = StartingPoint("Orosanmälan kom in", swedish_day(received_at), "anmälan")
    return explain(
        "D-11", later((start,)), (start,),
        at=office_close_or_midnight(start.on, received_at, policy),
        latest_at=calendar.end_of_day(start.on),
        notes=("Genast gäller alla dagar; utanför kontorstid gör socialjouren bedömningen.",),
    )  # fmt: skip


def decision_to_investigate(
    received: StartingPoint,
    interpretations: Interpretations = DEFAULT_INTERPRETATIONS,
    *,
    is_handover: bool = False,
) -> Explanation:
    """D-12: whether to open a child investigation is decided within 14 days from the report (SoL 20:2).

    An internal hand-over is read as a report. Not needed while an investigation of the child is running.
    """
    counting = later((received,)).days(14)
    if is_handover and not interpretations.handover_counts_as_report:
        return explain("D-12", None, (received,), is_interpretation=True)
    return _child_date("D-12", received, counting, interpretations, is_handover=is_handover)


def investigation_finished(
    opened: StartingPoint, interpretations: Interpretations = DEFAULT_INTERPRETATIONS
) -> Explanation:
    """D-13: the investigation is finished four months after it was opened, same day number (SoL 20:3)."""
    return _child_date("D-13", opened, later((opened,)).months(4), interpretations)


def answer_to_reporter(
    asked_on: date,
    decided_on: date | None,
    *,
    was_already_investigated: bool = False,
    interpretations: Interpretations = DEFAULT_INTERPRETATIONS,
) -> Explanation:
    """D-14: a mandated reporter who asks is told within a week from the decision (SoL 19:6, in force 15 January 2026).

    At once if it asks later than that, or if an investigation was running when the report came. Without a decision
    there is no day yet.
    """
    asked = StartingPoint("Anmälaren frågade", asked_on)
    if asked_on < ANSWER_IN_FORCE_ON:
        return explain("D-14", None, (asked,), notes=("Bestämmelsen gäller från den 15 januari 2026.",))
    if was_already_investigated:
        return explain("D-14", later((asked,)), (asked,), notes=("Utredning pågick redan: svara genast.",))
    if decided_on is None:
        return explain("D-14", None, (asked,), notes=("Beslut är inte fattat; tiden räknas från beslutet.",))
    decided = StartingPoint("Beslutet fattades", decided_on)
    week = later((decided,)).weeks(1)
    if asked_on > week.day:
        return explain("D-14", later((asked,)), (asked,), notes=("Frågan kom efter veckan: svara genast.",))
    return _child_date("D-14", decided, week, interpretations)


def follow_up_ends(closed: StartingPoint) -> Explanation:
    """D-15: follow-up of a child without consent ends six months after the investigation closed (SoL 23:5).

    A longest time, not an act: it is never moved forward past a day off.
    """
    counting = later((closed,)).months(6)
    return explain("D-15", counting, (closed,), latest_at=calendar.end_of_day(counting.day))


def extended(original: Explanation, until: date) -> Explanation:
    """D-12 or D-13 extended to a set day: exceptional reasons (SoL 20:2) or special reasons (SoL 20:3).

    The day is somebody's decision, so nothing is counted; the original day stays in the notes.
    """
    start = StartingPoint("Tiden är förlängd till", until, "beslutet om förlängning")
    first = "okänd dag" if original.on is None else calendar.in_swedish(original.on)
    end = calendar.end_of_day(until)
    notes = (f"Utan förlängning: {first}.",)
    return explain(original.id, later((start,)), (start,), at=end, latest_at=end, notes=notes)


def _child_date(
    deadline_id: str,
    start: StartingPoint,
    raw: Counting,
    interpretations: Interpretations,
    *,
    is_handover: bool = False,
) -> Explanation:
    readings = rolled_reading(raw.day)
    counting = raw
    if interpretations.child_deadlines_move_to_working_day:
        counting, readings = raw.rolled(), (Reading("Utan flytt till vardag", raw.day),)
    end = calendar.end_of_day(counting.day)
    return explain(
        deadline_id, counting, (start,), at=end, latest_at=end, readings=readings,
        notes=(HANDOVER_NOTE,) if is_handover else (),
        is_interpretation=is_handover or calendar.is_roll_day(raw.day),
    )  # fmt: skip
