"""Says in plain Swedish what happens next in a case and what it waits for, from what stands in its rows.

It never names a person: whoever reads it over a shoulder learns what is to be done, not about whom.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from processes.rules.events import EVENTS
from processes.rules.units import UNIT_NAMES, Unit


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that somebody is to do."""

    title: str
    units: tuple[str, ...]
    due_at: datetime | None
    is_claimed: bool = False
    is_barred: bool = False
    rests_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """An instant at which a process moves by itself."""

    at: datetime
    name: str
    """What the diagram calls it."""
    then: tuple[str, ...] = ()
    """The steps that can follow at once, by their names."""


@dataclass(frozen=True, slots=True)
class LegalDay:
    """A day that the law or the handbook sets."""

    title: str
    on: date
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class UnitsTurn:
    """What one unit, or two together, are to do."""

    units: tuple[str, ...]
    tasks: tuple[OpenTask, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What happens next in a case."""

    turns: tuple[UnitsTurn, ...]
    """Whose turn it is, the unit with the earliest due date first."""
    news: tuple[str, ...]
    """What a caseworker would record when it happens, in the words of the catalogue."""
    other_parts: tuple[str, ...]
    """What one part of the case waits for another to do."""
    alarms: tuple[Alarm, ...]
    """The earliest first."""
    nearest: LegalDay | None
    """The next legal day, or the latest of those that have passed when none is ahead."""
    has_passed: bool
    otherwise: str
    """What happens if nobody does anything and no news comes."""

    @property
    def summary(self) -> str:
        """One sentence for the top of the page and for print."""
        if not self.turns:
            return "Ingen har något att göra just nu. Ärendet väntar." if self.waits else "Inget återstår."
        count = sum(len(turn.tasks) for turn in self.turns)
        units = list(dict.fromkeys(unit for turn in self.turns for unit in turn.units))
        named = ", ".join(units[:-1]) + " och " + units[-1] if len(units) > 1 else units[0]
        return f"{'En uppgift väntar' if count == 1 else f'{count} uppgifter väntar'} på {named}."

    @property
    def waits(self) -> bool:
        """Whether anything can still move the case."""
        return bool(self.news or self.other_parts or self.alarms)


def outlook(
    *,
    tasks: Iterable[OpenTask],
    messages: Iterable[str],
    alarms: Iterable[Alarm],
    days: Iterable[LegalDay],
    today: date,
    is_closed: bool = False,
) -> Outlook:
    """What happens next; `messages` are the names of the events that the running processes wait for."""
    turns = _turns(tasks)
    known = [EVENTS[name] for name in sorted(set(messages)) if name in EVENTS]
    in_order = tuple(sorted(set(alarms), key=lambda one: (one.at, one.name)))
    nearest, has_passed = _nearest(days, today)
    news = tuple(sorted(one.label for one in known if one.by_hand))
    other_parts = tuple(sorted(one.label for one in known if not one.by_hand))
    return Outlook(
        turns=turns,
        news=news,
        other_parts=other_parts,
        alarms=in_order,
        nearest=nearest,
        has_passed=has_passed,
        otherwise=_otherwise(turns, in_order, waits=bool(known), is_closed=is_closed),
    )


def _turns(tasks: Iterable[OpenTask]) -> tuple[UnitsTurn, ...]:
    of_units: dict[tuple[str, ...], list[OpenTask]] = {}
    in_order = sorted(
        tasks, key=lambda one: (one.due_at is None, one.due_at and one.due_at.timestamp(), one.title)
    )
    for task in in_order:
        of_units.setdefault(task.units, []).append(task)
    return tuple(
        UnitsTurn(tuple(UNIT_NAMES[Unit(unit)] for unit in units), tuple(found))
        for units, found in of_units.items()
    )


def _nearest(days: Iterable[LegalDay], today: date) -> tuple[LegalDay | None, bool]:
    in_order = sorted(days, key=lambda one: (one.on, one.title))
    ahead = [one for one in in_order if one.on >= today]
    if ahead:
        return ahead[0], False
    return (in_order[-1], True) if in_order else (None, False)


def _otherwise(
    turns: tuple[UnitsTurn, ...], alarms: tuple[Alarm, ...], *, waits: bool, is_closed: bool
) -> str:
    if is_closed:
        return "Ärendet är avslutat. En ny underrättelse eller händelse kan öppna det igen."
    if alarms:
        return "Händer inget går ärendet vidare av sig självt när tiden ovan är inne."
    if turns:
        return (
            "Händer inget står ärendet stilla tills uppgifterna är gjorda. Det avslutas aldrig av sig självt."
        )
    if waits:
        return "Händer inget står ärendet stilla tills någon antecknar det som det väntar på."
    return ""
