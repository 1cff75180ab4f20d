"""Holds what has changed in a case against the lines that its journal has got meanwhile: no change goes untold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

from processes.models import Base, Case, Consent, EmergencyAccess, Letter, Notice, Person, Task
from tests.any_order.picture import Picture

TOLD_AS_VALUES: dict[type[Base], tuple[str, ...]] = {
    Case: ("responsible_id", "substitute_id", "phase"),
    Consent: ("withdrawn_at", "valid_until"),
    Letter: ("sent_at", "channel", "item_number", "sent_by_id", "returned_at", "returned_why"),
    Notice: ("received_at", "stance", "grounds", "informant"),
    Person: ("protection", "died_on"),
}
"""Columns of which every change is a line that says from what to what."""
UNSENT = SimpleNamespace(
    sent_at=None, channel="", item_number="", sent_by_id=None, returned_at=None, returned_why=""
)
"""What every letter is when it is written, although the step that writes it may send it at once."""
RESTS, RETURNS = "task_rests", "task_returned"


def untold_changes(before: Picture, after: Picture) -> Iterator[str]:
    """What has changed since `before` without a line in the journal that says so."""
    known = {line.id for line in before.rows.get("journal_entries", ())}
    lines = [line for line in after.rows["journal_entries"] if line.id not in known]
    yield from _untold_values(before, after, lines)
    yield from _untold_rests(before, after, lines)
    emergencies = Counter(one.case_id for one in after.of(EmergencyAccess))
    told = Counter(line.case_id for line in after.rows["journal_entries"] if line.what == "access_emergency")
    if emergencies != told:
        yield f"cases were opened in emergencies {dict(emergencies)} times, by their journals {dict(told)}"


def _untold_values(before: Picture, after: Picture, lines: list[Any]) -> Iterator[str]:
    last = {
        (line.subject.removesuffix("_id"), line.details["row"]): line.details["to"]
        for line in lines
        if line.what == "value_changed"
    }
    for model, columns in TOLD_AS_VALUES.items():
        old = before.by_id(model)
        for row in after.of(model):
            earlier = old.get(row.id, UNSENT if model is Letter else row)
            for column in columns:
                was, now = getattr(earlier, column), getattr(row, column)
                subject = f"{model.__tablename__}.{column.removesuffix('_id')}"
                told = last.get((subject, row.id), was)
                if was != now and _plain(told) != _plain(now):
                    yield f"{model.__tablename__} {row.id}: {column} is {now}, and no line says so"


def _untold_rests(before: Picture, after: Picture, lines: list[Any]) -> Iterator[str]:
    last = {line.details["task"]: line.what for line in lines if line.what in (RESTS, RETURNS)}
    old = before.by_id(Task)
    for task in after.of(Task, status="open"):
        rested = old[task.id].on_hold_until if task.id in old else None
        if task.on_hold_until != rested:
            wanted = RETURNS if task.on_hold_until is None else RESTS
            if last.get(task.id) != wanted:
                yield f"{task.step} of task {task.id} rests until {task.on_hold_until}, and no line says so"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
