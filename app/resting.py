"""What the page of a task shows about letting it rest: until when it may, what was typed, what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import request

from processes.actions.resting import last_day_of_rest
from processes.errors import AnswersRefused
from processes.models import Task
from processes.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Rest:
    """How long the task may rest, and the form as it was typed."""

    back_on: date | None
    """The last day on which it must be back; None when no day of the law is near."""
    before: str
    """What comes then, in Swedish, with its own words for the day."""
    on: date | None
    problems: Mapping[str, str] = field(default_factory=dict)
    """What is wrong with `until` and `reason`, as they were typed."""
    typed: Mapping[str, str] = field(default_factory=dict)


def rest_of(work: UnitOfWork, task: Task, problems: Mapping[str, str] | None = None) -> Rest:
    """What the page shows of the task's rest; with `problems` also what was typed."""
    found = last_day_of_rest(work.snapshot(task.case_id), task, work.now) if task.status == "open" else None
    back_on, before, on = found or (None, "", None)
    return Rest(back_on, before, on, problems or {}, request.form.to_dict() if problems else {})


def typed_date(text: str) -> date:
    """The day that was typed, YYYY-MM-DD. Raises AnswersRefused."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise AnswersRefused({"until": "Skriv dagen så här: 2026-04-01."}) from error
