"""Reads a day that somebody has typed and that must lie ahead, but not too far."""

from __future__ import annotations

from datetime import date

from processes.clock import swedish_day
from processes.errors import AnswersRefused
from processes.rules.suspension import LONGEST_DAYS
from processes.unit_of_work import UnitOfWork


def day_ahead(work: UnitOfWork, field: str, typed: str) -> date:
    """The Swedish day, `2026-03-02`, after today and within a quarter. Raises AnswersRefused for the field."""
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise AnswersRefused({field: "Skriv dagen som ÅÅÅÅ-MM-DD, till exempel 2026-03-02."}) from None
    days = (day - swedish_day(work.now)).days
    if days < 1:
        raise AnswersRefused({field: "Välj en dag efter i dag."})
    if days > LONGEST_DAYS:
        raise AnswersRefused({field: "Välj en dag inom tre månader."})
    return day
