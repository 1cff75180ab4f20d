"""Answers what an auditor asks of the read log: who has read what, a sample of it, and an extract for a person.

The answers hold ids, case numbers and the names of staff; nothing that is known of a case. Everybody sees the log of
the own administration only, and only an auditor sees it at all (rules/permissions.py, `read_log`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, String, cast, func, or_, select
from sqlalchemy.orm import Session, joinedload

from processes.clock import STOCKHOLM
from processes.errors import NotAllowed, SampleNotFound
from processes.models import (
    Case,
    Caseworker,
    LogChain,
    Person,
    ReadEntry,
    ReadReview,
    ReadSample,
)
from processes.queries.log_chains import reads_chain
from processes.queries.places import row_number
from processes.rules.log_chain import systematic_sample
from processes.rules.permissions import may

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows of the log are asked for; what is not said does not narrow."""

    first_on: date | None = None
    last_on: date | None = None
    """Swedish calendar days, both included."""
    reader_id: int | None = None
    case_id: int | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Reads:
    """Some rows of the log, the newest first, and where the next page begins."""

    entries: Sequence[ReadEntry]
    next_after: str | None


def must_audit(caseworker: Caseworker) -> None:
    """Raises NotAllowed for anybody but an auditor."""
    if not may("read_log", caseworker.roles, caseworker.units):
        raise NotAllowed("Only an auditor reads the log.")


def reads(
    session: Session,
    caseworker: Caseworker,
    wanted: Wanted,
    *,
    after: str | None = None,
    size: int = PAGE_SIZE,
) -> Reads:
    """The rows that are asked for. Raises NotAllowed."""
    must_audit(caseworker)
    found = select(ReadEntry).where(*conditions(caseworker.administration_key, wanted))
    if after:
        found = found.where(ReadEntry.number < row_number(after))
    found = found.options(joinedload(ReadEntry.reader)).order_by(ReadEntry.number.desc()).limit(size + 1)
    rows = session.scalars(found).unique().all()
    return Reads(rows[:size], str(rows[size - 1].number) if len(rows) > size else None)


def conditions(administration_key: str, wanted: Wanted) -> list[ColumnElement[bool]]:
    """The rows that are asked for, of this administration."""
    asked: list[ColumnElement[bool]] = [ReadEntry.administration_key == administration_key]
    if wanted.first_on is not None:
        asked.append(ReadEntry.at >= midnight(wanted.first_on))
    if wanted.last_on is not None:
        asked.append(ReadEntry.at < midnight(wanted.last_on + timedelta(days=1)))
    if wanted.reader_id is not None:
        asked.append(ReadEntry.reader_id == wanted.reader_id)
    if wanted.case_id is not None:
        asked.append(ReadEntry.case_id == wanted.case_id)
    if wanted.basis is not None:
        asked.append(ReadEntry.basis == wanted.basis)
    return asked


def midnight(day: date) -> datetime:
    """The instant at which the Swedish day begins."""
    return datetime.combine(day, time(), STOCKHOLM)


def numbers_of_cases(session: Session, case_ids: Collection[int | None]) -> dict[int, str]:
    """Case number by id; a destroyed case has none."""
    wanted = {one for one in case_ids if one is not None}
    return {
        row.id: row.number for row in session.execute(select(Case.id, Case.number).where(Case.id.in_(wanted)))
    }


def find_case_id(session: Session, caseworker: Caseworker, number: str) -> int | None:
    """The id of the administration's case with this number, or None."""
    must_audit(caseworker)
    case = select(Case.id).where(
        Case.administration_key == caseworker.administration_key, Case.number == number.strip().upper()
    )
    return session.scalars(case).first()


def staff(session: Session, caseworker: Caseworker) -> Sequence[Caseworker]:
    """Everybody who works or has worked in the administration, by name."""
    must_audit(caseworker)
    of_administration = select(Caseworker).where(
        Caseworker.administration_key == caseworker.administration_key
    )
    return session.scalars(of_administration.order_by(Caseworker.name)).unique().all()


def reviews_of(session: Session, read_ids: Collection[int]) -> dict[int, list[ReadReview]]:
    """What auditors have noted about these reads, the oldest first."""
    found: dict[int, list[ReadReview]] = {}
    rows = select(ReadReview).where(ReadReview.read_id.in_(read_ids)).order_by(ReadReview.id)
    for review in session.scalars(rows):
        found.setdefault(review.read_id, []).append(review)
    return found


def samples(session: Session, caseworker: Caseworker) -> Sequence[ReadSample]:
    """The administration's samples, the newest first. Raises NotAllowed."""
    must_audit(caseworker)
    of_administration = select(ReadSample).where(
        ReadSample.administration_key == caseworker.administration_key
    )
    return session.scalars(of_administration.order_by(ReadSample.id.desc())).all()


def get_sample(session: Session, sample_id: int, caseworker: Caseworker) -> ReadSample:
    """The sample. Raises NotAllowed, or SampleNotFound, also for another administration's."""
    must_audit(caseworker)
    sample = session.get(ReadSample, sample_id)
    if sample is None or sample.administration_key != caseworker.administration_key:
        raise SampleNotFound(str(sample_id))
    return sample


def rows_of_sample(session: Session, sample: ReadSample) -> Sequence[ReadEntry]:
    """The rows that the sample consists of, drawn again from its seed, the oldest first."""
    period = conditions(sample.administration_key, Wanted(first_on=sample.first_on, last_on=sample.last_on))
    ids = session.scalars(
        select(ReadEntry.id)
        .where(*period, ReadEntry.number <= sample.until_number, ReadEntry.case_id.is_not(None))
        .order_by(ReadEntry.number)
    ).all()
    chosen = [ids[position] for position in systematic_sample(len(ids), sample.size, sample.seed)]
    rows = select(ReadEntry).where(ReadEntry.id.in_(chosen)).options(joinedload(ReadEntry.reader))
    return session.scalars(rows.order_by(ReadEntry.number)).unique().all()


def newest_of_chain(session: Session, administration_key: str) -> LogChain | None:
    """The end of the administration's read log, None before the first row."""
    return session.get(LogChain, reads_chain(administration_key))


def reads_about(session: Session, caseworker: Caseworker, identity: str) -> Sequence[ReadEntry]:
    """Every read of a case that concerned the person with this personnummer, or with this id, the oldest first.

    A read concerned the person if it fetched the person's own row, or the case as a whole. Raises NotAllowed.
    """
    must_audit(caseworker)
    wanted = identity.strip().replace("-", "")
    of_person = func.replace(Person.id_number, "-", "") == wanted
    if wanted.isdecimal() and len(wanted) <= 10:
        of_person = or_(of_person, cast(Person.id, String) == wanted)
    persons = session.execute(
        select(Person.id, Person.case_id)
        .join(Case, Case.id == Person.case_id)
        .where(of_person, Case.administration_key == caseworker.administration_key)
    ).all()
    ids = {person.id for person in persons}
    rows = session.scalars(
        select(ReadEntry)
        .where(
            ReadEntry.administration_key == caseworker.administration_key,
            ReadEntry.case_id.in_({person.case_id for person in persons}),
        )
        .options(joinedload(ReadEntry.reader))
        .order_by(ReadEntry.number)
    ).unique()
    return [row for row in rows if not row.persons or ids & set(row.persons)]
