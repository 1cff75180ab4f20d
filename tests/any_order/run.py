"""One run of whatever happens in a city: its database and clock, what people remember, what they are refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask
from hypothesis import note
from sqlalchemy import func, select

from processes.clock import ManualClock
from processes.errors import Refusal
from processes.models import Base, Case, Caseworker, LogChain, Task
from processes.queries.people import get_caseworker_named
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork
from tests.any_order.filling import Dice
from tests.any_order.picture import Picture, take

STAFF = ("anna", "bosse", "siv", "karim", "eva", "ebba", "maria")
"""Who works with cases in the administration of the run."""
TABLES = [table for table in Base.metadata.sorted_tables if table.name != "diagram_versions"]


@dataclass
class Run:
    """The system under test and what has happened in it so far."""

    runtime: Runtime
    clock: ManualClock
    dice: Dice
    pages: list[tuple[str, int]] = field(default_factory=list)
    """Tasks that somebody has had before the eyes, perhaps long ago."""
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    steps: int = 0
    looks: int = 0
    is_late: bool = False
    """The clock has gone on, and no worker has looked after what fell due."""
    app: Flask | None = None
    """The pages, once somebody has looked at one."""
    before: Picture = field(default_factory=Picture)
    """Everything as it stood before the deed at hand."""

    def person(self, work: UnitOfWork, username: str) -> Caseworker:
        return get_caseworker_named(work.session, username)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def attempt(self, what: str, deed: Callable[[UnitOfWork], Any]) -> bool:
        """Do it in a transaction of its own; a refusal is no fault if it has left everything as it was."""
        before = self._fingerprint()
        try:
            with self.runtime.transaction() as work:
                deed(work)
        except Refusal as refusal:
            is_unchanged = self._fingerprint() == before
            note(f"{self.now:%Y-%m-%d %H:%M} {what}: refused, {type(refusal).__name__}: {refusal.in_full}")
            self.refused[f"{what}: {type(refusal).__name__}"] += 1
            if is_unchanged:
                return False
            raise AssertionError(f"{what} was refused and changed something") from refusal
        note(f"{self.now:%Y-%m-%d %H:%M} {what}")
        self.done[what] += 1
        return True

    def picture(self) -> Picture:
        """Everything that is kept of the cases now."""
        with self.runtime.reading() as work:
            return take(work)

    def _fingerprint(self) -> tuple[Any, ...]:
        """How many rows every table has, where the logs end, and the version of every case and open task."""
        with self.runtime.reading() as work:
            counts = [select(func.count()).select_from(table).scalar_subquery() for table in TABLES]
            sizes = work.session.execute(select(*counts)).one()
            chains = work.session.execute(select(LogChain.name, LogChain.hash).order_by(LogChain.name)).all()
            cases = work.session.execute(
                select(Case.id, Case.version, Case.closed_at).order_by(Case.id)
            ).all()
            tasks = select(Task.id, Task.status, Task.claimed_by_id, Task.on_hold_until).order_by(Task.id)
            return tuple(sizes), tuple(chains), tuple(cases), tuple(work.session.execute(tasks).all())

    def case_ids(self, *, is_open: bool = True) -> list[int]:
        """The cases of the run, the open ones alone unless told otherwise."""
        with self.runtime.reading() as work:
            found = select(Case.id).order_by(Case.id)
            return list(work.session.scalars(found.where(Case.closed_at.is_(None)) if is_open else found))

    def a_case(self) -> int | None:
        """One of the cases, now and then a closed one."""
        cases = self.case_ids(is_open=not self.dice.chance(8))
        return self.dice.pick(cases) if cases else None

    def open_tasks(self, case_id: int | None = None) -> list[tuple[int, str, str | None]]:
        """Every open task (or those of the case): its id, its step, and the name of who holds it."""
        with self.runtime.reading() as work:
            found = (
                select(Task.id, Task.step, Caseworker.username)
                .outerjoin(Caseworker, Caseworker.id == Task.claimed_by_id)
                .where(Task.status == "open")
                .order_by(Task.id)
            )
            if case_id is not None:
                found = found.where(Task.case_id == case_id)
            return [(row[0], row[1], row[2]) for row in work.session.execute(found)]
