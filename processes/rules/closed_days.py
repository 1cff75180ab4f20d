"""The municipality's own closed days, read from a file: days on which an office is shut though the law has no holiday.

    [alla]                          # every administration
    2026-05-15 = "Klämdag"
    [hisingen]                      # one administration, by its key
    2026-06-05 = "Planeringsdag"

They move what we set ourselves, never a day of the law (lag 1930:173).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from processes.errors import SettingRefused
from processes.rules import calendar

EVERYWHERE = "alla"
"""The heading under which days stand that hold for every administration."""
MOST_IN_A_ROW = 10
"""More closed office days than this one after another are most likely a mistake; no office is shut for so long."""

ClosedDays = Mapping[str, frozenset[date]]
"""The closed days by the key of the administration; those for everybody under EVERYWHERE."""


def read_closed_days(text: str) -> ClosedDays:
    """Read the file. Raises SettingRefused with every problem, one sentence each."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingRefused(f"KVARBOENDE_CLOSED_DAYS: the file is not TOML: {error}.") from error
    problems = [problem for heading, days in told.items() for problem in _problems(heading, days)]
    found = (
        {} if problems else {heading: frozenset(map(date.fromisoformat, told[heading])) for heading in told}
    )
    everywhere = found.get(EVERYWHERE, frozenset())
    problems += [
        f"[{heading}] shuts the office for more than {MOST_IN_A_ROW} office days in a row"
        for heading, days in found.items()
        if _longest_row(days | everywhere) > MOST_IN_A_ROW
    ]
    if problems:
        raise SettingRefused("\n".join(f"KVARBOENDE_CLOSED_DAYS: {problem}." for problem in problems))
    return found


def closed_in(closed: ClosedDays, administration: str) -> frozenset[date]:
    """The days on which the administration's office is shut, beside Saturdays, Sundays, holidays and eves."""
    return closed.get(EVERYWHERE, frozenset()) | closed.get(administration, frozenset())


def _problems(heading: str, days: Any) -> Iterator[str]:
    if not isinstance(days, dict):
        yield f"{heading} stands under no heading; begin with [{EVERYWHERE}] or an administration's key"
        return
    for text, why in days.items():
        try:
            on = date.fromisoformat(text)
        except ValueError:
            yield f"[{heading}] {text} is no day; write it 2026-05-15"
            continue
        if not isinstance(why, str) or not why.strip():
            yield f"[{heading}] {text} must say why, in quotation marks"
        reason = calendar.roll_reason(on)
        if reason is not None:
            yield f"[{heading}] {text} is a day off already ({reason})"


def _longest_row(days: frozenset[date]) -> int:
    """How many office days in a row are shut; weekends and holidays between them do not end the row."""
    longest = row = 0
    first, last = min(days, default=date.max), max(days, default=date.min)
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        if calendar.is_working_day(on):
            row = row + 1 if on in days else 0
            longest = max(longest, row)
    return longest
