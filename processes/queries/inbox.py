"""The inbox: the open tasks that a caseworker has claimed, that the unit may claim, that wait, and all of them.

Each list is read in lanes: parts that one index has in the right order, so that a page costs the same however many
tasks there are. The first rows of every lane are put together, and the page is the first of those.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, not_, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from processes.errors import PageNotFound
from processes.models import Case, Caseworker, Deadline, Task
from processes.queries.access import not_recused
from processes.queries.inbox_wanted import (
    COUNTED,
    EVERYTHING,
    MOST_COUNTED,
    Facets,
    Wanted,
    conditions,
    count_choices,
    kinds_among,
)
from processes.rules.permissions import may
from processes.rules.units import Role

PAGE_SIZE = 50
MINE, UNIT, WAITING, ALL = "mine", "unit", "waiting", "all"
ORDERS: dict[str, InstrumentedAttribute[Any]] = {"due": Task.sorted_due_at, "legal": Task.legal_on}
"""By the task's own due date, or by the case's next legal date."""
IS_OPEN = Task.status == literal_column("'open'")
"""Written out, so that the databases see that the indexes of open tasks answer it."""

Lane = tuple[ColumnElement[bool], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the inbox in their order, and where the next page begins."""

    tasks: Sequence[Task]
    next_after: str | None
    """Give it as `after` for the next page; None on the last one."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """One list of the inbox as one person sees it at one instant."""

    session: Session
    caseworker: Caseworker
    now: datetime
    list_name: str = MINE
    standing_in_for: frozenset[int] = frozenset()

    def page(
        self,
        wanted: Wanted = EVERYTHING,
        *,
        order: str = "due",
        after: str | None = None,
        size: int = PAGE_SIZE,
    ) -> Page:
        """The next rows in this order. Raises PageNotFound for an `after` that no page has given."""
        column = ORDERS[order]
        filters = conditions(wanted, self.now, self._found_by(wanted, column))
        if after:
            last, last_id = _place(after, order)
            filters.append(or_(column > last, and_(column == last, Task.id > last_id)))
        tasks = self._tasks(size + 1, column, filters)
        if len(tasks) <= size:
            return Page(tasks, None)
        last_row = tasks[size - 1]
        return Page(tasks[:size], f"{getattr(last_row, column.key).isoformat()}_{last_row.id}")

    def _found_by(self, wanted: Wanted, order: InstrumentedAttribute[Any]) -> InstrumentedAttribute[Any]:
        """By which of the two dates to find the rows: that of the order, or the other one where it leaves only few.

        PostgreSQL has counted how many a span of dates holds. SQLite has not: it would search for all that are late,
        however many, and sort them, where reading in the list's order soon fills the page.
        """
        other = Task.legal_on if order is Task.sorted_due_at else Task.sorted_due_at
        by_other = Wanted(legal=wanted.legal) if other is Task.legal_on else Wanted(when=wanted.when)
        if by_other.is_everything or self.session.get_bind().dialect.name != "sqlite":
            return order
        some = self._first(MOST_COUNTED, other, conditions(by_other, self.now, other)).subquery()
        many = self.session.scalar(select(func.count()).select_from(some)) == MOST_COUNTED
        return order if many else other

    def resting(self, wanted: Wanted = EVERYTHING) -> Sequence[Task]:
        """What rests, the first to come back first; shown after the last page."""
        filters = [*conditions(wanted.with_only_resting(), self.now), Task.on_hold_until.is_not(None)]
        return self._tasks(PAGE_SIZE, Task.on_hold_until, filters)

    def facets(self, wanted: Wanted) -> Facets:
        """The choices of the filters and how many tasks each would show."""
        most_urgent = self._first(MOST_COUNTED, Task.sorted_due_at, [], COUNTED).subquery()
        return count_choices(self.session.execute(kinds_among(most_urgent, self.now)).all(), wanted)

    def _tasks(
        self, count: int, column: InstrumentedAttribute[Any], filters: Sequence[ColumnElement[bool]]
    ) -> Sequence[Task]:
        """The first rows in this order. First their ids, so that no plan ever joins with all tasks there are."""
        ids = self.session.scalars(self._first(count, column, filters)).all()
        if not ids:
            return []
        found = select(Task).where(Task.id.in_(ids)).order_by(column, Task.id)
        return self.session.scalars(found.options(joinedload(Task.case), joinedload(Task.claimed_by))).all()

    def _first(
        self,
        count: int,
        column: InstrumentedAttribute[Any],
        filters: Sequence[ColumnElement[bool]],
        more: Sequence[InstrumentedAttribute[Any]] = (),
    ) -> Select[Any]:
        """The ids, and more columns, of the first rows: of each lane as many as there may be, then of them all."""
        free = not_recused(Task.case_id, self.caseworker)
        columns = dict.fromkeys((Task.id, column, *more))
        lanes = [
            select(
                select(*columns)
                .where(IS_OPEN, *lane, free, *filters)
                .order_by(column, Task.id)
                .limit(count)
                .subquery()
            )
            for lane in self._lanes()
        ]
        found = union(*lanes).subquery().c
        return select(*found).order_by(found[column.key], found.id).limit(count)

    def _lanes(self) -> list[Lane]:
        own = (Task.administration_key == self.caseworker.administration_key,)
        lanes: list[Lane]
        if self.list_name == MINE:
            lanes = [self._held(), *self._stood_in()]
        elif self.list_name == WAITING:
            lanes = [self._elsewhere()]
        elif self.list_name == UNIT:
            lanes = [(*lane, Task.claimed_by_id.is_(None)) for lane in self._units()]
        elif Role.SUPERVISOR in self.caseworker.roles:
            lanes = [()]
        else:
            lanes = [*self._units(), *self._stood_in()]
        return [(*own, *lane) for lane in lanes] or [(*own, Task.id.is_(None))]

    def _held(self) -> Lane:
        """What the person holds and may still do; a task of a unit that was left waits for the unit to move it."""
        held = Task.claimed_by_id == self.caseworker.id
        if Role.SUPERVISOR in self.caseworker.roles:
            return (held,)
        names = self._unit_names()
        return (held, or_(Task.unit.in_(names), Task.also_unit.in_(names)))

    def _stood_in(self) -> list[Lane]:
        return [(Task.claimed_by_id == absent,) for absent in sorted(self.standing_in_for)]

    def _units(self) -> list[Lane]:
        """What each unit sees, as the first or as the second unit of a task."""
        return [(seen_by == name,) for name in self._unit_names() for seen_by in (Task.unit, Task.also_unit)]

    def _elsewhere(self) -> Lane:
        """In the cases that the person answers for: what somebody else is to do."""
        answers_for = select(Case.id).where(
            or_(Case.responsible_id == self.caseworker.id, Case.responsible_id.in_(self.standing_in_for)),
            Case.closed_at.is_(None),
        )
        mine = Task.claimed_by_id == self.caseworker.id
        return (Task.case_id.in_(answers_for), or_(Task.claimed_by_id.is_(None), not_(mine)))

    def _unit_names(self) -> list[str]:
        """The units whose tasks the caseworker may see; none for who only keeps the system or its logs."""
        who = self.caseworker
        return sorted(str(one) for one in who.units if may("see_task", who.roles, who.units, one))


def _place(after: str, order: str) -> tuple[datetime | date, int]:
    value, _, task_id = after.partition("_")
    try:
        if order == "legal":
            return date.fromisoformat(value), int(task_id)
        return datetime.fromisoformat(value).astimezone(UTC), int(task_id)
    except (ValueError, OverflowError) as error:
        raise PageNotFound(after) from error


class NextDeadline(NamedTuple):
    """The nearest date that the law or the handbook sets in a case, as a list shows it."""

    falls_on: date
    is_provisional: bool
    title: str


def next_deadlines(session: Session, case_ids: Collection[int], today: date) -> dict[int, NextDeadline]:
    """Per case the nearest date from `today` on that the law or the handbook sets, if any."""
    if not case_ids:
        return {}
    title = Deadline.explanation[
        "title"
    ].as_string()  # the rest of the explanation is long, and no list shows it
    rows = session.execute(
        select(Deadline.case_id, Deadline.falls_on, Deadline.is_provisional, title)
        .where(Deadline.case_id.in_(case_ids), Deadline.is_current, Deadline.falls_on >= today)
        .order_by(Deadline.falls_on.desc(), Deadline.id.desc())
    )
    return {row[0]: NextDeadline(*row[1:]) for row in rows}
