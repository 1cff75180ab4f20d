"""Finds cases: one by number or id, one to change, and the open ones about the same home."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from processes.errors import CaseNotFound, TaskNotFound
from processes.models import (
    Administration,
    Base,
    Case,
    Caseworker,
    Consent,
    ContactAttempt,
    Deadline,
    Disclosure,
    Dwelling,
    Event,
    JournalEntry,
    Letter,
    Notice,
    Person,
    ProcessInstance,
    Task,
    Timer,
)
from processes.queries.access import must_be_allowed, must_see_case, visible_cases
from processes.queries.places import row_number
from processes.queries.snapshots import notice_seen, snapshot_of
from processes.rules.children_concerned import notices_of_unnamed_children
from processes.rules.policy import Policy

Part = TypeVar("Part", bound=Base)
IS_OURS = Case.administration_key == bindparam("administration_key")


def address_key(address: str, apartment: str = "") -> str:
    """The address in the form in which the same home is recognised: no blanks, points or capitals."""
    return "".join(sign for sign in f"{address}#{apartment}".casefold() if sign.isalnum() or sign == "#")


def get_case(session: Session, case_id: int, caseworker: Caseworker, now: datetime) -> Case:
    """The case, for somebody who may see it at this instant.

    Raises CaseNotFound, also for another administration's case, NotAllowed, NoNeedOfCase or Recused.
    """
    case = session.get(Case, case_id)
    if case is None or case.administration_key != caseworker.administration_key:
        raise CaseNotFound(str(case_id))
    must_see_case(session, case, caseworker, now)
    return case


@dataclass(frozen=True, slots=True)
class CasePage:
    """Some cases of a list, and where the next page begins."""

    cases: Sequence[Case]
    next_after: str | None


def open_cases(
    session: Session,
    caseworker: Caseworker,
    now: datetime,
    *,
    search: str = "",
    after: str | None = None,
    size: int = 50,
) -> CasePage:
    """The open cases that the person may see, newest first; with `search` also closed ones whose number begins so.

    The search takes a whole number (`KVB 2026-000012`), its beginning, or its last digits. Raises NotAllowed.
    """
    must_be_allowed("read_case", caseworker)
    cases = (
        select(Case)
        .where(visible_cases(caseworker, now))
        .options(joinedload(Case.responsible))
        .order_by(Case.id.desc())
        .limit(size + 1)
    )
    wanted = search.strip()
    cases = cases.where(Case.closed_at.is_(None)) if not wanted else cases.where(has_number(wanted))
    if after:
        cases = cases.where(Case.id < row_number(after))
    found = session.scalars(cases).unique().all()
    return CasePage(found[:size], str(found[size - 1].id) if len(found) > size else None)


LARGEST_ID = 2**63 - 1


def has_number(wanted: str) -> ColumnElement[bool]:
    """The condition on `Case` that its number is this one, begins so, or ends in these digits."""
    if wanted.isdecimal():
        return Case.id == min(int(wanted[:20]), LARGEST_ID)
    return Case.number.startswith(wanted.upper(), autoescape=True)


def get_case_by_number(session: Session, number: str, caseworker: Caseworker, now: datetime) -> Case:
    """The case with this number, for somebody who may see it. Raises as `get_case` does."""
    case = session.scalars(
        select(Case).where(
            Case.number == number.strip(), Case.administration_key == caseworker.administration_key
        )
    ).first()
    if case is None:
        raise CaseNotFound(number)
    must_see_case(session, case, caseworker, now)
    return case


def get_case_for_update(session: Session, case_id: int, administration_key: str | None = None) -> Case:
    """The case, locked until the transaction ends; one case moves one step at a time.

    Raises CaseNotFound, also for a case of another administration than one that is given; then nothing is locked.
    """
    asked = {"case_id": case_id, "administration_key": administration_key}
    case = session.scalars(_by_id(is_ours=administration_key is not None), asked).first()
    if case is None:
        raise CaseNotFound(str(case_id))
    return case


def get_case_of_task_for_update(session: Session, task_id: int, administration_key: str) -> Case:
    """The case of the task, locked likewise. Raises TaskNotFound, also for another administration's task."""
    asked = {"task_id": task_id, "administration_key": administration_key}
    case = session.scalars(_by_task(), asked).first()
    if case is None:
        raise TaskNotFound(str(task_id))
    return case


@cache
def _by_id(*, is_ours: bool) -> Select[Case]:
    found = _to_be_locked().where(Case.id == bindparam("case_id"))
    return found.where(IS_OURS) if is_ours else found


@cache
def _by_task() -> Select[Case]:
    case_id = select(Task.case_id).where(Task.id == bindparam("task_id")).scalar_subquery()
    return _to_be_locked().where(Case.id == case_id, IS_OURS)


def _to_be_locked(*, only_free: bool = False) -> Select[Case]:
    """Cases to lock; `only_free`: without those that somebody else has locked, and without waiting for them."""
    wanted = select(Case).with_for_update(of=Case, skip_locked=only_free)
    return wanted.execution_options(populate_existing=True)


def find_case_if_free(session: Session, case_id: int) -> Case | None:
    """The case, locked until the transaction ends; None, without waiting, when somebody else has locked it."""
    return session.scalars(_to_be_locked(only_free=True).where(Case.id == case_id)).first()


def find_cases_if_free(session: Session, case_ids: Collection[int]) -> Sequence[Case]:
    """Those of the cases that nobody else has locked, locked until the transaction ends; by id, and no waiting."""
    wanted = _to_be_locked(only_free=True).where(Case.id.in_(case_ids)).order_by(Case.id)
    return session.scalars(wanted).all()


def lock_intake(session: Session, administration_key: str) -> None:
    """Let nobody else in the administration open a case until the transaction ends.

    Two who register notices about the same home at the same moment would otherwise both find no case about it.
    """
    session.scalars(
        select(Administration.key)
        .where(Administration.key == administration_key)
        .with_for_update(key_share=True)
    ).first()


def open_cases_about(
    session: Session, administration_key: str, address: str, apartment: str
) -> Sequence[Case]:
    """The administration's open cases about the home at this address, oldest first."""
    return session.scalars(
        select(Case)
        .join(Dwelling, Dwelling.id == Case.dwelling_id)
        .where(
            Dwelling.address_key == address_key(address, apartment),
            Case.administration_key == administration_key,
            Case.closed_at.is_(None),
        )
        .order_by(Case.id)
    ).all()


class CaseFile:
    """A case with all that belongs to it; each part is read when it is first looked at, and then kept."""

    def __init__(self, session: Session, case: Case, read_at: datetime, *, journal_lines: int = 200) -> None:
        self.case = case
        self.read_at = read_at
        self._session = session
        self._journal_lines = journal_lines

    @cached_property
    def notices(self) -> Sequence[Notice]:
        """In the order in which they were registered."""
        return self._of_case(Notice, Notice.id)

    @cached_property
    def has_unnamed_children(self) -> bool:
        """Whether Kronofogden knows of children of whom none is entered (rules/children_concerned.py)."""
        if not any(notice_seen(notice).tells_of_children for notice in self.notices):
            return False
        rows: dict[type[Any], Sequence[Any]] = {
            Notice: self.notices,
            Person: self.case.persons,
            Event: [event for event in self.events if event.corrected_by_id is None],
        }
        seen = snapshot_of(self.case, lambda model: rows.get(model, ()), Policy())
        return bool(notices_of_unnamed_children(seen))

    @cached_property
    def consents(self) -> Sequence[Consent]:
        """Also those that have been withdrawn."""
        return self._of_case(Consent, Consent.id)

    @cached_property
    def attempts(self) -> Sequence[ContactAttempt]:
        """Every attempt to reach somebody."""
        return self._of_case(ContactAttempt, ContactAttempt.at)

    @cached_property
    def disclosures(self) -> Sequence[Disclosure]:
        """What was told to others."""
        return self._of_case(Disclosure, Disclosure.at)

    @cached_property
    def deadlines(self) -> Sequence[Deadline]:
        """The dates that hold now, the nearest first."""
        holds = select(Deadline).where(Deadline.case_id == self.case.id, Deadline.is_current)
        return self._session.scalars(holds.order_by(Deadline.falls_on, Deadline.id)).all()

    @cached_property
    def open_tasks(self) -> Sequence[Task]:
        """The most urgent first."""
        is_open = select(Task).where(Task.case_id == self.case.id, Task.status == "open")
        return self._session.scalars(is_open.order_by(Task.due_at, Task.id)).all()

    @cached_property
    def events(self) -> Sequence[Event]:
        """What has happened, also what was corrected."""
        return self._of_case(Event, Event.id)

    @cached_property
    def journal(self) -> Sequence[JournalEntry]:
        """The newest lines first, as many as were asked for."""
        newest = select(JournalEntry).where(JournalEntry.case_id == self.case.id)
        newest = newest.order_by(JournalEntry.id.desc()).limit(self._journal_lines)
        return self._session.scalars(newest).all()

    @cached_property
    def letters(self) -> Sequence[Letter]:
        """In the order in which they were written."""
        return self._of_case(Letter, Letter.id)

    @cached_property
    def processes(self) -> Sequence[ProcessInstance]:
        """Those that run and those that have ended."""
        return self._of_case(ProcessInstance, ProcessInstance.id)

    @cached_property
    def timers(self) -> Sequence[Timer]:
        """What goes off by itself."""
        return self._of_case(Timer, Timer.id)

    def with_journal(self, lines: Sequence[JournalEntry]) -> CaseFile:
        """The same file with other lines of the journal."""
        other = CaseFile(self._session, self.case, self.read_at)
        vars(other).update(vars(self), journal=lines)
        return other

    def _of_case(self, model: type[Part], order: InstrumentedAttribute[Any]) -> Sequence[Part]:
        belongs = select(model).where(cast(Any, model).case_id == self.case.id)
        return self._session.scalars(belongs.order_by(order)).all()


def get_case_file(
    session: Session, case: Case, caseworker: Caseworker, now: datetime, *, journal_lines: int = 200
) -> CaseFile:
    """The case with all that belongs to it; the journal's newest lines first. Raises as `get_case` does."""
    must_see_case(session, case, caseworker, now)
    return CaseFile(session, case, now, journal_lines=journal_lines)
