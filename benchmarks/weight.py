"""Measure e: how many bytes a case takes, open and closed: the state of its processes, and all of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import fmean

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.figures import Figure, Measured
from benchmarks.ground import Ground
from benchmarks.stories import CHAPTERS, play_once, stories_of
from benchmarks.tally import size_of
from processes.models import Case, ProcessInstance
from processes.queries.tables_of_case import rows_of, tables_of_case
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork

ALL_ROWS_EVERY = 6
"""All rows are weighed after every sixth change of an open case, and once it is closed; the state after every one."""
KILOBYTE = 1024


@dataclass
class Scales:
    """What was weighed, in bytes."""

    open_state: list[int] = field(default_factory=list)
    closed_state: dict[int, int] = field(default_factory=dict)
    open_rows: list[int] = field(default_factory=list)
    closed_rows: dict[int, int] = field(default_factory=dict)
    changes: int = 0

    def weigh(self, session: Session, case: Case) -> None:
        """Weigh the case as it stands."""
        lengths = select(func.sum(func.length(ProcessInstance.state)))
        state = session.scalar(lengths.where(ProcessInstance.case_id == case.id)) or 0
        self.changes += 1
        if case.closed_at is not None:
            self.closed_state[case.id] = state
            self.closed_rows[case.id] = weight_of(session, case)
            return
        self.open_state.append(state)
        if self.changes % ALL_ROWS_EVERY == 0:
            self.open_rows.append(weight_of(session, case))


def weight_of(session: Session, case: Case) -> int:
    """The bytes of the values in all rows of the case, its journal included; indexes and pages come on top."""
    return sum(
        size_of(tuple(row))
        for table in tables_of_case()
        for row in session.execute(select(table).where(rows_of(table, case.id, case.number)))
    )


def measure_weight(ground: Ground) -> Measured:
    """Play each story once, and weigh its case after every transaction."""
    scales = Scales()

    class Weighed(Runtime):
        """The system, with scales under it."""

        @contextmanager
        def transaction(self) -> Iterator[UnitOfWork]:
            with super().transaction() as work:
                yield work
                moved = {running.row.case_id for running in work.running.values()}
            with self.reading() as work:
                for case_id in moved:
                    scales.weigh(work.session, work.session.get_one(Case, case_id))

    for chapter in CHAPTERS:
        for story in stories_of(ground, chapter):
            play_once(ground, story, Weighed)
    return _told(scales)


def _told(scales: Scales) -> Measured:
    closed_state, closed_rows = list(scales.closed_state.values()), list(scales.closed_rows.values())
    figures = (
        _kilobytes("state of an open case, mean", fmean(scales.open_state), 5),
        _kilobytes("state of an open case, most", max(scales.open_state), 5),
        _kilobytes("state of a closed case, mean", fmean(closed_state)),
        _kilobytes("all rows of an open case, mean", fmean(scales.open_rows)),
        _kilobytes("all rows of an open case, most", max(scales.open_rows)),
        _kilobytes("all rows of a closed case, mean", fmean(closed_rows)),
        _kilobytes("all rows of a closed case, most", max(closed_rows)),
    )
    details = {
        "open_cases_weighed": len(scales.open_state),
        "closed_cases_weighed": len(closed_state),
        "closed_case_rows_bytes": sorted(closed_rows),
        "closed_case_state_bytes": sorted(closed_state),
    }
    return Measured(figures, details)


def _kilobytes(what: str, value: float, at_most: float | None = None) -> Figure:
    return Figure("e", what, value / KILOBYTE, "KB", at_most)
