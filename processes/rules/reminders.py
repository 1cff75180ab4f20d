"""Who is reminded of what, and when: the ladders that lead from a friendly word to the head of unit.

| ladder | rung | when | who is told |
| --- | --- | --- | --- |
| task | due_today | 08:00 on the due day | who holds it |
| task | overdue | when it should have been done | who holds it |
| task | overdue_unit | a working day later, 08:00 | the unit |
| task | overdue_substitute | two working days later | the case's substitute |
| task | overdue_head | three working days later | the head of unit |
| confirmation | confirm_soon | two hours before the office closes | who holds it |
| confirmation | confirm_cutoff | at the cut-off, a quarter before | the substitute |
| confirmation | overdue | when the office closes | who holds it |
| confirmation | overdue_unit | at once then | the unit |
| confirmation | overdue_head | at once then | the head of unit |
| law | law_near | some working days before the date, 08:00 | the unit that answers for it |
| law | law_last | the working day before, 08:00 | the unit |
| law | law_day | on the day, 08:00 | the unit |
| law | law_head | at once then | the head of unit |

Who holds a task is its substitute while away (sv. frånvaro), and the unit as long as nobody has taken it. A rung that
would tell nobody new is passed over, and what is due on a day off is told on the working day before. One rung never
tells twice. On the ladder of a task nobody is told over somebody's head before that person has had a working day:
after an outage of ten days the reminder comes first and the next rung the working day after. On the other two ladders
the law's own day does not wait for that; there the rungs that are late follow each other at once, in their order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import zip_longest

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.mail import ESCALATION, REMINDER
from processes.rules.policy import Policy
from processes.rules.units import Unit

CONFIRMATION_STEP = "bekrafta_till_kronofogden"
SOON = timedelta(hours=2)
When = Callable[[datetime, int, Policy], datetime]
"""The due instant, a number of working days where there is one, and the municipality's choices."""


class Audience(StrEnum):
    """Whom a rung tells."""

    HOLDER = "holder"
    """Who has taken the task; the substitute while that person is away; the unit when nobody has taken it."""
    UNIT = "unit"
    SUBSTITUTE = "substitute"
    """Who stands in for the holder, or for who is responsible for the case."""
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Rung:
    """One word to somebody on the way up a ladder."""

    key: str
    to: Audience
    when: When
    text: str
    """Swedish; {title} is the step or the date, {day} the day it is about. Nothing about any person."""
    kind: str = REMINDER
    is_before: bool = False
    """It only makes sense before the due instant, and for what had come up by then."""
    rest_days: int = 0
    """Working days that must pass since somebody was last told."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs for one kind of matter, in order."""

    name: str
    source: str
    rungs: tuple[Rung, ...]

    def rung(self, key: str) -> Rung:
        """The rung with this key; KeyError if there is none."""
        for rung in self.rungs:
            if rung.key == key:
                return rung
        raise KeyError(key)


_NEAR = -1
"""As many working days as the date of the law asks for."""


def _day_before(days: int) -> When:
    def when(due_at: datetime, near: int, policy: Policy) -> datetime:
        last = _last_office_day(due_at, policy)
        count = near if days == _NEAR else days
        return _morning(calendar.working_days_before(last, count, policy.local_closed_days), policy)

    return when


def _last_office_day(due_at: datetime, policy: Policy) -> date:
    """The due day, or the day before it on which anybody is at work."""
    day, closed = swedish_day(due_at), policy.local_closed_days
    return day if calendar.is_office_day(day, closed) else calendar.working_days_before(day, 1, closed)


def _day_after(place: int) -> When:
    def when(due_at: datetime, _near: int, policy: Policy) -> datetime:
        days = policy.overdue_working_days[place]
        return _morning(
            calendar.working_days_after(swedish_day(due_at), days, policy.local_closed_days), policy
        )

    return when


def _morning(day: date, policy: Policy) -> datetime:
    return calendar.instant_on(day, policy.reminders_at)


def _when_due(due_at: datetime, _near: int, _policy: Policy) -> datetime:
    return due_at


def _soon(due_at: datetime, _near: int, _policy: Policy) -> datetime:
    return due_at - SOON


def _cutoff(due_at: datetime, _near: int, policy: Policy) -> datetime:
    return due_at - timedelta(minutes=policy.confirmation_warning_minutes)


_LATE = "”{title}” skulle ha varit klar {day}."
_NOT_SENT = "Bekräftelsen till Kronofogden är inte skickad."

LADDERS: dict[str, Ladder] = {
    ladder.name: ladder
    for ladder in (
        Ladder(
            "task",
            "handboken 4",
            (
                Rung(
                    "due_today",
                    Audience.HOLDER,
                    _day_before(0),
                    "”{title}” ska vara klar {day}.",
                    is_before=True,
                ),
                Rung("overdue", Audience.HOLDER, _when_due, _LATE),
                Rung("overdue_unit", Audience.UNIT, _day_after(0), _LATE, rest_days=1),
                Rung("overdue_substitute", Audience.SUBSTITUTE, _day_after(1), _LATE, rest_days=1),
                Rung("overdue_head", Audience.HEAD, _day_after(2), _LATE, ESCALATION, rest_days=1),
            ),
        ),
        Ladder(
            "confirmation",
            "SoF 11:3, handboken 7.5",
            (
                Rung(
                    "confirm_soon",
                    Audience.HOLDER,
                    _soon,
                    "Bekräfta till Kronofogden innan kontoret stänger.",
                    is_before=True,
                ),
                Rung("confirm_cutoff", Audience.SUBSTITUTE, _cutoff, _NOT_SENT, is_before=True),
                Rung("overdue", Audience.HOLDER, _when_due, _NOT_SENT),
                Rung("overdue_unit", Audience.UNIT, _when_due, _NOT_SENT),
                Rung("overdue_head", Audience.HEAD, _when_due, _NOT_SENT, ESCALATION),
            ),
        ),
        Ladder(
            "law",
            "SoL 19:6, 20:2-3, handboken 7 faktaruta 2",
            (
                Rung("law_near", Audience.UNIT, _day_before(_NEAR), "Snart: {title}, {day}.", is_before=True),
                Rung("law_last", Audience.UNIT, _day_before(1), "Snart: {title}, {day}.", is_before=True),
                Rung("law_day", Audience.UNIT, _day_before(0), "Sista dagen är {day}: {title}."),
                Rung("law_head", Audience.HEAD, _day_before(0), "Sista dagen är {day}: {title}.", ESCALATION),
            ),
        ),
    )
}
"""Every ladder by name."""


@dataclass(frozen=True, slots=True)
class LegalDate:
    """A date of the law of which nobody is told by a diagram, whose it is, and how early to say so."""

    unit: Unit
    near: int
    """Working days."""


LEGAL_DATES = {
    "D-12": LegalDate(Unit.CHILDREN, 3),
    "D-13": LegalDate(Unit.CHILDREN, 10),
    "D-14": LegalDate(Unit.CHILDREN, 2),
    "D-20": LegalDate(Unit.ADULTS, 2),
}
"""Dates with a ladder of their own, by rule."""
TOLD_BY_A_DIAGRAM = {
    "D-01": "vaka-over-fristen",
    "D-03": "vaka-over-fristen",
    "D-09": "vaka-over-fristen",
    "D-10": "underrattelse-kronofogden",
    "D-15": "folj-upp-barn",
    "D-18": "bevaka-avhysningsdag",
}
"""Dates that a process watches and warns of itself; a second word would only be noise."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that is to be done: which ladder it has, when it is due, and how far up the ladder it is."""

    ladder: str
    due_at: datetime
    since: datetime
    """When it came up."""
    near: int = 0
    """For a date of the law: how many working days before it the first word is said."""
    passed: str = ""
    """The last rung that is behind; empty = none."""
    told_at: datetime | None = None
    """When anybody was last told, on whatever rung."""
    rests_until: datetime | None = None
    """Put aside until then (sv. vilande); nobody is reminded meanwhile."""


@dataclass(frozen=True, slots=True)
class NextWord:
    """The rung that comes next and the instant from which on it may be told."""

    rung: Rung
    at: datetime


def ladder_of_task(step: str) -> str:
    """The name of the ladder for the task of this step."""
    return "confirmation" if step == CONFIRMATION_STEP else "task"


def next_word(matter: Matter, now: datetime, policy: Policy) -> NextWord | None:
    """What is to be said next about the matter; None when its ladder is at the end.

    A rung that only makes sense before the due instant is left out when that has passed, or when the next one would
    say the same at the same time.
    """
    rungs = LADDERS[matter.ladder].rungs
    keys = [rung.key for rung in rungs]
    first = keys.index(matter.passed) + 1 if matter.passed else 0
    for rung, later in zip_longest(rungs[first:], rungs[first + 1 :]):
        planned = rung.when(matter.due_at, matter.near, policy)
        at = max(filter(None, (planned, matter.rests_until, _rested(matter, rung, policy))))
        if rung.is_before and (planned < matter.since or max(at, now) >= _end_of(matter, policy)):
            continue
        if rung.is_before and later is not None and _says_the_same(rung, later, matter, now, policy):
            continue
        return NextWord(rung, at)
    return None


def _says_the_same(rung: Rung, later: Rung, matter: Matter, now: datetime, policy: Policy) -> bool:
    """The next rung tells the same people to look ahead, and its time has come as well: one word is enough."""
    is_same = (rung.to, rung.text) == (later.to, later.text)
    return is_same and later.when(matter.due_at, matter.near, policy) <= now


def _end_of(matter: Matter, policy: Policy) -> datetime:
    """From when on a word that looks ahead has nothing true to say any more."""
    if matter.ladder == "law":
        return calendar.start_of_day(_last_office_day(matter.due_at, policy))
    return matter.due_at


def _rested(matter: Matter, rung: Rung, policy: Policy) -> datetime | None:
    if not rung.rest_days or matter.told_at is None:
        return None
    told_on = swedish_day(matter.told_at)
    return _morning(calendar.working_days_after(told_on, rung.rest_days, policy.local_closed_days), policy)
