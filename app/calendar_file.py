"""Writes a calendar as other programs read it (iCalendar, RFC 5545 and 7986): case numbers and kinds of dates only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from processes.models import ToldDate

if TYPE_CHECKING:
    from icalendar import Event

OURS = UUID("6f4b6d0e-2f0c-4bb5-9d5a-1f1f3c0a7c11")
"""The name space of our events' identities: the same date has the same one in every calendar and for ever."""
LASTS = timedelta(hours=1)
"""How long a visit is shown; nobody says beforehand how long it will take."""
ASK_AGAIN = timedelta(hours=1)


def calendar_file(name: str, dates: Sequence[ToldDate], address_of: Callable[[int], str]) -> bytes:
    """The calendar as a file; `address_of` answers the address of a case by its id, which asks who one is."""
    from icalendar import Calendar  # noqa: PLC0415 -- slow to load, and only a subscription to a calendar needs it
    from icalendar.prop import vDuration  # noqa: PLC0415 -- likewise

    calendar = Calendar()
    calendar.add("prodid", "-//Kvarboende//Kalender//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(ASK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN))
    for date in dates:
        calendar.add_component(_event(date, address_of(date.case_id)))
    return bytes(calendar.to_ical())


def _event(date: ToldDate, address: str) -> Event:
    import icalendar  # noqa: PLC0415 -- likewise

    event = icalendar.Event()
    event.add("uid", f"{uuid5(OURS, f'{date.number}/{date.key}')}@kvarboende")
    event.add("dtstamp", date.changed_at)
    event.add("last-modified", date.changed_at)
    event.add("sequence", date.sequence)
    event.add("summary", f"{date.number} {date.kind}{' (preliminärt)' if date.is_tentative else ''}")
    event.add("class", "PRIVATE")
    event.add("url", address)
    if date.at is None:
        event.add("dtstart", date.on)
        event.add("dtend", date.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", date.at.astimezone(UTC))
        event.add("dtend", date.at.astimezone(UTC) + LASTS)
    if date.is_cancelled:
        event.add("status", "CANCELLED")
    else:
        event.add("status", "TENTATIVE" if date.is_tentative else "CONFIRMED")
    return event
