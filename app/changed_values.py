"""The words of the journal for a value that changed: what it is called, what it was and what it became."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.display import amount, moment, short_day
from app.labels import label
from app.texts import t
from processes.models import JournalEntry

FAMILIES = {
    "cases.phase": "phase",
    "cases.outcome": "outcome",
    "letters.channel": "channel",
    "notices.stance": "stance",
    "notices.grounds": "ground",
    "notices.informant": "informant",
    "persons.protection": "protection",
}
"""Which code a changed column holds."""
PEOPLE = frozenset({"cases.responsible", "cases.substitute", "letters.sent_by_id"})
MONEY = frozenset({"notices.amount_due"})


def changed_words(line: JournalEntry, names: Mapping[int, str]) -> str:
    """What a line of the journal says of a value that changed: its name, and from what to what."""
    name = label("changed", line.subject)
    was, becomes = (_written(line.subject, line.details.get(key), names) for key in ("from", "to"))
    if was and becomes:
        return t("{name}, från {was} till {becomes}", name=name, was=was, becomes=becomes)
    if becomes:
        return f"{name}: {becomes}"
    return t("{name}, togs bort: {was}", name=name, was=was) if was else name


def _written(column: str, value: Any, names: Mapping[int, str]) -> str:
    if value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return t("Ja") if value else t("Nej")
    if column in PEOPLE:
        return names.get(value, "")
    if column in MONEY:
        return f"{amount(value)} kr"
    if column in FAMILIES:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(label(FAMILIES[column], code) for code in codes)
    return _day_or_instant(str(value))


def _day_or_instant(value: str) -> str:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return value
    return moment(value) if "T" in value else short_day(value)
