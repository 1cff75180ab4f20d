"""Goes through the open cases one after another and looks at each as a whole; how far it has come is in the database.

A look costs no lock. Only where it finds something new is the case looked at again under its lock, so that nothing is
said of a case that somebody was just moving.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as on_postgresql
from sqlalchemy.dialects.sqlite import insert as on_sqlite
from sqlalchemy.orm import joinedload

from processes.actions.findings import bring_up_to_date, is_news, open_findings
from processes.models import Base, Case, Finding, FindingRound
from processes.queries.case_rows import rows_of_cases
from processes.queries.findings_asked import Asked
from processes.queries.findings_by_case import CaseLook, consequences_in
from processes.queries.findings_found import Found, Standing, open_cases_after, open_in_cases
from processes.queries.findings_of_messages import Consequences
from processes.unit_of_work import UnitOfWork

NAME = "open_cases"
ROUND = timedelta(hours=1)
"""A round begins so long after the one before began, or when that one has ended if it takes longer."""
AT_A_TIME = 50


def take_cases(work: UnitOfWork) -> Sequence[int]:
    """The next open cases of the round, for this worker alone; none when the round is done and the next not due."""
    row = _round_for_update(work)
    if row.ended_at is not None:
        if work.now - row.began_at < ROUND:
            return []
        row.last_case_id, row.began_at, row.ended_at = 0, work.now, None
    cases = open_cases_after(work.session, row.last_case_id, AT_A_TIME)
    if cases:
        row.last_case_id = cases[-1]
    else:
        row.ended_at = work.now
    return cases


def next_round_at(work: UnitOfWork) -> datetime | None:
    """When the next round begins; None while one goes on."""
    row = work.session.get(FindingRound, NAME)
    return None if row is None or row.ended_at is None else row.began_at + ROUND


def _round_for_update(work: UnitOfWork) -> FindingRound:
    insert = on_postgresql if work.session.get_bind().dialect.name == "postgresql" else on_sqlite
    first = {"name": NAME, "last_case_id": 0, "began_at": work.now}
    work.session.execute(insert(FindingRound).values(first).on_conflict_do_nothing())
    return work.session.scalars(select(FindingRound).where(FindingRound.name == NAME).with_for_update()).one()


@dataclass
class Looked:
    """A batch of cases as they stand, read in a few statements however many they are."""

    work: UnitOfWork
    case_ids: Sequence[int]
    consequences: Consequences = field(init=False)
    _rows: dict[type[Base], dict[int, list[Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        session = self.work.session
        self.consequences = consequences_in(session, self.work.diagrams)
        of_batch = select(Case).where(Case.id.in_(self.case_ids)).options(joinedload(Case.dwelling))
        self._cases = {case.id: case for case in session.scalars(of_batch).unique()}
        self._known = open_in_cases(session, self.case_ids)

    def compared(self, case_id: int) -> tuple[list[Found], list[Standing]]:
        """What is new of the case, and what is known of it beside how it is now."""
        found = {(one.check_key, one.row_id): one for one in self._found(case_id)}
        standing = []
        for row in self._known[case_id]:
            now = found.pop((row.check_key, row.row_id), None)
            if now is not None:
                now = replace(now, since=row.since)
            standing.append(Standing(row.id, row.facts, row.last_seen_at, now))
        return list(found.values()), standing

    def has_news(self, case_id: int) -> bool:
        """Whether something of the case is to be opened, closed or written down anew."""
        new, standing = self.compared(case_id)
        return bool(new) or any(is_news(one, self.work) for one in standing)

    def _found(self, case_id: int) -> Iterable[Found]:
        case = self._cases.get(case_id)
        if case is None or case.closed_at is not None:
            return []
        work = self.work

        def rows(model: type[Any]) -> Sequence[Any]:
            if model not in self._rows:
                self._rows[model] = rows_of_cases(work.session, model, self.case_ids)
            return self._rows[model][case_id]

        asked = Asked(work.now, work.policy)
        return CaseLook(work.session, work.diagrams, case, rows, asked, self.consequences).found()


def look_again(work: UnitOfWork, *, case_id: int) -> list[Finding]:
    """Look at the case under its lock and keep its findings true; answers the new ones.

    A case that somebody is moving at this moment is left to the next round.
    """
    if not work.lock_if_free(case_id):
        return []
    new, standing = Looked(work, [case_id]).compared(case_id)
    bring_up_to_date(work, standing)
    return open_findings(work, new)
