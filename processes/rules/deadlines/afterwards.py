"""After the turning point: rent checks, follow-up, appeals, reclaim, reports, transfer, belongings and retention.

The pure functions of D-22 to D-30.
"""

from __future__ import annotations

from datetime import date

from processes.rules import calendar
from processes.rules.counting import Counting
from processes.rules.deadlines.register import explain, later
from processes.rules.explanation import Explanation, Reading, StartingPoint
from processes.rules.policy import Policy

CHILD_RETENTION_IN_FORCE_ON = date(2026, 1, 15)


def belongings_fall_to_landlord(left_on: date, demanded_on: date | None = None) -> Explanation:
    """D-22: what is left behind becomes the landlord's after six months, or three from a demand (JB 12:27)."""
    left = StartingPoint("Hyresgästen lämnade eller avhystes från bostaden", left_on)
    after_leaving = later((left,)).months(6)
    if demanded_on is None:
        return explain(
            "D-22", after_leaving, (left,), notes=("En anmaning från hyresvärden kan ge en kortare tid.",)
        )
    demanded = StartingPoint("Hyresvärden anmanade hyresgästen att hämta egendomen", demanded_on)
    after_demand = later((demanded,)).months(3)
    from_leaving = Reading("Sex månader från flytten", after_leaving.day)
    from_demand = Reading("Tre månader från anmaningen", after_demand.day)
    if after_demand.day < after_leaving.day:
        return explain("D-22", after_demand, (demanded,), readings=(from_leaving,))
    return explain("D-22", after_leaving, (left,), readings=(from_demand,))


def last_day_to_reclaim(cost_arose_on: date) -> Explanation:
    """D-23: an action to reclaim assistance is brought within three years from the cost (SoL 33:5)."""
    start = StartingPoint("Kostnaden uppkom", cost_arose_on)
    return explain("D-23", later((start,)).years(3).rolled(), (start,))


def report_of_unexecuted_decision(decided_on: date) -> Explanation:
    """D-24: a granted measure not carried out within three months is reported, then quarterly (SoL 34:1)."""
    start = StartingPoint("Beslutet fattades", decided_on)
    return explain("D-24", later((start,)).months(3), (start,))


def last_day_to_appeal(learnt_on: date) -> Explanation:
    """D-25: an appeal is in within three weeks from the day the person got the decision (FL 44 §)."""
    start = StartingPoint("Den enskilde fick del av beslutet", learnt_on)
    counting = later((start,)).weeks(3).rolled()
    return explain("D-25", counting, (start,), latest_at=calendar.end_of_day(counting.day))


def referral_to_rent_tribunal(lease_ends_on: date) -> Explanation:
    """D-26: the landlord refers the dispute within a month after the lease ended (JB 12:49).

    Otherwise the termination has no effect, unless the tenant has moved anyway.
    """
    start = StartingPoint("Hyrestiden gick ut", lease_ends_on)
    return explain("D-26", later((start,)).months(1).rolled(), (start,))


def last_day_to_appeal_rent_tribunal(decided_on: date) -> Explanation:
    """D-26: a listed decision of the rent tribunal is appealed within three weeks (JB 12:70)."""
    start = StartingPoint("Hyresnämnden meddelade sitt beslut", decided_on)
    return explain(
        "D-26", later((start,)).weeks(3).rolled(), (start,), title="Sista dag att överklaga hyresnämndens beslut",
        notes=("Alla beslut kan inte överklagas; kontrollera JB 12:70.",),
    )  # fmt: skip


def answer_on_transfer(requested_on: date) -> Explanation:
    """D-27: another municipality answers a transfer request at once; after a month without answer IVO can decide.

    SoL 29:10-11. The date is the last day of that month.
    """
    start = StartingPoint("Begäran om överflyttning lämnades", requested_on)
    note = "Svaret ska lämnas genast. Efter den här dagen kan frågan tas till IVO."
    return explain("D-27", later((start,)).months(1), (start,), notes=(note,))


def rent_check(paid: StartingPoint, policy: Policy) -> Explanation:
    """D-28: look that the next month's rent was paid, some days after its last day (handboken 2; JB 12:20)."""
    counting = later((paid,)).then("rent_day").days(policy.rent_check_days)
    return explain("D-28", counting, (paid,))


def follow_up(outcome: StartingPoint, policy: Policy) -> Explanation:
    """D-29: the suggested day of follow-up; the day is set individually (handboken 6.9, 7 fact box 4)."""
    counting = later((outcome,)).days(policy.follow_up_days).then("office_day", 0, policy.local_closed_days)
    return explain(
        "D-29", counting, (outcome,), notes=("Förslag. Tiden bestäms individuellt med den enskilde.",)
    )


def retention_ends(last_note_on: date, policy: Policy, *, child_born_on: date | None = None) -> Explanation:
    """D-30: when the file may be destroyed: five years after the last note (SoL 16:1).

    `child_born_on` is given for a child investigation, which is kept until the person is 30 (SoL 16:2 a, in force
    15 January 2026). A municipality that is exempt, as Göteborg is, keeps everything (SoF 13:1).
    """
    note = StartingPoint("Sista anteckningen gjordes", last_note_on)
    if policy.keeps_records_for_ever:
        return explain("D-30", None, (note,), notes=(f"{policy.municipality} gallrar inte.",))
    five_years = later((note,)).years(5)
    if child_born_on is None or last_note_on < CHILD_RETENTION_IN_FORCE_ON:
        return explain("D-30", five_years, (note,))
    thirty = Counting.from_later(child_born_on).years(30)
    if thirty.day <= five_years.day:
        return explain("D-30", five_years, (note,))
    return explain("D-30", thirty, (StartingPoint("Barnet föddes", child_born_on),))
