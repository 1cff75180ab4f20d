"""Rent in arrears: until when the lease can be won back, who may win it back, and when an eviction may be ordered.

The pure functions of D-01 to D-09. They take days, not cases; `notices.py` reads the days out of a case.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from processes.rules import calendar
from processes.rules.deadlines.register import explain, later
from processes.rules.explanation import Explanation, Reading, StartingPoint
from processes.rules.interpretations import DEFAULT_INTERPRETATIONS, Interpretations

RECOVERY_WEEKS = 3
WAITING_WEEKDAYS = 2


def last_day_to_recover_lease(
    served: StartingPoint | None, message: StartingPoint, *, dated_on: date | None = None
) -> Explanation:
    """D-01: the last day to pay and get the rented dwelling back (sv. återvinningsfrist), to the end of that day.

    Three weeks from the later of service on the tenant and the message given to the board (JB 12:44 first paragraph 1;
    NJA 1985 s. 586), moved to the next working day (lag 1930:173 2 §). With `served` unknown or unconfirmed the date is
    provisional: the earliest it can be, as nobody is served before the day that the notice bears (`dated_on`).
    """
    return _three_weeks("D-01", served, message, dated_on)


def last_day_to_recover_cooperative_flat(
    served: StartingPoint | None, message: StartingPoint, *, dated_on: date | None = None
) -> Explanation:
    """D-09: the same period for a cooperative flat (sv. bostadsrätt), with its own doubts (BRL 7:18, 7:21, 7:23)."""
    notes = (
        "Nämndens möjlighet att åta sig betalningsansvar är inte bekräftad för bostadsrätt.",
        "Vid upprepade försummelser kan rätten att få tillbaka bostadsrätten gå förlorad.",
    )
    return _three_weeks("D-09", served, message, dated_on, notes)


@lru_cache(maxsize=256)  # asked for several times in each step of a case, always about the same days
def _three_weeks(
    deadline_id: str,
    served: StartingPoint | None,
    message: StartingPoint,
    dated_on: date | None,
    notes: tuple[str, ...] = (),
) -> Explanation:
    starts: tuple[StartingPoint, ...]
    if served is not None:
        starts = (served, message)
    elif dated_on is not None:
        dated = StartingPoint(
            "Underrättelsen är daterad, och kan inte ha delgetts före,", dated_on, "", False
        )
        starts = (dated, message)
    else:
        starts = (message,)
    if served is None:
        unknown = "Delgivningsdagen är inte känd. Datumet är det tidigaste möjliga och ska bekräftas hos hyresvärden."
        notes = (unknown, *notes)
    counting = later(starts).weeks(RECOVERY_WEEKS).rolled()
    is_provisional = served is None or not all(start.is_confirmed for start in starts)
    end = calendar.end_of_day(counting.day)
    return explain(
        deadline_id, counting, starts, at=end, latest_at=end, notes=notes, is_provisional=is_provisional
    )


def day_board_message_was_given(
    *, posted_on: date | None, is_registered: bool, received_on: date
) -> Explanation:
    """D-02: the day on which the landlord's message counts as given to the board.

    The day of posting if by registered letter to the usual address, else the day it came in (JB 12:63). A registered
    letter whose day of posting is unknown gives the day of receipt, provisionally: the true day is earlier.
    """
    if is_registered and posted_on is not None:
        what, on, is_known = "Hyresvärden postade meddelandet i rekommenderat brev", posted_on, True
    else:
        what, on, is_known = "Meddelandet kom in till nämnden", received_on, not is_registered
    start = StartingPoint(what, on, "underrättelsen", is_known)
    notes = (
        () if is_known else ("Postningsdagen saknas. Fristen kan därför gå ut tidigare; fråga hyresvärden.",)
    )
    return explain("D-02", later((start,)), (start,), notes=notes)


def last_day_for_commitment(recovery: Explanation) -> Explanation:
    """D-03: the last day to tell the landlord in writing that the board assumes the rent, within D-01.

    JB 12:44 fourth paragraph 1; a registered letter counts when posted (JB 12:63), any other writing may not.
    """
    notes = (
        "Posta i rekommenderat brev: bara då räknas postningsdagen. E-post ger ingen säkerhet om mottagandet.",
    )
    start = _end_of(recovery)
    end = calendar.end_of_day(start.on)
    return explain("D-03", later((start,)), (start,), at=end, latest_at=end, notes=notes)


def late_payment_excuse(recovery: Explanation) -> Explanation:
    """D-04: payment after D-01 still saves the lease if illness or the like prevented it (JB 12:44 fourth paragraph 2).

    It has no day: at latest when the dispute is decided in the first instance.
    """
    del recovery
    return explain(
        "D-04", None, notes=("Hindret och betalningsdagen ska dokumenteras. Ingen dag kan räknas ut.",)
    )


def earliest_eviction_order(
    recovery: Explanation, interpretations: Interpretations = DEFAULT_INTERPRETATIONS
) -> Explanation:
    """D-05: the second "vardag" after D-01, which must have gone before an eviction may be ordered (JB 12:44 2 st.).

    Whether Saturdays and eves count is unclear: one reading is the date, the other is shown beside it. It protects the
    tenant and is never moved by lag 1930:173 2 §.
    """
    start = _end_of(recovery)
    strict = later((start,)).then("weekdays_strict", WAITING_WEEKDAYS)
    careful = later((start,)).then("working_days", WAITING_WEEKDAYS)
    with_saturday = Reading("Lördag räknas som vardag", strict.day)
    without = Reading("Lördag räknas inte som vardag", careful.day)
    if interpretations.saturday_is_weekday:
        counting, other = strict, without
    else:
        counting, other = careful, with_saturday
    return explain(
        "D-05", counting, (start,), readings=(other,), is_interpretation=strict.day != careful.day,
        notes=("Bara till upplysning.",),
    )  # fmt: skip


def no_recovery_when_moving_anyway() -> Explanation:
    """D-06: no right to recover for a tenant who must move anyway within a month (JB 12:44 fifth paragraph)."""
    return explain("D-06", None, notes=("D-01 till D-05 gäller inte för den här underrättelsen.",))


def first_day_of_forfeiture(rent_due_on: date) -> Explanation:
    """D-07: the first day on which unpaid rent makes the lease forfeit: more than a week late (JB 12:42 1 st. 1)."""
    start = StartingPoint("Hyran förföll till betalning", rent_due_on)
    last_safe = later((start,)).weeks(1)
    rolled = calendar.roll(last_safe.day) + calendar.ONE_DAY
    moved = Reading("Sista betalningsdagen flyttad enligt lag 1930:173 2 §", rolled)
    return explain(
        "D-07", last_safe.days(1), (start,), readings=(moved,),
        notes=("Uppsägningar för obetald hyra brukar därför komma den 8-15 i månaden.",),
    )  # fmt: skip


def disturbance_without_recovery(*, is_particularly_serious: bool) -> Explanation:
    """D-08: a disturbance starts no recovery period (JB 12:25 a, 12:42 third and fourth paragraphs)."""
    note = (
        "Särskilt allvarlig störning: uppsägning får ske utan föregående underrättelse; en kopia skickas till nämnden."
        if is_particularly_serious
        else "Avtalet får inte sägas upp för störningen förrän nämnden underrättats."
    )
    return explain("D-08", None, notes=(note,))


def _end_of(recovery: Explanation) -> StartingPoint:
    if recovery.on is None:
        raise ValueError(f"{recovery.id} has no last day to go on from")
    return StartingPoint(
        "Återvinningsfristens sista dag är", recovery.on, recovery.id, not recovery.is_provisional
    )


def warning_days(last_day: date, working_days: Iterable[int], closed_days: Iterable[date] = ()) -> list[date]:
    """The days to warn on: so many office days before `last_day`, earliest first (handboken 6.8; policy)."""
    closed = frozenset(closed_days)
    return sorted({calendar.working_days_before(last_day, count, closed) for count in working_days})
