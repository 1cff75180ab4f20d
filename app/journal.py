"""The journal as a person reads it: who did what, what was said, and what followed from it by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.labels import label
from app.lookups import journal_subjects
from processes.actions.events import EVENT_FORMS, shared_form
from processes.actions.handing_over import NOTE
from processes.actions.notices import NOTICE_EVENT
from processes.actions.tasks import form_of
from processes.errors import DiagramNotFound
from processes.forms import Field, Form, Kind
from processes.models import Event, JournalEntry, Notice, Task
from processes.queries.cases import CaseFile
from processes.queries.corrections import About
from processes.queries.diagrams import Published, current_version
from processes.queries.persons_seen import Sight
from processes.queries.tasks import tasks_of_case
from processes.unit_of_work import UnitOfWork

Told = Sequence[tuple[Field, Any]]
"""Questions in the words of their form, each with what was answered."""


@dataclass(frozen=True)
class JournalLine:
    """One thing that somebody did or that the system did, and what was said."""

    entry: JournalEntry
    subject: str
    told: Told = ()
    is_folded: bool = False
    """What was said is long, or stands with the task in which it was said."""
    about: About | None = None
    """The record that the line tells of, beside which corrections stand."""
    is_taken_back: bool = False
    """What was recorded was a mistake and counts no longer."""
    instead: Sequence[Told] = ()
    """Of a correction: what was recorded in place of what was wrong."""


@dataclass
class JournalMoment:
    """What happened at one instant by one person's doing."""

    lines: list[JournalLine] = field(default_factory=list)
    followed: list[JournalLine] = field(default_factory=list)
    """What the system did because of it: new dates, processes that began or ended."""

    @property
    def head(self) -> JournalEntry:
        return (self.lines or self.followed)[0].entry


def journal_of(work: UnitOfWork, file: CaseFile, sight: Sight) -> list[JournalMoment]:
    """The case's journal as the viewer may see it, the newest moment first; within a moment as it happened."""
    moments: list[JournalMoment] = []
    for line in _lines(work, file, sight):
        if not moments or _begins_anew(moments[-1], line.entry):
            moments.append(JournalMoment())
        by_itself = line.entry.by_id is None and line.entry.what != "event_recorded"
        (moments[-1].followed if by_itself else moments[-1].lines).append(line)
    return moments[::-1]


def _begins_anew(moment: JournalMoment, entry: JournalEntry) -> bool:
    if entry.at != moment.head.at:
        return True
    if entry.by_id is None or not moment.lines:
        return False
    return entry.by_id != moment.head.by_id or entry.what != "event_recorded"


def _lines(work: UnitOfWork, file: CaseFile, sight: Sight) -> Iterator[JournalLine]:
    subject_of = journal_subjects(work, file.case.id)

    def seen_subject(entry: JournalEntry) -> str:
        """Some subjects are a person's own words, such as why somebody has a conflict of interest."""
        return sight.text(subject_of(entry))

    words = Words(work, tasks_of_case(work.session, file.case.id), sight)
    events = {event.id: event for event in file.events}
    for entry in reversed(file.journal):
        if entry.what == "event_recorded":
            event = events.get(entry.details.get("event", 0))
            told = words.of_event(event) if event else ()
            yield JournalLine(
                entry,
                label("event", entry.subject),
                told,
                is_folded=_was_said_in_a_task(event),
                about=("event", event.id) if event else None,
                is_taken_back=event is not None and event.corrected_by_id is not None,
            )
        elif entry.what == "event_corrected":
            old = events.get(entry.details.get("event", 0))
            new = [events[one] for one in entry.details.get("instead", ()) if one in events]
            told = words.of_event(old) if old else ()
            yield JournalLine(entry, subject_of(entry), told, instead=[words.of_event(one) for one in new])
        elif entry.what == "task_completed":
            told = words.of_task(entry.details.get("task"))
            about = ("task", entry.details["task"]) if "task" in entry.details else None
            yield JournalLine(entry, seen_subject(entry), told, is_folded=True, about=about)
        else:
            yield JournalLine(entry, seen_subject(entry))


def _was_said_in_a_task(event: Event | None) -> bool:
    """A note on a task was said beside its form, and stands nowhere else in the journal."""
    return event is not None and event.task_id is not None and event.name != NOTE


class Words:
    """The forms in which a case's events and tasks were told, each looked up once."""

    def __init__(self, work: UnitOfWork, tasks: Iterable[Task], sight: Sight) -> None:
        self._work = work
        self._sight = sight
        self._tasks = {task.id: task for task in tasks}
        self._forms: dict[int, Form] = {}
        self._by_hand = self._shared()

    def of_task(self, task_id: int | None) -> Told:
        """The questions of the task with their answers, as far as the viewer may see them."""
        answers = self._tasks[task_id].answers or {} if task_id in self._tasks else {}
        return self._sight.told(self.asked_in_task(task_id, answers))

    def of_event(self, event: Event) -> Told:
        """What the event says, as far as the viewer may see it."""
        return self._sight.told(self.asked_in_event(event, event.payload))

    def asked_in_task(self, task_id: int | None, answers: Mapping[str, Any]) -> Told:
        """The questions of the task with these answers."""
        form = self._form(task_id)
        return (
            [(one, answers[one.name]) for one in form.fields.values() if one.name in answers] if form else ()
        )

    def asked_in_event(self, event: Event, said: Mapping[str, Any]) -> Told:
        """What is said, in the words of the form in which the event was told; what has no words is left out."""
        form = self._form(event.task_id)
        fields = _payload_fields(form, event.name) if form else {}
        shared = self._by_hand.forms.get(event.name) if self._by_hand else None
        if shared is not None:
            fields = shared.fields | fields
        return [(fields[key], value) for key, value in said.items() if key in fields]

    def _shared(self) -> Published | None:
        session = self._work.session
        try:
            return self._work.diagrams.get(session, EVENT_FORMS, current_version(session, EVENT_FORMS))
        except DiagramNotFound:
            return None

    def _form(self, task_id: int | None) -> Form | None:
        if task_id is None or task_id not in self._tasks:
            return None
        if task_id not in self._forms:
            task = self._tasks[task_id]
            running = task.instance
            published = self._work.diagrams.get(
                self._work.session, running.process_key, running.diagram_version
            )
            self._forms[task_id] = form_of(published, task.step)
        return self._forms[task_id]


def asked(fields: Iterable[Field], answers: Mapping[str, Any], sight: Sight) -> Told:
    """The questions that were answered, each with its answer as far as the viewer may see it, in form order."""
    return sight.told((one, answers[one.name]) for one in fields if one.name in answers)


def as_stated(work: UnitOfWork, notice: Notice, sight: Sight) -> Told:
    """What was typed when the notice came in, in the words of the intake form, as far as the viewer may see it."""
    form = shared_form(work, NOTICE_EVENT).given("kind", notice.kind)
    return asked(form.fields.values(), notice.as_stated, sight)


def _payload_fields(form: Form, event: str) -> dict[str, Field]:
    """Per key of the event's payload the field of the form that was asked."""
    asked = {
        key: form.fields[name]
        for rule in form.event_rules
        if rule.name == event
        for key, name in rule.payload_fields.items()
    }
    rows = [one for one in form.fields.values() if one.kind is Kind.ROWS and one.event == event]
    return asked | {column.name: column for one in rows for column in one.columns}
