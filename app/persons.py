"""The page of one person's file in a case: what belongs to that person alone, and nothing that concerns another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template

from app.journal import Told, Words
from app.labels import label
from app.web import running_system, signed_in
from processes.models import Caseworker, CorrectionNote, Event
from processes.queries.cases import get_case
from processes.queries.choices import choices_in
from processes.queries.corrections import About, notes_in
from processes.queries.personal_files import Entry, PersonalFile, file_of
from processes.queries.persons_seen import Sight, sight_of
from processes.queries.tasks import tasks_of_case
from processes.unit_of_work import UnitOfWork

pages = Blueprint("persons", __name__, url_prefix="/arenden")


@dataclass(frozen=True)
class FileLine:
    """One entry of the file as a person reads it."""

    at: datetime
    title: str
    told: Told
    about: About


@dataclass(frozen=True)
class NoteShown:
    """A correction or objection, without what it says of others."""

    kind: str
    at: datetime
    by: Caseworker
    text: str
    reason: str


@pages.get("/<id:case_id>/personer/<id:person_id>")
def show(case_id: int, person_id: int) -> str:
    """The file of one person."""
    with running_system().reading() as work:
        caseworker = signed_in(work)
        case = get_case(work.session, case_id, caseworker, work.now)
        sight = sight_of(work.session, case, caseworker, work.now, work.policy)
        file = file_of(work.session, case, person_id)
        words = Words(work, tasks_of_case(work.session, case.id), sight)
        return render_template(
            "persons/person.html",
            case=case,
            sight=sight,
            person=next(one for one in sight.persons if one.id == person_id),
            file=file,
            own=list(_lines(file, file.own, words, sight)),
            shared=list(_lines(file, file.shared, words, sight)),
            choices=choices_in(work.session, case, caseworker, work.now),
            notes=_notes(work, file),
        )


def _notes(work: UnitOfWork, file: PersonalFile) -> dict[About, list[NoteShown]]:
    """What stands beside the entries of this file; an objection is in the file of whom it came from alone."""
    return {
        about: [_shown(note, file) for note in notes if note.person_id in (None, file.person.id)]
        for about, notes in notes_in(work.session, file.person.case_id).items()
    }


def _shown(note: CorrectionNote, file: PersonalFile) -> NoteShown:
    said = file.only_about({"text": note.text, "reason": note.reason})
    return NoteShown(note.kind, note.at, note.by, said["text"], said["reason"])


def _lines(file: PersonalFile, entries: Iterable[Entry], words: Words, sight: Sight) -> Iterator[FileLine]:
    """The newest first; what was said in a task stands once, with the task."""
    for entry in reversed(list(entries)):
        source = entry.source
        if isinstance(source, Event):
            if source.task_id is None:
                told = sight.told(words.asked_in_event(source, file.only_about(entry.said)))
                yield FileLine(entry.at, label("event", source.name), told, ("event", source.id))
        else:
            told = sight.told(words.asked_in_task(source.id, file.only_about(entry.said)))
            yield FileLine(entry.at, source.title, told, ("task", source.id))
