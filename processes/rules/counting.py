"""Counting from a day, one written-down step at a time, so that the sum can be shown and done again.

`Counting.from_later(served, posted).weeks(3).rolled()` gives the day and the steps that led there. `repeat_steps` does
the same steps anew from the starting days, which is how an explanation proves its date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from processes.rules import calendar

CLOSED = "kontoret stängt"
"""Why a local closed day is passed over; told apart from the days that the law passes over."""


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """A day that was passed over when counting, and why (Swedish)."""

    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the counting: what was done, how many, and the day it led to."""

    operation: str
    """A key of `_OPERATIONS`, or latest or earliest, which pick the day to begin with."""
    number: int
    result: date
    skipped: tuple[SkippedDay, ...] = ()

    def as_text_sv(self) -> str:
        """The step as a Swedish sentence, with the days that it passed over."""
        one, several = _PHRASES[self.operation]
        phrase = one if self.number == 1 else several.format(n=self.number)
        text = f"{phrase}: {calendar.in_swedish(self.result)}."
        if self.skipped:
            text += (
                " Hoppar över " + ", ".join(f"{day.on.isoformat()} ({day.why})" for day in self.skipped) + "."
            )
        return text

    def to_json(self) -> dict[str, Any]:
        """The step as JSON values."""
        return {
            "operation": self.operation,
            "number": self.number,
            "result": self.result.isoformat(),
            "skipped": [{"on": day.on.isoformat(), "why": day.why} for day in self.skipped],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Step:
        """The step that `to_json` wrote."""
        skipped = tuple(SkippedDay(date.fromisoformat(day["on"]), day["why"]) for day in kept["skipped"])
        return cls(kept["operation"], kept["number"], date.fromisoformat(kept["result"]), skipped)


_LAW_1, _LAW_2 = "lag 1930:173 1 §", "lag 1930:173 2 §"
_PHRASES = {
    "latest": ("Tiden räknas från", "Tiden räknas från den senare händelsen"),
    "earliest": ("Dagen är", "Den tidigare dagen gäller"),
    "days": ("En dag senare", "{n} dagar senare"),
    "weeks": (
        f"En vecka senare, samma veckodag ({_LAW_1})",
        f"{{n}} veckor senare, samma veckodag ({_LAW_1})",
    ),
    "months": (
        f"En månad senare, samma dagnummer ({_LAW_1})",
        f"{{n}} månader senare, samma dagnummer ({_LAW_1})",
    ),
    "years": (f"Ett år senare, samma datum ({_LAW_1})", f"{{n}} år senare, samma datum ({_LAW_1})"),
    "roll": ("", f"Sista dagen för att göra något, flyttad till nästa vardag om dagen är ledig ({_LAW_2})"),
    "working_days": ("En arbetsdag senare", "{n} arbetsdagar senare"),
    "working_days_back": ("En arbetsdag tidigare", "{n} arbetsdagar tidigare"),
    "office_day": ("", "En dag då kontoret är öppet"),
    "rent_day": ("", "Nästa hyra ska betalas senast sista vardagen före månadsskiftet (JB 12:20)"),
    "weekdays_strict": ("En vardag senare, lördag inräknad", "{n} vardagar senare, lördag inräknad"),
}
"""The sentence for one and for several."""

_Operation = Callable[[date, int, frozenset[date]], date]
_OPERATIONS: dict[str, _Operation] = {
    "days": lambda day, n, _closed: day + timedelta(days=n),
    "weeks": lambda day, n, _closed: calendar.add_weeks(day, n),
    "months": lambda day, n, _closed: calendar.add_months(day, n),
    "years": lambda day, n, _closed: calendar.add_years(day, n),
    "roll": lambda day, _n, _closed: calendar.roll(day),
    "working_days": calendar.working_days_after,
    "working_days_back": calendar.working_days_before,
    "office_day": lambda day, _n, closed: calendar.office_day_from(day, closed),
    "rent_day": lambda day, _n, _closed: calendar.next_rent_day(day),
    "weekdays_strict": lambda day, n, _closed: calendar.weekdays_after(day, n),
}
_PASSES_OVER = {"working_days", "working_days_back", "weekdays_strict"}


def take_step(operation: str, number: int, day: date, closed_days: Iterable[date] = ()) -> Step:
    """One step of counting from `day`; KeyError if there is no such operation."""
    closed = frozenset(closed_days)
    result = _OPERATIONS[operation](day, number, closed)
    if operation in ("roll", "office_day"):
        passed = [day + timedelta(days=n) for n in range((result - day).days)]
    elif operation in _PASSES_OVER:
        low, high = sorted((day, result))
        between = [low + timedelta(days=n) for n in range(1, (high - low).days)]
        passed = [d for d in between if _why_skipped(operation, d, closed)]
    else:
        passed = []
    skipped = tuple(SkippedDay(d, _why_skipped(operation, d, closed) or "") for d in passed)
    return Step(operation, number, result, skipped)


def _why_skipped(operation: str, day: date, closed: frozenset[date]) -> str | None:
    if operation == "weekdays_strict":
        return calendar.holiday_name(day)
    return calendar.roll_reason(day) or (CLOSED if day in closed else None)


def repeat_steps(steps: Sequence[Step], starts: Sequence[date]) -> date | None:
    """Do `steps` again from `starts`; None if there are no steps. ValueError if the first step picks no start."""
    if not steps:
        return None
    first, *rest = steps
    if first.operation not in ("latest", "earliest"):
        raise ValueError(f"counting begins by picking a starting day, not with {first.operation}")
    day = max(starts) if first.operation == "latest" else min(starts)
    for step in rest:
        closed = [skipped.on for skipped in step.skipped if skipped.why == CLOSED]
        day = take_step(step.operation, step.number, day, closed).result
    return day


@dataclass(frozen=True, slots=True)
class Counting:
    """A sum in progress: the day reached so far and the steps that led there; every method gives a new one."""

    steps: tuple[Step, ...]

    @property
    def day(self) -> date:
        """The day reached so far."""
        return self.steps[-1].result

    @classmethod
    def from_later(cls, *days: date) -> Self:
        """Begin at the latest of `days`."""
        return cls((Step("latest", len(days), max(days)),))

    @classmethod
    def from_earlier(cls, *days: date) -> Self:
        """Begin at the earliest of `days`."""
        return cls((Step("earliest", len(days), min(days)),))

    def then(self, operation: str, number: int = 0, closed_days: Iterable[date] = ()) -> Counting:
        """Go on with one more step."""
        return Counting((*self.steps, take_step(operation, number, self.day, closed_days)))

    def days(self, number: int) -> Counting:
        """`number` calendar days later."""
        return self.then("days", number)

    def weeks(self, number: int) -> Counting:
        """The same weekday `number` weeks later (lag 1930:173 1 §)."""
        return self.then("weeks", number)

    def months(self, number: int) -> Counting:
        """The same day number `number` months later (lag 1930:173 1 §)."""
        return self.then("months", number)

    def years(self, number: int) -> Counting:
        """The same date `number` years later (lag 1930:173 1 §)."""
        return self.then("years", number)

    def rolled(self) -> Counting:
        """Moved to the next working day if the last day is a day off (lag 1930:173 2 §)."""
        return self.then("roll")
