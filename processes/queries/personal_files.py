"""Divides a household's case into one file per person (sv. personakt), since nobody may read what concerns another.

Work is done per household, secrecy holds between its members too: a co-tenant or a guardian may be the very person to
be protected from (OSL 26:1, E-31). An entry belongs to everybody it is about: whom it points at, whom it is written
under, and whose name stands in its text. Only what is about nobody in particular is common. A word for somebody ("the
mother") is seen by no program: whoever hands a file out reads it first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.errors import PersonNotFound
from processes.models import Case, Consent, ContactAttempt, Event, Letter, Notice, Person, Task
from processes.queries.persons_seen import home_line
from processes.queries.tasks import tasks_of_case
from processes.rules.letters import LIVES_ELSEWHERE
from processes.rules.protection import ADDRESS_FIELDS, IDENTITY_FIELDS
from processes.rules.traces import finder_of, finder_of_name, traces_of
from processes.rules.units import Unit

PERSON_KEYS = frozenset(
    {
        "about", "agreed_with", "all_not_opened_children", "child", "children", "children_assessed",
        "children_concerned", "children_met", "children_seen", "follow_up_children", "follow_up_giver", "giver",
        "not_opened_children", "opened_children", "parents", "person", "persons_in_need", "persons_met",
        "persons_supported", "supported_persons", "talked_with", "who_remain",
    }
)  # fmt: skip
"""The questions of forms, and keys of events, whose answer points at persons of the case."""
OF_ANOTHER = "[Uppgift om någon annan]"
"""Stands where something about another person was left out."""
CHILD_ROLES = frozenset({"child", "contact_child"})
ORIGINS = frozenset({"application", "report", "request", "watch"})
"""Scopes that begin with an event and have its id; they are about those whom that event is about."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event or a completed task, and whom it is about."""

    source: Event | Task
    at: datetime
    said: Mapping[str, Any]
    about: frozenset[int]
    """Ids of the persons; empty if it is about nobody in particular."""


@dataclass(frozen=True)
class PersonalFile:
    """What belongs to one person's file, and what is common to the household."""

    person: Person
    own: Sequence[Entry]
    """About this person alone."""
    shared: Sequence[Entry]
    """About this person and others too; `only_about` leaves the others out."""
    common: Sequence[Entry]
    """About nobody in particular: the home, the rent, the dates."""
    consents: Sequence[Consent]
    attempts: Sequence[ContactAttempt]
    letters: Sequence[Letter]
    others: Sequence[Person]
    """The other persons of the case, about whom nothing may leave with this file."""
    not_for_them: frozenset[str]
    """The others' numbers and addresses; for who lives elsewhere the home's address too."""

    def only_about(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """What was said, without everything that points at another person, names one or tells where one is."""
        kept = _Kept(self.person, self.others, self.not_for_them)
        return {key: kept.value(key, value) for key, value in said.items() if not kept.is_foreign(key, value)}


def file_of(session: Session, case: Case, person_id: int) -> PersonalFile:
    """The person's own file in the case. Raises PersonNotFound when the case has no such person."""
    person = next((one for one in case.persons if one.id == person_id), None)
    if person is None:
        raise PersonNotFound(str(person_id))
    entries = entries_of(session, case)
    named = _Names(case.persons)

    def of_case(model: Any, *order: Any) -> Sequence[Any]:
        return session.scalars(select(model).where(model.case_id == case.id).order_by(*order)).all()

    attempts = of_case(ContactAttempt, ContactAttempt.at, ContactAttempt.id)
    return PersonalFile(
        person=person,
        own=[entry for entry in entries if entry.about == {person.id}],
        shared=[entry for entry in entries if person.id in entry.about and len(entry.about) > 1],
        common=[entry for entry in entries if not entry.about],
        consents=[one for one in of_case(Consent, Consent.id) if one.giver_id == person.id],
        attempts=[
            one for one in attempts if ({one.person_id} - {None}) | named.in_text(one.note) == {person.id}
        ],
        letters=[one for one in of_case(Letter, Letter.id) if one.recipient_id == person.id],
        others=[one for one in case.persons if one.id != person.id],
        not_for_them=_not_for(person, case),
    )


def _not_for(person: Person, case: Case) -> frozenset[str]:
    others = [one for one in case.persons if one.id != person.id]
    found = {value for one in others for value in (one.id_number, one.own_address)}
    if person.roles and set(person.roles) <= LIVES_ELSEWHERE:
        found |= {case.dwelling.address, home_line(case.dwelling)}
    return frozenset(found - {"", person.id_number, person.own_address})


def entries_of(session: Session, case: Case) -> list[Entry]:
    """Everything that was recorded or answered in the case, in the order of time, with whom it is about."""
    events = session.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.id)).all()
    about = _About(case.persons, events, tasks_of_case(session, case.id))
    told = [Entry(event, event.at, event.payload, about.event(event)) for event in events]
    done = [
        Entry(task, task.ended_at or task.created_at, task.answers or {}, about.task(task))
        for task in about.tasks.values()
        if task.status == "completed"
    ]
    return sorted(told + done, key=lambda entry: (entry.at, isinstance(entry.source, Task), entry.source.id))


def stated_about(notice: Notice, file: PersonalFile) -> dict[str, Any]:
    """What was stated when a notice came in, without what it says of others than the person of the file."""
    return file.only_about(notice.as_stated)


class _Names:
    """Finds the persons of a case in what was written."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self._patterns = {person.id: finder_of_name(person.name) for person in persons}

    def in_text(self, written: str) -> frozenset[int]:
        """Those whose whole name or first name stands in the text."""
        return frozenset(one for one, pattern in self._patterns.items() if pattern.search(written))

    def anywhere(self, said: Any) -> frozenset[int]:
        """Those named anywhere in an answer."""
        return frozenset().union(*(self.in_text(text) for text in _texts(said)))


class _About:
    """Whom each event and task of a case is about."""

    def __init__(self, persons: Sequence[Person], events: Iterable[Event], tasks: Iterable[Task]) -> None:
        self.tasks = {task.id: task for task in tasks}
        self._events = {event.id: event for event in events}
        self._ids = frozenset(person.id for person in persons)
        self._children = frozenset(person.id for person in persons if CHILD_ROLES & set(person.roles))
        self._names = _Names(persons)

    def event(self, event: Event) -> frozenset[int]:
        """Whom it points at or names; if nobody, those whom the task in which it was told is about."""
        found = self._said(event.payload) | self._scope(event.scope_kind, event.scope_id, event.id)
        task = self.tasks.get(event.task_id or 0)
        return found or (self.task(task) if task is not None else frozenset())

    def task(self, task: Task) -> frozenset[int]:
        """Whom its answers point at or name; what the children's unit does is about the children."""
        scope = task.instance
        found = self._said(task.answers or {}) | self._scope(scope.scope_kind, scope.scope_id)
        return found or (self._children if task.unit == Unit.CHILDREN else frozenset())

    def _said(self, said: Mapping[str, Any]) -> frozenset[int]:
        return (frozenset(_pointed_at(said)) & self._ids) | self._names.anywhere(said)

    def _scope(self, kind: str, scope_id: int, event_id: int | None = None) -> frozenset[int]:
        if kind == "person":
            return frozenset({scope_id}) & self._ids
        origin = self._events.get(scope_id) if kind in ORIGINS and scope_id != event_id else None
        return self._said(origin.payload) if origin is not None else frozenset()


class _Kept:
    """Leaves out of an answer what concerns others than one person."""

    def __init__(self, person: Person, others: Sequence[Person], not_for_them: Iterable[str]) -> None:
        self._id = person.id
        self._name = person.name
        self._names = _Names(others)
        self._secrets = finder_of(traces_of(not_for_them))

    def is_foreign(self, key: str, value: Any, *, in_own_row: bool = False) -> bool:
        """Points at another person; or says who or where somebody is, outside a row about the person alone."""
        if key in PERSON_KEYS and not isinstance(value, list | tuple | Mapping):
            return bool(value != self._id)
        return key in IDENTITY_FIELDS | ADDRESS_FIELDS and not in_own_row

    def value(self, key: str, value: Any) -> Any:
        """The value without what concerns others."""
        if isinstance(value, str):
            return OF_ANOTHER if self._names.in_text(value) or self._secrets.search(value) else value
        if isinstance(value, Mapping):
            is_own = self._is_own(value)
            return {
                k: self.value(k, v) for k, v in value.items() if not self.is_foreign(k, v, in_own_row=is_own)
            }
        if isinstance(value, list | tuple):
            return [self.value(key, one) for one in value if not self._is_of_another(key, one)]
        return value

    def _is_own(self, row: Mapping[str, Any]) -> bool:
        pointed_at = set(_pointed_at(row))
        return pointed_at <= {self._id} and (bool(pointed_at) or row.get("name") == self._name)

    def _is_of_another(self, key: str, row: Any) -> bool:
        """A row about somebody else, or a number that points at somebody else."""
        if not isinstance(row, Mapping):
            return key in PERSON_KEYS and isinstance(row, int) and row != self._id
        pointed_at = set(_pointed_at(row))
        if pointed_at or not row.get("name"):
            return bool(pointed_at - {self._id})
        return bool(row["name"] != self._name)


def _pointed_at(said: Any, key: str = "") -> Iterator[int]:
    """Every number under a key that points at persons."""
    if isinstance(said, Mapping):
        for name, value in said.items():
            yield from _pointed_at(value, name)
    elif isinstance(said, list | tuple):
        for one in said:
            yield from _pointed_at(one, key)
    elif key in PERSON_KEYS and isinstance(said, int) and not isinstance(said, bool):
        yield said


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        for value in said.values():
            yield from _texts(value)
    elif isinstance(said, list | tuple):
        for one in said:
            yield from _texts(one)
