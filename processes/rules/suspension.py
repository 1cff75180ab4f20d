"""What goes on in a suspended case: time stands still for the processes, but never for the law.

A head of unit may suspend a case (sv. pausa): nobody completes its tasks and its timers are held until it is resumed.
Dates of the law and of Kronofogden are not the authority's to suspend. They are worked out as always, whoever watches
them by a process or a ladder of reminders goes on doing so, and a task that such a date stands behind may be done.
"""

from __future__ import annotations

from processes.rules.due_dates import SET_BY_LAW
from processes.rules.reminders import TOLD_BY_A_DIAGRAM

LONGEST_DAYS = 92
"""Longer than a quarter a case is not suspended in one go: somebody must have looked at it."""
WATCHES_THE_LAW = frozenset(TOLD_BY_A_DIAGRAM.values())
"""Drawings whose timers watch a date of the law or of Kronofogden."""


def timer_goes_on(process_key: str) -> bool:
    """Whether a timer of this drawing goes off in a suspended case too."""
    return process_key in WATCHES_THE_LAW


def task_goes_on(process_key: str, *due_rules: str) -> bool:
    """Whether a task of this drawing, due by these rules, may be done in a suspended case and is reminded of."""
    return process_key in WATCHES_THE_LAW or any(rule in SET_BY_LAW for rule in due_rules)
