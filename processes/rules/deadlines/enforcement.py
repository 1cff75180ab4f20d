"""Kronofogden: when its notice must be confirmed, the day of the eviction, and until when more time can be asked for.

The pure functions of D-10 and D-18 to D-21. They take days, not cases; `evictions.py` reads the days out of a case.
"""

from __future__ import annotations

from datetime import date, datetime

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.deadlines.register import explain, later
from processes.rules.explanation import Explanation, Reading, StartingPoint
from processes.rules.policy import Policy


def confirmation_due(received_at: datetime, policy: Policy) -> Explanation:
    """D-10: confirm to Kronofogden on the day its notice came in, each notice anew (SoF 11:3, 2025:468).

    `at` is when the office closes that day, `latest_at` the legal limit 23:59; they coincide when the notice came in
    after closing or the office is shut. A notice that came in on a day off is due the next working day if the
    municipality reads lag 1930:173 2 § into it; the other reading is always shown.
    """
    received_on = swedish_day(received_at)
    start = StartingPoint("Underrättelsen kom in", received_on, "registreringen")
    same_day = later((start,))
    is_day_off = calendar.is_roll_day(received_on)
    if is_day_off and policy.interpretations.confirmation_may_wait_for_working_day:
        counting, other = same_day.rolled(), Reading("Samma dag även när den är ledig", received_on)
    else:
        counting, other = (
            same_day,
            Reading("Nästa vardag enligt lag 1930:173 2 §", calendar.roll(received_on)),
        )
    note = (f"Kom in en ledig dag ({calendar.roll_reason(received_on)}). Socialjouren kan bekräfta genast.",)
    return explain(
        "D-10", counting, (start,),
        at=office_close_or_midnight(counting.day, received_at, policy),
        latest_at=calendar.end_of_day(counting.day),
        readings=(other,) if is_day_off else (),
        notes=note if is_day_off else (),
        is_interpretation=is_day_off,
    )  # fmt: skip


def office_close_or_midnight(day: date, known_at: datetime, policy: Policy) -> datetime:
    """When the office closes on `day`, or 23:59 if it is shut then or had closed before the matter was known."""
    closes = calendar.instant_on(day, policy.office_closes_at)
    if calendar.is_office_day(day, policy.local_closed_days) and known_at < closes:
        return closes
    return calendar.end_of_day(day)


def eviction_day(
    eviction: StartingPoint, eviction_at: datetime | None, received_on: date | None
) -> Explanation:
    """D-18: the day that Kronofogden has set, and how long it was from the notice (handboken 7.1: about a week)."""
    notes: tuple[str, ...] = ()
    if received_on is not None:
        days = (eviction.on - received_on).days
        notes = (f"{days} dagar från underrättelsen till avhysningen.",) if days >= 0 else ()
    return explain("D-18", later((eviction,)), (eviction,), at=eviction_at, notes=notes)


def execution_expected(complete_on: date) -> Explanation:
    """D-19: Kronofogden evicts if possible within four weeks from complete papers (UB 16:3, not read)."""
    start = StartingPoint("Handlingarna var fullständiga hos Kronofogden", complete_on)
    return explain("D-19", later((start,)).weeks(4), (start,))


def latest_deferral_request(eviction: StartingPoint, policy: Policy) -> Explanation:
    """D-20: the latest sensible day to ask Kronofogden for more time (sv. anstånd): some office days before the day.

    A guide of the municipality (`Policy.deferral_request_working_days`); UB 16:4 has not been read.
    """
    days = policy.deferral_request_working_days
    counting = later((eviction,)).then("working_days_back", days, policy.local_closed_days)
    at = calendar.instant_on(counting.day, policy.office_closes_at)
    note = "Begär så tidigt som möjligt. Hur långt anstånd som kan ges är inte kontrollerat mot lagtexten."
    return explain("D-20", counting, (eviction,), at=at, notes=(note,))


def next_answer_reminder(asked_at: datetime, now: datetime, policy: Policy) -> datetime:
    """When to ask again for Kronofogden's answer on more time: the next office day's closing, every day (D-20)."""
    day = calendar.working_days_after(swedish_day(max(asked_at, now)), 1, policy.local_closed_days)
    return calendar.instant_on(day, policy.office_closes_at)


def earliest_removal(notified_on: date) -> Explanation:
    """D-21: removal of people without a contract (sv. avlägsnande), earliest five days after the notice (UB 16:10 a-b).

    A wait that protects: never moved by lag 1930:173 2 §.
    """
    start = StartingPoint("Underrättelsen om avlägsnande lämnades", notified_on)
    within = Reading("Om möjligt senast inom tre veckor", calendar.add_weeks(notified_on, 3))
    notes = ("Anstånd kan ges högst en vecka.", "Ingen kopia av bekräftelsen behövs (SoF 11:3).")
    return explain("D-21", later((start,)).days(5), (start,), readings=(within,), notes=notes)
