"""What an event says, read as days, instants and amounts: forms keep dates as text, tests may give real ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from processes.clock import STOCKHOLM, swedish_day
from processes.rules.snapshot import EventSeen


def day_in(payload: Mapping[str, Any], key: str) -> date | None:
    """The Swedish day under `key`, or None if nothing stands there; an instant gives its day in Sweden."""
    value = payload.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return swedish_day(value)
    if isinstance(value, date):
        return value
    text = str(value)
    return date.fromisoformat(text) if len(text) == 10 else swedish_day(_instant(text))


def instant_in(payload: Mapping[str, Any], key: str) -> datetime | None:
    """The instant under `key`, or None; a time without zone is Swedish wall-clock time."""
    value = payload.get(key)
    if value is None or value == "":
        return None
    return value if isinstance(value, datetime) else _instant(str(value))


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant.replace(tzinfo=STOCKHOLM) if instant.tzinfo is None else instant


def amount_in(payload: Mapping[str, Any], key: str) -> Decimal | None:
    """The amount of money in kronor under `key`, or None."""
    value = payload.get(key)
    return None if value is None or value == "" else Decimal(str(value))


def day_of(event: EventSeen, *keys: str) -> date:
    """The day that the event names under the first of `keys` it has, else the day on which it happened."""
    for key in keys:
        found = day_in(event.payload, key)
        if found is not None:
            return found
    return swedish_day(event.at)
