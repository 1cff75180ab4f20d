"""Looks for reads that an auditor should ask about: one's own case, a relative's, a neighbour's, many without a task.

A pattern is a reason to ask, never a finding. It tells who read which case and why it stands out; what is known of the
case is not shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from processes.models import Case, Caseworker, Dwelling, Person, ReadEntry
from processes.models.seen import NOT_SHOWN
from processes.queries.cases import address_key
from processes.queries.read_log import Wanted, conditions, must_audit

MANY = 5
"""So many different cases on one day without a task stand out."""
NOT_BY_TASK = ("none", "refused")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Reads by one person that stand out, and why."""

    kind: str
    """own_case, same_surname, neighbour or many_without_task."""
    reader: Caseworker
    entries: Sequence[ReadEntry]


def patterns(session: Session, caseworker: Caseworker, wanted: Wanted) -> list[Pattern]:
    """The patterns among the rows that are asked for, the most serious kind first. Raises NotAllowed."""
    must_audit(caseworker)
    rows = session.scalars(
        select(ReadEntry)
        .where(*conditions(caseworker.administration_key, wanted), ReadEntry.case_id.is_not(None))
        .options(joinedload(ReadEntry.reader))
        .order_by(ReadEntry.number)
    ).unique()
    by_reader: defaultdict[Caseworker, list[ReadEntry]] = defaultdict(list)
    for row in rows:
        by_reader[row.reader].append(row)
    known = _Known(session, {row.case_id for rows in by_reader.values() for row in rows if row.case_id})
    found = [pattern for reader, rows in by_reader.items() for pattern in _patterns_of(reader, rows, known)]
    return sorted(found, key=lambda pattern: (KINDS.index(pattern.kind), pattern.reader.name))


KINDS = ("own_case", "neighbour", "same_surname", "many_without_task")


class _Known:
    """What of the cases is compared with the reader: names, numbers and the street, and nothing else."""

    def __init__(self, session: Session, case_ids: Iterable[int]) -> None:
        wanted = set(case_ids)
        self.names: defaultdict[int, set[str]] = defaultdict(set)
        self.numbers: defaultdict[int, set[str]] = defaultdict(set)
        persons = select(Person.case_id, Person.name, Person.id_number).where(Person.case_id.in_(wanted))
        for person in session.execute(persons, execution_options={NOT_SHOWN: True}):
            self.names[person.case_id].add(person.name.casefold())
            self.numbers[person.case_id].add(_digits(person.id_number))
        homes = (
            select(Case.id, Dwelling.address_key)
            .join(Dwelling, Dwelling.id == Case.dwelling_id)
            .where(Case.id.in_(wanted))
        )
        compared = session.execute(homes, execution_options={NOT_SHOWN: True})
        self.streets = {home.id: home.address_key.partition("#")[0] for home in compared}


def _patterns_of(reader: Caseworker, rows: Sequence[ReadEntry], known: _Known) -> Iterable[Pattern]:
    of_kind: defaultdict[str, list[ReadEntry]] = defaultdict(list)
    for row in rows:
        kind = _kind_of(reader, row, known)
        if kind:
            of_kind[kind].append(row)
    of_kind["many_without_task"] = _many_without_task(rows)
    return [Pattern(kind, reader, entries) for kind, entries in of_kind.items() if entries]


def _kind_of(reader: Caseworker, row: ReadEntry, known: _Known) -> str | None:
    case_id = row.case_id or 0
    number = _digits(reader.id_number)
    names = known.names[case_id]
    if (number and number in known.numbers[case_id]) or reader.name.casefold() in names:
        return "own_case"
    if reader.home_address and address_key(reader.home_address).rstrip("#") == known.streets.get(case_id):
        return "neighbour"
    if _surname(reader.name) in {_surname(name) for name in names}:
        return "same_surname"
    return None


def _many_without_task(rows: Sequence[ReadEntry]) -> list[ReadEntry]:
    days: defaultdict[object, list[ReadEntry]] = defaultdict(list)
    for row in rows:
        if row.basis in NOT_BY_TASK:
            days[row.at.date()].append(row)
    return [row for day in days.values() if len({one.case_id for one in day}) >= MANY for row in day]


def _surname(name: str) -> str:
    return (name.split() or [""])[-1].casefold()


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdecimal())
