"""Small look-ups that several pages need to put names on things: titles of processes and of steps."""

from __future__ import annotations

from collections.abc import Callable

from app.changed_values import changed_words
from app.deadline_words import journal_words
from app.labels import label
from processes.models import Case, JournalEntry
from processes.queries.diagrams import process_titles as titles_of_processes
from processes.queries.people import staff_names
from processes.queries.tasks import tasks_of_case
from processes.unit_of_work import UnitOfWork

LABELLED = {
    "notice_registered": "notice",
    "letter_": "letter",
    "job_": "job",
    "event_corrected": "event",
}
"""How a line of the journal begins whose subject is a code, and what kind of code."""


def process_titles(work: UnitOfWork) -> Callable[[str], str]:
    """The published title of a process by its key; nothing for a part that is only published with its whole."""
    titles = titles_of_processes(work.session)
    return lambda key: titles.get(key, "")


def journal_subjects(work: UnitOfWork, case_id: int) -> Callable[[JournalEntry], str]:
    """What a line of the case's journal is about: a task, a process, a deadline or an event, by its name."""
    steps = {task.step: task.title for task in tasks_of_case(work.session, case_id)}
    title = process_titles(work)
    names = staff_names(work.session, work.session.get_one(Case, case_id).administration_key)

    def subject(line: JournalEntry) -> str:
        if line.what.startswith("task_"):
            return steps.get(line.subject, line.subject)
        if line.what.startswith("process_"):
            return title(line.subject)
        if line.what.startswith("deadline_"):
            return journal_words(line)
        if line.what == "value_changed":
            return changed_words(line, names)
        if line.what == "file_handed_out":
            return label("file_recipient", line.subject)
        kind = next((kind for start, kind in LABELLED.items() if line.what.startswith(start)), None)
        return label(kind, line.subject) if kind else line.subject

    return subject
