"""Reads the journal of a case, the newest line first, a page at a time and only the lines that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import Session

from processes.models import Case, Caseworker, JournalEntry
from processes.queries.access import must_see_case
from processes.queries.places import row_number
from processes.rules.calendar import start_of_day

STARTS: dict[str, tuple[str, ...]] = {
    "uppgifter": ("task_",),
    "handelser": ("event_", "notice_", "person_", "record_", "objection_", "notification_"),
    "frister": ("deadline_",),
    "brev": ("letter_", "file_"),
}
"""Kinds of line, by how their `what` begins."""
CHANGES = "andringar"
"""Every other line: values that changed, access, processes, retention."""
KINDS = (*STARTS, CHANGES)
SYSTEM = 0
"""Stands for the system where a person is asked for."""


@dataclass(frozen=True, slots=True)
class JournalWanted:
    """Which lines are asked for; what is empty leaves nothing out."""

    kinds: tuple[str, ...] = ()
    by: int | None = None
    """Id of the caseworker who did it, or SYSTEM."""
    first: date | None = None
    last: date | None = None
    """Swedish days, both included."""


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Some lines, the newest first, and where the next page begins."""

    lines: Sequence[JournalEntry]
    next_after: str | None


def interventions_in(session: Session, case_id: int, *, most: int = 20) -> Sequence[JournalEntry]:
    """The newest lines about somebody having stepped into the case; who may see the case is asked before."""
    return session.scalars(
        select(JournalEntry)
        .where(
            JournalEntry.case_id == case_id, JournalEntry.what.startswith("intervention_", autoescape=True)
        )
        .order_by(JournalEntry.id.desc())
        .limit(most)
    ).all()


def journal_page(
    session: Session,
    case: Case,
    caseworker: Caseworker,
    now: datetime,
    wanted: JournalWanted,
    *,
    after: str | None = None,
    size: int = 100,
) -> JournalPage:
    """The lines of the case's journal that are asked for. Raises as `get_case` does, or PageNotFound."""
    must_see_case(session, case, caseworker, now)
    lines = select(JournalEntry).where(JournalEntry.case_id == case.id, *_conditions(wanted))
    if after:
        lines = lines.where(JournalEntry.id < row_number(after))
    found = session.scalars(lines.order_by(JournalEntry.id.desc()).limit(size + 1)).all()
    return JournalPage(found[:size], str(found[size - 1].id) if len(found) > size else None)


def _conditions(wanted: JournalWanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kinds:
        found.append(or_(*(_is_of(kind) for kind in wanted.kinds)))
    if wanted.by is not None:
        found.append(JournalEntry.by_id.is_(None) if wanted.by == SYSTEM else JournalEntry.by_id == wanted.by)
    if wanted.first is not None:
        found.append(JournalEntry.at >= start_of_day(wanted.first))
    if wanted.last is not None:
        found.append(JournalEntry.at < start_of_day(wanted.last + timedelta(days=1)))
    return found


def _is_of(kind: str) -> ColumnElement[bool]:
    if kind in STARTS:
        return or_(*(JournalEntry.what.startswith(start, autoescape=True) for start in STARTS[kind]))
    return and_(*(not_(_is_of(one)) for one in STARTS))


def who_wrote(session: Session, case_id: int) -> dict[int, str]:
    """Names by id of all who have done something in the case, in alphabetical order."""
    wrote = select(JournalEntry.by_id).where(JournalEntry.case_id == case_id, JournalEntry.by_id.is_not(None))
    people = select(Caseworker.id, Caseworker.name).where(Caseworker.id.in_(wrote)).order_by(Caseworker.name)
    return {row.id: row.name for row in session.execute(people)}
