"""The notes on a task's page: what colleagues have written about it, and the form in which one writes another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import request

from processes.actions.handing_over import NOTE
from processes.models import CorrectionNote, Event, Task
from processes.queries.cases import CaseFile
from processes.queries.corrections import notes_in
from processes.queries.people import names_of
from processes.queries.persons_seen import Sight
from processes.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note as the viewer may see it."""

    at: datetime
    author: str
    text: str
    person: str
    """Whom it is about; empty for nobody in particular."""
    corrections: Sequence[CorrectionNote]
    """What has been written beside it since."""


@dataclass(frozen=True)
class TaskNotes:
    """The notes on a task, and the form as it was typed."""

    handed_over: ShownNote | None
    """What whoever gave the task to its holder wrote at the time."""
    others: Sequence[ShownNote]
    """The newest first."""
    problems: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)


def notes_on(
    work: UnitOfWork, task: Task, file: CaseFile, sight: Sight, problems: Mapping[str, str] | None = None
) -> TaskNotes:
    """The notes on the task; with `problems` also what was typed."""
    written = [event for event in file.events if _stands_on(task, event)]
    names = names_of(work.session, {event.recorded_by_id for event in written})
    beside = notes_in(work.session, task.case_id) if written else {}
    persons = {person.id: person.name for person in sight.persons}

    def shown(event: Event) -> ShownNote:
        said = sight.payload(event.payload)
        return ShownNote(
            at=event.recorded_at,
            author=names.get(event.recorded_by_id or 0, ""),
            text=str(said.get("text", "")),
            person=persons.get(said.get("person") or 0, ""),
            corrections=beside.get(("event", event.id), ()),
        )

    handed = _written_with_the_task(task, file, written)
    return TaskNotes(
        handed_over=shown(handed) if handed else None,
        others=[shown(event) for event in reversed(written) if event is not handed],
        problems=problems or {},
        typed=request.form.to_dict() if problems else {},
    )


def _stands_on(task: Task, event: Event) -> bool:
    """A note that was taken back as a mistake is left to the journal."""
    return event.name == NOTE and event.task_id == task.id and event.corrected_by_id is None


def _written_with_the_task(task: Task, file: CaseFile, written: Sequence[Event]) -> Event | None:
    """The note that its giver wrote when the task was given to who holds it now; `file.journal` is newest first."""
    if task.status != "open" or task.claimed_by_id is None:
        return None
    given = next(
        (
            line
            for line in file.journal
            if line.details.get("task") == task.id and line.what in ("task_assigned", "task_claimed")
        ),
        None,
    )
    if given is None or given.what != "task_assigned":
        return None
    return next(
        (
            one
            for one in reversed(written)
            if (one.recorded_at, one.recorded_by_id) == (given.at, given.by_id)
        ),
        None,
    )
