"""What the names that a diagram uses mean, in Swedish: due rules, gates, case events and processes."""

from __future__ import annotations

from processes.rules.due_dates import COUNTED, DUE_RULES
from processes.rules.events import EVENTS
from processes.rules.gates import GATES


def due_rule_in_words(name: str) -> str:
    """`in_days_7` as a process owner reads it, with the name behind; the name alone if there is no such rule."""
    counted = COUNTED.fullmatch(name)
    if name in DUE_RULES:
        return f"{DUE_RULES[name].meaning} ({name})"
    if counted:
        unit = "arbetsdagar" if counted["unit"] == "working_days" else "dagar"
        return f"inom {counted['count']} {unit} ({name})"
    return name


def gate_in_words(text: str) -> str:
    """The gates of a step by their titles, with their names behind."""
    return ", ".join(f"{GATES[name].title} ({name})" if name in GATES else name for name in text.split())


def event_in_words(name: str | None) -> str:
    """The case event by its label, with its name behind."""
    event = EVENTS.get(name or "")
    return f"{event.label} ({event.name})" if event else name or ""
