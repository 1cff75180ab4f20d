"""How the municipality reads the rules on time where the law leaves room; each choice needs its lawyer's approval.

A date that rests on one of these says so (`Explanation.is_interpretation`) and shows what the other reading gives.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interpretations:
    """The readings in force; the defaults are the careful ones."""

    confirmation_may_wait_for_working_day: bool = True
    """A notice from Kronofogden that comes in on a day off is confirmed the next working day (SoF 11:3 read with
    lag 1930:173 2 §). If False it is due the very day, which takes staff on call."""
    child_deadlines_move_to_working_day: bool = False
    """Whether 14 days, four months and one week of SoL 20:2, 20:3 and 19:6 are moved by lag 1930:173 2 §."""
    handover_counts_as_report: bool = True
    """An internal hand-over starts the same clock as a report of concern (SoL 20:2)."""
    saturday_is_weekday: bool = False
    """Whether Saturdays and the three eves count among the two "vardagar" of JB 12:44 second paragraph."""


DEFAULT_INTERPRETATIONS = Interpretations()
