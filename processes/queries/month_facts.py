"""Reads what happened in one month in one administration, as facts that can be counted; only the worker asks.

A fact names its case only for as long as it is being counted. Everything is read by the hundreds, never case by case:
the number of statements grows with the month, not with the cases that there have ever been.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from processes.clock import swedish_day
from processes.models import Case, ContactAttempt, Dwelling, Event, Landlord, Notice, Person, Task
from processes.queries.case_rows import STILL_COUNTS
from processes.queries.snapshots import snapshot_of
from processes.rules.calendar import start_of_day
from processes.rules.children_concerned import RULED_OUT, has_child
from processes.rules.deadlines.payload import instant_in
from processes.rules.facts import FACTS
from processes.rules.lead_times import class_of
from processes.rules.measures import NO_OUTCOME, UNKNOWN
from processes.rules.notice_kinds import TO_BE_CONFIRMED
from processes.rules.policy import Policy
from processes.rules.snapshot import CaseSnapshot, Scope

AT_ONCE = 500
IS_COMPLETED = Task.status == literal_column("'completed'")
"""Written out, so that the databases see that the index of completed tasks answers it."""
CONFIRMED = "bekraftelse.skickad"
REACHED = "hyresgast.nadd"
PRIVATE_PERSON, UNKNOWN_LANDLORD = ":person", ":unknown"
"""Stand for landlords who are not named: people, and those of whom nobody has said what they are."""
NOT_WORKED_WITH = frozenset({"forward", "not_for_us", "advice_only"})
"""Stances after which nobody is to be reached."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened in the month and is counted once, or `how_many` times."""

    case_id: int
    measure: str
    what: str = ""
    process_key: str = ""
    unit: str = ""
    step: str = ""
    notice_kind: str | None = None
    """The type of the notice that it is about; None = the case's first."""
    how_many: int = 1


@dataclass(frozen=True, slots=True)
class Month:
    """A month of an administration, in Swedish calendar."""

    administration_key: str
    first: date

    def holds(self, column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        """The condition on a column of instants."""
        begins, ends = start_of_day(self.first), start_of_day(month_after(self.first))
        return (column >= begins) & (column < ends)


def month_after(first: date) -> date:
    """The first day of the month that follows."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def facts_of(session: Session, month: Month, policy: Policy) -> Iterator[Fact]:
    """Every fact of the month, in no order that means anything."""
    yield from _notices(session, month)
    yield from _closed_cases(session, month)
    yield from _tasks(session, month)
    opened = session.scalars(
        select(Case.id).where(_is_of(month), month.holds(Case.opened_at)).order_by(Case.id)
    ).all()
    for some in _some(opened):
        for snapshot in _snapshots(session, some, policy):
            yield from _household(snapshot)


def traits_of(session: Session, case_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """By case: the district of its home, and the type of its first notice."""
    found: dict[int, tuple[str, str]] = {}
    for some in _some(case_ids):
        homes = select(Case.id, Dwelling.district).join(Dwelling, Dwelling.id == Case.dwelling_id)
        districts = dict(session.execute(homes.where(Case.id.in_(some))).all())
        notices = select(Notice.case_id, Notice.kind).where(
            Notice.case_id.in_(some), Notice.duplicate_of_id.is_(None)
        )
        latest_first = session.execute(notices.order_by(Notice.id.desc())).all()
        kinds = dict(latest_first)
        found |= {one: (districts.get(one) or UNKNOWN, kinds.get(one, "")) for one in some}
    return found


def _is_of(month: Month) -> ColumnElement[bool]:
    return Case.administration_key == month.administration_key


def _some(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))


def _notices(session: Session, month: Month) -> Iterator[Fact]:
    received = session.execute(
        select(
            Notice.id,
            Notice.case_id,
            Notice.kind,
            Notice.duplicate_of_id,
            Notice.received_at,
            Landlord.kind,
            Landlord.name,
        )
        .join(Case, Case.id == Notice.case_id)
        .join(Dwelling, Dwelling.id == Case.dwelling_id)
        .join(Landlord, Landlord.id == Dwelling.landlord_id, isouter=True)
        .where(_is_of(month), month.holds(Notice.received_at))
        .order_by(Notice.id)
    ).all()
    to_confirm: dict[int, tuple[int, str, datetime]] = {}
    for notice_id, case_id, kind, duplicate_of, received_at, landlord_kind, landlord in received:
        if duplicate_of is None:
            yield Fact(case_id, "notices", notice_kind=kind)
            yield Fact(case_id, "landlords", _landlord(landlord_kind, landlord), notice_kind=kind)
        if kind in TO_BE_CONFIRMED:
            to_confirm[notice_id] = (case_id, kind, received_at)
    confirmed = _confirmations(session, sorted({case_id for case_id, _, _ in to_confirm.values()}))
    for notice_id, (case_id, kind, received_at) in to_confirm.items():
        what = _how_soon(received_at, confirmed.get(notice_id))
        yield Fact(case_id, "confirmations", what, notice_kind=kind)


def _landlord(kind: str | None, name: str | None) -> str:
    if not kind or not name:
        return UNKNOWN_LANDLORD
    return PRIVATE_PERSON if kind == "person" else name


def _confirmations(session: Session, case_ids: Sequence[int]) -> dict[int, datetime]:
    """When each notice was first confirmed, by its id."""
    found: dict[int, datetime] = {}
    for some in _some(case_ids):
        events = session.execute(
            select(Event.scope_id, Event.at, Event.payload).where(
                Event.case_id.in_(some),
                Event.name == CONFIRMED,
                Event.scope_kind == "notice",
                STILL_COUNTS[Event],
            )
        )
        for notice_id, at, payload in events:
            sent_at = instant_in(payload, "sent_at") or at
            found[notice_id] = min(sent_at, found.get(notice_id, sent_at))
    return found


def _how_soon(received_at: datetime, confirmed_at: datetime | None) -> str:
    if confirmed_at is None:
        return "not_yet"
    return "same_day" if swedish_day(confirmed_at) <= swedish_day(received_at) else "later"


def _closed_cases(session: Session, month: Month) -> Iterator[Fact]:
    closed = select(Case.id, Case.outcome).where(_is_of(month), month.holds(Case.closed_at))
    for case_id, outcome in session.execute(closed):
        yield Fact(case_id, "outcomes", outcome or NO_OUTCOME)


def _tasks(session: Session, month: Month) -> Iterator[Fact]:
    completed = select(
        Task.case_id, Task.process_key, Task.unit, Task.step, Task.created_at, Task.ended_at, Task.due_at
    ).where(
        Task.administration_key == month.administration_key,
        IS_COMPLETED,
        month.holds(Task.ended_at),
    )
    for case_id, process, unit, step, created_at, ended_at, due_at in session.execute(completed):
        if ended_at is None:
            continue
        took = str(class_of(created_at, ended_at))
        yield Fact(case_id, "lead_times", took, process, unit, step)
        if due_at is not None:
            yield Fact(case_id, "due_times", "kept" if ended_at <= due_at else "late", process, unit, step)


def _snapshots(session: Session, case_ids: Sequence[int], policy: Policy) -> Iterator[CaseSnapshot]:
    """The cases as the rules see them, as far as who lives there and who has been reached."""
    cases = select(Case).where(Case.id.in_(case_ids)).options(joinedload(Case.dwelling)).order_by(Case.id)
    rows: Mapping[type[Any], dict[int, list[Any]]] = {
        model: _by_case(session, model, case_ids) for model in (Person, Notice, ContactAttempt, Event)
    }
    for case in session.scalars(cases):
        yield snapshot_of(case, partial(_rows_of, rows, case.id), policy)


def _rows_of(rows: Mapping[type[Any], dict[int, list[Any]]], case_id: int, model: type[Any]) -> Sequence[Any]:
    return rows.get(model, {}).get(case_id, [])


def _by_case(session: Session, model: Any, case_ids: Sequence[int]) -> dict[int, list[Any]]:
    found = select(model).where(model.case_id.in_(case_ids)).order_by(model.id)
    if model in STILL_COUNTS:
        found = found.where(STILL_COUNTS[model])
    if model is Event:
        found = found.where(Event.name.in_((REACHED, RULED_OUT)))
    by_case: dict[int, list[Any]] = defaultdict(list)
    for row in session.scalars(found):
        by_case[row.case_id].append(row)
    return by_case


def _household(snapshot: CaseSnapshot) -> Iterator[Fact]:
    children = sum(person.is_child for person in snapshot.persons)
    yield Fact(snapshot.case_id, "households", "with_child" if has_child(snapshot) else "without_child")
    if children:
        yield Fact(snapshot.case_id, "children", how_many=children)
    if any(notice.stance not in NOT_WORKED_WITH for notice in snapshot.notices):
        scope = Scope("case", snapshot.case_id)
        is_reached = FACTS["tenant_is_reached"].read(snapshot, scope, snapshot.opened_at)
        yield Fact(snapshot.case_id, "reached", "reached" if is_reached else "not_reached")
