"""The day that Kronofogden has set for the eviction: its versions, which one holds, and what is odd about it.

A new notice never overwrites the old day; it is a new version. An odd day is never refused, it is remarked on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.calendar import in_swedish
from processes.rules.deadlines.notices import NOT_OURS
from processes.rules.deadlines.payload import day_in, instant_in
from processes.rules.explanation import StartingPoint
from processes.rules.snapshot import CaseSnapshot, EventSeen

FAR_AHEAD = timedelta(weeks=8)
NORMAL_DAYS = 7
"""From notice to eviction, normally about a week (handboken 7.1)."""
ALARM_WORKING_DAYS = 3


@dataclass(frozen=True, slots=True)
class EvictionDate:
    """One version of the day of the eviction (sv. datum för avhysning)."""

    on: date
    at: datetime
    """The instant (UTC); the day's first, if no time of day is known."""
    has_time: bool
    received_at: datetime
    """When we were told."""
    evidence: str
    is_provisional: bool = False
    """Kronofogden has given more time without saying on which day it comes instead."""

    @property
    def start(self) -> StartingPoint:
        """The day as a starting point for counting."""
        return StartingPoint(
            "Kronofogden har satt avhysningen till", self.on, self.evidence, not self.is_provisional
        )


def eviction_versions(snapshot: CaseSnapshot) -> list[EvictionDate]:
    """Every day that Kronofogden has named, in the order in which we were told; withdrawals are not in the list.

    What we were told at the same instant, as when one letter gives more time and the new day, comes as it was noted.
    """
    versions = [
        _version(
            n.eviction_at, has_time=n.eviction_has_time, received_at=n.received_at, evidence="underrättelsen"
        )
        for n in snapshot.notices
        if n.kind in "FGI" and n.eviction_at is not None and n.stance not in NOT_OURS
    ]
    for event in snapshot.events_named("kfm.underrattelse", "kfm.nyTid", "kfm.anstand.svar"):
        version = _version_of(event)
        if version is not None:
            versions.append(version)
    return sorted(versions, key=lambda version: version.received_at)


def _version_of(event: EventSeen) -> EvictionDate | None:
    """The day that the event names, if it names one."""
    told_at = _told_at(event)
    if event.name != "kfm.anstand.svar":
        at = instant_in(event.payload, "eviction_at")
        if at is None:
            return None
        has_time = bool(event.payload.get("has_time", True))
        return _version(at, has_time=has_time, received_at=told_at, evidence="nytt datum")
    until = day_in(event.payload, "until")
    if until is None or event.payload.get("answer") not in ("granted", "partly"):
        return None
    return EvictionDate(
        until, calendar.start_of_day(until), False, told_at, "beslut om anstånd", is_provisional=True
    )


def _version(eviction_at: datetime, *, has_time: bool, received_at: datetime, evidence: str) -> EvictionDate:
    on = swedish_day(eviction_at)
    at = eviction_at if has_time else calendar.start_of_day(on)
    return EvictionDate(on, at, has_time, received_at, evidence)


def _told_at(event: EventSeen) -> datetime:
    return instant_in(event.payload, "received_at") or event.at


def current_eviction(snapshot: CaseSnapshot) -> EvictionDate | None:
    """The version that holds: the newest, unless Kronofogden withdrew later than it; None if there is none.

    Keys handed in, a landlord's promise or a death cancel nothing; only Kronofogden's withdrawal does.
    """
    versions = eviction_versions(snapshot)
    if not versions:
        return None
    newest = versions[-1]
    withdrawals = [_told_at(event) for event in snapshot.events_named("kfm.aterkallad")]
    withdrawals += [n.received_at for n in snapshot.notices if n.kind == "H" and n.stance not in NOT_OURS]
    return None if any(at >= newest.received_at for at in withdrawals) else newest


def is_carried_out(snapshot: CaseSnapshot) -> bool:
    """Whether the eviction that holds has been carried out, so that nobody needs to watch its day."""
    eviction = current_eviction(snapshot)
    carried_out = snapshot.events_named("kfm.verkstalld")
    return eviction is not None and any(_told_at(event) >= eviction.received_at for event in carried_out)


def first_told_of(snapshot: CaseSnapshot, eviction: EvictionDate) -> datetime:
    """When we were first told of the same day, for counting how long before it was."""
    return min(v.received_at for v in eviction_versions(snapshot) if v.on == eviction.on)


class RemarkLevel(StrEnum):
    """How loudly a remark is made."""

    ALARM = "alarm"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd about an eviction date, and what to do; it never stops the registration (domain 3.4)."""

    code: str
    """passed, today, day_off, far_ahead, less_than_a_week, less_than_three_working_days."""
    level: RemarkLevel
    text: str


def remarks_on_eviction(on: date, today: date) -> list[Remark]:
    """What is odd about an eviction on `on`, seen from `today`; the loudest first (handboken 7.1, D-18; E-04)."""
    remarks = []
    if on < today:
        text = f"Datumet {in_swedish(on)} har passerat. Ring Kronofogden. Underrättelsen ska ändå bekräftas."
        remarks.append(Remark("passed", RemarkLevel.ALARM, text))
    elif on == today:
        text = "Avhysningen är i dag. Åk dit först, registrera sedan."
        remarks.append(Remark("today", RemarkLevel.ALARM, text))
    elif on > today + FAR_AHEAD:
        text = "Datumet ligger mer än åtta veckor fram. Kontrollera att det är rätt."
        remarks.append(Remark("far_ahead", RemarkLevel.WARNING, text))
    elif calendar.working_days_until(today, on) < ALARM_WORKING_DAYS:
        text = "Mindre än tre arbetsdagar återstår."
        remarks.append(Remark("less_than_three_working_days", RemarkLevel.ALARM, text))
    elif (on - today).days < NORMAL_DAYS:
        text = f"{(on - today).days} dagar återstår; normalt är det omkring en vecka."
        remarks.append(Remark("less_than_a_week", RemarkLevel.WARNING, text))
    reason = calendar.roll_reason(on)
    if reason is not None:
        text = f"{in_swedish(on).capitalize()} är ledig dag ({reason}). Kontrollera datumet med Kronofogden."
        remarks.append(Remark("day_off", RemarkLevel.WARNING, text))
    return remarks
