"""The recovery period of one notice of unpaid rent, read out of the case, and whether the lease was saved in time.

What counts is when the rent was paid or the letter posted, never when somebody recorded it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from processes.clock import swedish_day
from processes.rules.calendar import in_swedish
from processes.rules.deadlines import recovery
from processes.rules.deadlines.payload import amount_in, day_in, day_of, instant_in
from processes.rules.explanation import Explanation, StartingPoint
from processes.rules.snapshot import CaseSnapshot, EventSeen, NoticeSeen, Scope

TERMINATIONS = frozenset("ABCD")
"""Kinds of notice that can be a termination; early information, concern and Kronofogden's letters are not."""
NOT_OURS = frozenset({"forward", "not_for_us"})


def scope_of(notice: NoticeSeen) -> Scope:
    """The scope of events and processes about this notice."""
    return Scope("notice", notice.id)


def is_termination_for_arrears(notice: NoticeSeen) -> bool:
    """Whether the notice ends the lease for unpaid rent, so that paying can win it back.

    A termination to the end of the lease for repeated late payment gives no recovery (JB 12:46 2), nor does a notice
    that is not for the board, such as one about commercial premises.
    """
    return "arrears" in notice.grounds and notice.kind in TERMINATIONS and notice.stance not in NOT_OURS


def has_recovery_period(notice: NoticeSeen) -> bool:
    """Whether D-01 (or D-09) runs for the notice (JB 12:44 first and fifth paragraphs)."""
    return is_termination_for_arrears(notice) and not notice.must_move_anyway


def recovery_of(snapshot: CaseSnapshot, notice: NoticeSeen) -> Explanation | None:
    """D-01, or D-09 for a cooperative flat, of the notice; None if there is no right to recover."""
    if not has_recovery_period(notice):
        return None
    function = (
        recovery.last_day_to_recover_cooperative_flat
        if snapshot.contract_kind == "cooperative"
        else recovery.last_day_to_recover_lease
    )
    message = message_of(notice).starts[0]
    found = function(_served(snapshot, notice), message, dated_on=notice.notice_dated_on)
    return found.concerning(scope_of(notice))


def message_of(notice: NoticeSeen) -> Explanation:
    """D-02 of the notice: when the message counts as given to the board (JB 12:63)."""
    return recovery.day_board_message_was_given(
        posted_on=notice.posted_on,
        is_registered=notice.posted_registered,
        received_on=swedish_day(notice.received_at),
    ).concerning(scope_of(notice))


def _served(snapshot: CaseSnapshot, notice: NoticeSeen) -> StartingPoint | None:
    if notice.served_on is None:
        return None
    evidence, confirmed_by = "underrättelsen", None
    for event in snapshot.events_named("underlag.andrat", scope=scope_of(notice)):
        if day_in(event.payload, "served_on") == notice.served_on:
            evidence = str(event.payload.get("evidence") or "uppgift i ärendet")
            confirmed_by = event.payload.get("confirmed_by") if notice.served_confirmed else None
    return StartingPoint(
        "Hyresgästen delgavs underrättelsen",
        notice.served_on,
        evidence,
        notice.served_confirmed,
        confirmed_by,
    )


@dataclass(frozen=True, slots=True)
class PaymentVerdict:
    """Whether what has been paid wins the lease back (sv. bedömning av betalning)."""

    paid: Decimal
    required: Decimal | None
    """The amount with interest that the notice asks for; None if it is not known."""
    full_on: date | None
    """The day on which the whole amount was paid; None if it is not, or the amount is not known."""
    is_full: bool | None
    is_in_time: bool | None
    """None while nothing is fully paid, or while the last day is provisional and may turn out later."""
    why: str

    @property
    def recovers(self) -> bool:
        """Whether the lease is won back for certain."""
        return self.is_full is True and self.is_in_time is True


def payment_of(snapshot: CaseSnapshot, notice: NoticeSeen) -> PaymentVerdict:
    """What the payments recorded for the notice come to (JB 12:44 1 st., 12:20; E-15, E-16).

    The whole amount, interest included, must be paid on D-01 or earlier. The paid day is the day on which the bank took
    the order (JB 12:20 third paragraph), or the deposit was made at the county administrative board.
    """
    payments = sorted(
        (day_of(event, "paid_on"), amount_in(event.payload, "amount") or Decimal(0))
        for event in snapshot.events_named("hyra.betald", scope=scope_of(notice))
    )
    paid, full_on = Decimal(0), None
    for paid_on, amount in payments:
        paid += amount
        if full_on is None and notice.amount_due is not None and paid >= notice.amount_due:
            full_on = paid_on
    is_full = None if notice.amount_due is None else full_on is not None
    is_in_time = None if full_on is None else _in_time(full_on, recovery_of(snapshot, notice))
    why = _why_paid(paid, notice.amount_due, full_on, is_in_time=is_in_time)
    return PaymentVerdict(paid, notice.amount_due, full_on, is_full, is_in_time, why)


def _in_time(on: date, last_day: Explanation | None) -> bool | None:
    """True and False are certain; None if the last day may turn out to be later, or if there is none."""
    if last_day is None or last_day.on is None:
        return None
    if on <= last_day.on:
        return True
    return None if last_day.is_provisional else False


def _kronor(amount: Decimal) -> str:
    """`9 450,00 kr`, with spaces that do not break."""
    return f"{amount:,.2f}\N{NO-BREAK SPACE}kr".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def _why_paid(
    paid: Decimal, required: Decimal | None, full_on: date | None, *, is_in_time: bool | None
) -> str:
    if required is None:
        return "Det krävda beloppet är inte känt. Fråga hyresvärden."
    if full_on is None:
        left = f"{_kronor(required - paid)} återstår av {_kronor(required)} med ränta."
        return f"{left} En delbetalning ger inte tillbaka hyresrätten."
    paid_day = f"Hela beloppet betalades {in_swedish(full_on)}"
    if is_in_time is None:
        return f"{paid_day}, men fristen är inte fastställd. Bekräfta delgivningsdagen."
    if is_in_time:
        return f"{paid_day}, inom återvinningsfristen."
    return (
        f"{paid_day}, efter återvinningsfristen. Hyresrätten är inte återvunnen om inte hyresvärden går med på det"
        " eller sjukdom eller liknande hindrade betalningen (JB 12:44 4 st. 2)."
    )


@dataclass(frozen=True, slots=True)
class CommitmentVerdict:
    """Whether a commitment to pay the rent was given in time (sv. bedömning av åtagande)."""

    is_in_time: bool | None
    """None where it depends on when the landlord got it, or on a last day that is still provisional."""
    why: str


def posted_in_time(posted_at: datetime, *, is_registered: bool, last_day: Explanation) -> CommitmentVerdict:
    """Whether a commitment posted at `posted_at` meets D-03 (JB 12:44 4 st. 1; JB 12:63; E-17).

    A registered letter counts from the Swedish day of posting. Other writing has no such rule: too late is too late,
    but in time is only probable.
    """
    posted_on = swedish_day(posted_at)
    in_time = _in_time(posted_on, last_day)
    day = in_swedish(posted_on)
    if in_time is False:
        return CommitmentVerdict(False, f"Postat {day}, efter återvinningsfristens sista dag.")
    if in_time is None:
        return CommitmentVerdict(None, "Fristen är preliminär. Bekräfta delgivningsdagen hos hyresvärden.")
    if not is_registered:
        why = f"Avsänt {day} utan rekommendation: det är osäkert när hyresvärden anses ha fått meddelandet."
        return CommitmentVerdict(None, why)
    return CommitmentVerdict(True, f"Postat i rekommenderat brev {day}, inom återvinningsfristen (JB 12:63).")


def commitment_of(snapshot: CaseSnapshot, notice: NoticeSeen) -> CommitmentVerdict | None:
    """The verdict on the best commitment posted for the notice; None if none is, or if there is no recovery period.

    A cooperative flat has no confirmed right to a commitment (D-09), so the answer there is never a certain yes.
    """
    last_day = recovery_of(snapshot, notice)
    if last_day is None:
        return None
    verdicts = [
        _verdict(event, last_day)
        for event in snapshot.events_named("atagande.postat", scope=scope_of(notice))
    ]
    if not verdicts:
        return None
    best = max(verdicts, key=lambda verdict: (verdict.is_in_time is True, verdict.is_in_time is None))
    if best.is_in_time and snapshot.contract_kind == "cooperative":
        return CommitmentVerdict(
            None, "Det är inte bekräftat att nämnden kan åta sig betalning för bostadsrätt."
        )
    return best


def _verdict(event: EventSeen, last_day: Explanation) -> CommitmentVerdict:
    posted_at = instant_in(event.payload, "posted_at") or event.at
    return posted_in_time(posted_at, is_registered=bool(event.payload.get("registered")), last_day=last_day)


def is_settled(snapshot: CaseSnapshot, notice: NoticeSeen) -> bool:
    """Whether the recovery period of the notice needs no more watching: saved in time, or decided by somebody."""
    if payment_of(snapshot, notice).recovers:
        return True
    commitment = commitment_of(snapshot, notice)
    if commitment is not None and commitment.is_in_time:
        return True
    return any(
        event.scope == scope_of(notice) or event.payload.get("notice") == notice.id
        for event in snapshot.events_named("frist.avgjord")
    )
