"""What a date is called in a calendar that leaves the house: a few words that say what to do and nothing about anybody.

A calendar is read by programs and on screens that we know nothing of. That a case concerns a child, money or a decision
about somebody is not said there; such dates are only called a deadline, and whoever opens the case sees which.
"""

from __future__ import annotations

from processes.rules.deadlines.register import DEADLINES
from processes.rules.explanation import DeadlineKind

EVICTION = "D-18"
TASK_WORD = "Uppgift"
_NEUTRAL = "Frist"

_WORDS = {
    "D-01": "Sista dag återvinning",
    "D-03": "Sista dag åtagande",
    "D-09": "Sista dag återvinning",
    "D-10": "Bekräfta till Kronofogden",
    "D-16": "Inleda utredning",
    "D-17": "Aktualiseringens längd",
    EVICTION: "Avhysning",
    "D-20": "Senast begära anstånd",
    "D-29": "Uppföljning",
}
_BOOKING_WORDS = {
    "presence": "Vi möts inför avhysningen",
    "home_visit": "Besök",
    "meeting": "Möte",
    "joint_visit": "Gemensamt besök",
}

TOLD_RULES: frozenset[str] = frozenset(
    deadline.id
    for deadline in DEADLINES.values()
    if deadline.kind in (DeadlineKind.ACT, DeadlineKind.LONGEST, DeadlineKind.GUIDE)
    or deadline.id == EVICTION
)
"""The deadlines that a calendar tells: those somebody here has to act on, and the day of the eviction."""


def word_of_deadline(rule: str) -> str:
    """What a deadline (`D-01` to `D-30`) is called in a calendar."""
    return _WORDS.get(rule, _NEUTRAL)


def word_of_booking(kind: str) -> str:
    """What a booked time is called in a calendar; KeyError for a kind that rules/bookings.py does not know."""
    return _BOOKING_WORDS[kind]
