"""Puts together what of a person's file may be handed out to one recipient; what concerns others is not in it.

It stands on the division into files (queries/personal_files.py) and takes away besides: who made a private report,
where the others are as seen from this very recipient, and the entries that a caseworker holds back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.models import (
    Case,
    Consent,
    CorrectionNote,
    Event,
    Letter,
    Notice,
    Person,
    Task,
)
from processes.queries.personal_files import OF_ANOTHER, PersonalFile, file_of, stated_about
from processes.queries.persons_seen import home_line
from processes.rules.event_corrections import CORRECTION
from processes.rules.insight import ABOUT_REPORTER, PRIVATE_INFORMANTS, tells_reporter
from processes.rules.letters import LIVES_ELSEWHERE
from processes.rules.traces import finder_of, traces_of

TAKEN_BACK = "taken_back"
"""The kind of a mark beside an event that was recorded by mistake and counts no longer."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A correction or objection that stands beside a record, with what may be told of it."""

    kind: str
    at: datetime
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExtractEntry:
    """An event or a task of the file, with what may be told of it."""

    source: Event | Task
    at: datetime
    said: Mapping[str, Any]
    notes: Sequence[Beside]

    @property
    def key(self) -> str:
        """Names the entry in a form: `event:12`."""
        return f"{'event' if isinstance(self.source, Event) else 'task'}:{self.source.id}"


@dataclass(frozen=True)
class Extract:
    """What is handed out of one person's file; each attempt to reach the person is an entry like the others."""

    case: Case
    person: Person
    recipient: Person
    entries: Sequence[ExtractEntry]
    """The oldest first; without those that are held back."""
    withheld: int
    """How many entries a caseworker holds back."""
    notices: Sequence[tuple[Notice, Mapping[str, Any]]]
    consents: Sequence[Consent]
    letters: Sequence[tuple[Letter, str]]
    notes: Sequence[Beside]
    """Corrections and objections about the person's own row."""
    shows_address: bool
    """Where the person lives may be told this recipient."""


def extract_of(
    session: Session, case: Case, person_id: int, recipient_id: int, withheld: Collection[str] = ()
) -> Extract:
    """The extract of the person's file for a recipient of the case, mostly the person. Raises PersonNotFound."""
    file = file_of(session, case, person_id)
    recipient = file_of(session, case, recipient_id).person
    kept = _Kept(file, recipient, case)
    notes = _notes(session, case, person_id, kept)
    found = [
        ExtractEntry(
            one.source, one.at, kept.said(one.said), notes.get((_kind(one.source), one.source.id), ())
        )
        for one in _entries(file)
    ]
    notices = {f"notice:{one.id}": (one, kept.stated(one)) for one in _notices(session, file)}
    letters = {f"letter:{one.id}": (one, kept.text(one.text)) for one in file.letters}
    entries = [one for one in found if one.key not in withheld]
    return Extract(
        case=case,
        person=file.person,
        recipient=recipient,
        entries=entries,
        withheld=len({*notices, *letters, *(one.key for one in found)} & set(withheld)),
        notices=[told for key, told in notices.items() if key not in withheld],
        consents=file.consents,
        letters=[told for key, told in letters.items() if key not in withheld],
        notes=notes.get(("person", person_id), ()),
        shows_address=not _lives_elsewhere(recipient) or recipient.id == person_id,
    )


def _entries(file: PersonalFile) -> Iterable[Any]:
    """The person's entries in the order of time, each said once; what is common only for who lives in the home."""
    common = () if _lives_elsewhere(file.person) else file.common
    of_task = {one.source.id for one in (*file.own, *file.shared, *common) if isinstance(one.source, Task)}
    everything = sorted((*file.own, *file.shared, *common), key=lambda one: (one.at, one.source.id))
    for one in everything:
        source = one.source
        is_said_in_task = isinstance(source, Event) and source.task_id in of_task
        is_mark = isinstance(source, Event) and source.name == CORRECTION  # stands beside what it takes back
        if not is_said_in_task and not is_mark and not _is_about_reporter(source):
            yield one


def _is_about_reporter(source: Event | Task) -> bool:
    name = source.name if isinstance(source, Event) else source.process_key
    return name.startswith(ABOUT_REPORTER)


def _notices(session: Session, file: PersonalFile) -> Iterable[Notice]:
    if _lives_elsewhere(file.person):
        return ()
    notices = select(Notice).where(Notice.case_id == file.person.case_id).order_by(Notice.id)
    return session.scalars(notices).all()


def _notes(
    session: Session, case: Case, person_id: int, kept: _Kept
) -> Mapping[tuple[str, int], Sequence[Beside]]:
    """The notes beside each record; another person's objection is another's."""
    found: dict[tuple[str, int], list[Beside]] = {}
    rows = select(CorrectionNote).where(CorrectionNote.case_id == case.id).order_by(CorrectionNote.id)
    for note in session.scalars(rows):
        if note.person_id in (None, person_id):
            told = Beside(note.kind, note.at, kept.text(note.text), kept.text(note.reason))
            found.setdefault((note.about_kind, note.about_id), []).append(told)
    taken_back = select(Event).where(Event.case_id == case.id, Event.name == CORRECTION).order_by(Event.id)
    for event in session.scalars(taken_back):
        told = Beside(TAKEN_BACK, event.recorded_at, "", kept.text(str(event.payload["reason"])))
        found.setdefault(("event", int(event.payload["event"])), []).append(told)
    return found


def _kind(source: Event | Task) -> str:
    return "event" if isinstance(source, Event) else "task"


def _lives_elsewhere(person: Person) -> bool:
    return bool(person.roles) and set(person.roles) <= LIVES_ELSEWHERE


class _Kept:
    """Takes out of what was said everything that this recipient must not learn."""

    def __init__(self, file: PersonalFile, recipient: Person, case: Case) -> None:
        self._file = file
        secret = set()
        if recipient.id != file.person.id:
            secret = {file.person.own_address, *(one.own_address for one in file.others)}
            secret -= {recipient.own_address}
        if _lives_elsewhere(recipient):
            secret |= {case.dwelling.address, home_line(case.dwelling)}
        self._secrets = finder_of(traces_of(secret - {""}))
        self._hides_home = _lives_elsewhere(recipient)

    def said(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """What was said in an event or a task."""
        said_by = said.get("informant") or said.get("source")
        told = self._file.only_about(said)
        return {key: self._value(value) for key, value in told.items() if not tells_reporter(key, said_by)}

    def stated(self, notice: Notice) -> dict[str, Any]:
        """What was stated in a notice; nothing that a private informant wrote is told in their own words."""
        said_by = notice.informant
        told = stated_about(notice, self._file)
        kept = {key: self._value(value) for key, value in told.items() if not tells_reporter(key, said_by)}
        return {} if said_by in PRIVATE_INFORMANTS else kept

    def text(self, text: str) -> str:
        """A longer text, line by line."""
        return "\n".join(str(self.said({"text": line})["text"]) for line in text.split("\n"))

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return OF_ANOTHER if self._secrets.search(value) else value
        if isinstance(value, Mapping):
            return {key: self._value(one) for key, one in value.items()}
        return [self._value(one) for one in value] if isinstance(value, list) else value
