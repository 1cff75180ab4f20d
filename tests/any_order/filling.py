"""Fills in any form from what the form itself asks for: what must be answered always, the rest now and then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from processes.clock import STOCKHOLM, swedish_day
from processes.forms import Choices, Form
from processes.forms.fields import Field, Kind, holds
from processes.forms.reading import CANNOT_BE_DONE, fields_by_dependence

One = TypeVar("One")
DAYS_BACK = (0, 1, 2, 5, 13, 14, 20, 21, 22, 35)
DAYS_AHEAD = (0, 1, 2, 3, 4, 7, 10, 14, 30, 60, -1, -9)
MINUTES_BACK = (0, 1, 60, 60 * 26, 60 * 24 * 8)
MINUTES_AHEAD = (60, 60 * 26, 60 * 24 * 4, 60 * 24 * 12, 60 * 24 * 70, -60 * 30)
AMOUNTS = ("9450.00", "100.00", "20000.00", "0.00", "4725.50")
NUMBERS = (
    "19121212-1212", "20080302-1237", "20110311-1231", "20191103-2397", "19640823-3234", "",
)  # fmt: skip
"""Fictional: somebody old, two near their 18th and 15th birthdays, a child of six, a grown-up, nobody knows."""


@dataclass
class Dice:
    """Where the choices within one step come from; Hypothesis chooses the steps and the seed of each."""

    chance_of: Random

    def number(self, low: int, high: int) -> int:
        return self.chance_of.randint(low, high)

    def pick(self, among: Sequence[One]) -> One:
        return among[self.number(0, len(among) - 1)]

    def chance(self, one_in: int) -> bool:
        """True once in so many times."""
        return self.number(1, one_in) == one_in


@dataclass
class Filling:
    """One form that is being filled in at an instant, with what the case offers to choose from."""

    dice: Dice
    choices: Choices
    now: datetime
    said: Mapping[str, Any]
    """Answers that are given whatever the dice say."""
    seldom: int = 3
    """What need not be answered is answered once in so many times."""

    def fill(self, form: Form) -> dict[str, Any]:
        """Answers that the form should take, unless the case itself stands in the way."""
        return self._fields(list(form.fields.values()), self.said)

    def _fields(self, fields: Sequence[Field], said: Mapping[str, Any]) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        excused = said.get(CANNOT_BE_DONE) is True
        for field in fields_by_dependence(fields):
            if not holds(field.when, answers):
                continue
            if field.name in said:
                answers[field.name] = said[field.name]
            elif field.name == CANNOT_BE_DONE:
                continue
            elif (
                (field.required and not excused)
                or (field.required and CANNOT_BE_DONE in field.when)
                or (not excused and self.dice.chance(self.seldom))
            ):
                value = self._value(field)
                if value is not None:
                    answers[field.name] = value
        return answers

    def _value(self, field: Field) -> Any:
        if field.kind in (Kind.TEXT, Kind.LONG_TEXT):
            return "Påhittad text."[: field.max_length]
        if field.kind in (Kind.CHOICE, Kind.REFERENCE):
            options = self.choices.for_field(field).options
            return self.dice.pick(options).value if options else None
        if field.kind in (Kind.CHOICES, Kind.REFERENCES):
            return self._several(self.choices.for_field(field))
        if field.kind is Kind.ROWS:
            most = max(field.min_rows, self.dice.number(0, 2))
            return [self._fields(field.columns, {}) for _ in range(most)] or None
        return self._simple(field)

    def _simple(self, field: Field) -> Any:
        match field.kind:
            case Kind.YES_NO | Kind.TICK:
                return field.must_be_yes or self.dice.chance(2)
            case Kind.MONEY:
                return self.dice.pick(AMOUNTS)
            case Kind.DATE:
                return self._day(field).isoformat()
            case Kind.DATE_TIME:
                return self._instant(field)
            case Kind.PERSONAL_NUMBER:
                return self.dice.pick(NUMBERS) or None
        low = int(field.minimum or 0)
        return self.dice.number(low, min(low + 6, int(field.maximum or low + 6)))

    def _several(self, field: Field) -> list[str | int] | None:
        if not field.options:
            return None
        if self.dice.chance(3):
            return [option.value for option in field.options]
        return [self.dice.pick(field.options).value]

    def _day(self, field: Field) -> date:
        today = swedish_day(self.now)
        if field.has_happened:
            return today - timedelta(days=self.dice.pick(DAYS_BACK))
        return today + timedelta(days=self.dice.pick(DAYS_AHEAD))

    def _instant(self, field: Field) -> str:
        minutes = -self.dice.pick(MINUTES_BACK) if field.has_happened else self.dice.pick(MINUTES_AHEAD)
        at = self.now + timedelta(minutes=minutes)
        return at.replace(second=0, microsecond=0).astimezone(STOCKHOLM).isoformat()


def filled(
    dice: Dice, form: Form, choices: Choices, now: datetime, said: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Answers to the form as somebody might give them at `now`; `said` is given whatever the dice say."""
    return Filling(dice, replace(choices, now=now), now, said or {}).fill(form)
