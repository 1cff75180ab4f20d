"""What a form offers to choose from in a case: its persons, notices and consents, and colleagues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from processes.clock import swedish_day
from processes.forms import Choices, Option
from processes.models import Case, Caseworker, Consent, Event, Membership, Notice, Person, Recusal
from processes.queries.snapshots import person_seen
from processes.rules.consent import is_minor
from processes.rules.permissions import VERBS
from processes.rules.protection import MARK, is_protected
from processes.rules.units import UNIT_NAMES

CHILD_ROLES = {"child", "contact_child"}
STARTED_BY = {
    "application": "ansokan.onskad",
    "report": "orosanmalan.inkom",
    "request": "hembesok.begart",
    "watch": "bevakning.skapad",
}
"""What a reference of this format points at: an event that started a process of its own."""
OF_PERSONS = ("person", "adult", "child")
EVERYWHERE = ("caseworker", "unit")
IN_A_CASE = (*OF_PERSONS, "notice", "consent", *STARTED_BY)


def choices_in(session: Session, case: Case | None, caseworker: Caseworker, now: datetime) -> Choices:
    """Everything that the caseworker can choose in the case; without a case only colleagues and units.

    Each kind of thing is read when a form asks for it. Who is an adult is worked out anew at each instant (E-33).
    """
    return Choices(_Options(session, case, caseworker, now))


class _Options(Mapping[str, Sequence[Option]]):
    """The options per reference format, read at the first question."""

    def __init__(self, session: Session, case: Case | None, caseworker: Caseworker, now: datetime) -> None:
        self._session = session
        self._case = case
        self._caseworker = caseworker
        self._now = now
        self._read: dict[str, list[Option]] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(EVERYWHERE if self._case is None else EVERYWHERE + IN_A_CASE)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __getitem__(self, reference: str) -> Sequence[Option]:
        if reference not in list(self):
            raise KeyError(reference)
        if reference not in self._read:
            self._read[reference] = self._options(reference)
        return self._read[reference]

    def _options(self, reference: str) -> list[Option]:
        if reference == "caseworker":
            return _colleagues(self._session, self._caseworker, self._case)
        if reference == "unit" or self._case is None:
            return [Option(str(unit), name) for unit, name in UNIT_NAMES.items()]
        if reference in OF_PERSONS:
            return _people(self._case.persons, reference, self._now)
        if reference == "notice":
            return _notices(self._session, self._case)
        if reference == "consent":
            return _consents(self._session, self._case)
        return _started(self._session, self._case, STARTED_BY[reference])


def _colleagues(session: Session, caseworker: Caseworker, case: Case | None) -> list[Option]:
    """Staff of the administration who work with cases; in a case without those with a conflict of interest in it."""
    roles = [str(role) for role in sorted(VERBS["complete_task"].roles)]
    asked = {
        "administration": caseworker.administration_key,
        "roles": roles,
        "case": case.id if case else None,
    }
    return [Option(row.id, row.name) for row in session.execute(_who_work_with_cases(), asked)]


@cache
def _who_work_with_cases() -> Select[int, str]:
    with_role = select(Membership.caseworker_id).where(
        Membership.role.in_(bindparam("roles", expanding=True))
    )
    recused = select(Recusal.caseworker_id).where(Recusal.case_id == bindparam("case"))
    return (
        select(Caseworker.id, Caseworker.name)
        .where(
            Caseworker.administration_key == bindparam("administration"),
            Caseworker.is_active,
            Caseworker.is_system.is_(False),
            Caseworker.id.in_(with_role),
            Caseworker.id.not_in(recused),
        )
        .order_by(Caseworker.name)
    )


def _people(persons: Iterable[Person], reference: str, now: datetime) -> list[Option]:
    wanted = {"person": (True, False), "adult": (False,), "child": (True,)}[reference]
    return [
        Option(person.id, _name_of(person))
        for person in persons
        if (bool(CHILD_ROLES & set(person.roles)) and is_minor(person_seen(person), now)) in wanted
    ]


def _name_of(person: Person) -> str:
    return f"{person.name} ({MARK.lower()})" if is_protected(person.protection) else person.name


def _notices(session: Session, case: Case) -> list[Option]:
    notices = session.scalars(select(Notice).where(Notice.case_id == case.id).order_by(Notice.id))
    return [Option(one.id, f"{one.kind}, inkom {swedish_day(one.received_at)}") for one in notices]


def _consents(session: Session, case: Case) -> list[Option]:
    consents = session.scalars(
        select(Consent).where(Consent.case_id == case.id, Consent.withdrawn_at.is_(None)).order_by(Consent.id)
    )
    return [Option(one.id, f"{one.recipient}, {swedish_day(one.given_at)}") for one in consents]


def _started(session: Session, case: Case, name: str) -> list[Option]:
    events = session.scalars(
        select(Event).where(Event.case_id == case.id, Event.name == name).order_by(Event.id)
    )
    return [Option(event.id, f"{swedish_day(event.at)}, nr {event.id}") for event in events]
