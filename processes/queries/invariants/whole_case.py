"""Reads everything of a few cases at once, also what no longer counts, for looking only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from processes.models import Base, Case, LogChain, ProcessInstance
from processes.queries.case_rows import rows_of_cases
from processes.queries.diagrams import DiagramShelf
from processes.queries.findings_of_messages import Consequences
from processes.queries.log_chains import journal_chain
from processes.rules.invariants import Breach
from processes.rules.policy import Policy

Row = TypeVar("Row", bound=Base)


@dataclass
class CaseBatch:
    """A few cases as they stand, read in a few statements however many they are."""

    session: Session
    diagrams: DiagramShelf
    policy: Policy
    now: datetime
    consequences: Consequences
    case_ids: Sequence[int]
    chains: Mapping[str, LogChain] = field(init=False)
    cases: Sequence[Case] = field(init=False)
    _all: dict[type[Base], dict[int, list[Any]]] = field(default_factory=dict)
    _counting: dict[type[Base], dict[int, list[Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wanted = select(Case).where(Case.id.in_(self.case_ids)).order_by(Case.id)
        self.cases = self.session.scalars(wanted.options(joinedload(Case.dwelling))).unique().all()
        names = [journal_chain(case_id) for case_id in self.case_ids]
        found = self.session.scalars(select(LogChain).where(LogChain.name.in_(names)))
        self.chains = {chain.name: chain for chain in found}

    def whole(self) -> list[WholeCase]:
        """The cases, one by one."""
        return [WholeCase(self, case) for case in self.cases]

    def every(self, model: type[Row], case_id: int) -> list[Row]:
        """The case's rows of the table, oldest first, whether they count or not."""
        if model not in self._all:
            table: Any = model
            found: dict[int, list[Any]] = {one: [] for one in self.case_ids}
            wanted = select(model).where(table.case_id.in_(self.case_ids)).order_by(table.id)
            for row in self.session.scalars(wanted):
                found[row.case_id].append(row)  # type: ignore[attr-defined]
            self._all[model] = found
        return self._all[model][case_id]

    def counting(self, model: type[Row], case_id: int) -> list[Row]:
        """Those of them that still count (queries/case_rows.py)."""
        if model not in self._counting:
            self._counting[model] = dict(rows_of_cases(self.session, model, self.case_ids))
        return self._counting[model][case_id]


@dataclass(frozen=True, slots=True)
class WholeCase:
    """One case with all that belongs to it."""

    batch: CaseBatch
    case: Case

    @property
    def is_open(self) -> bool:
        return self.case.closed_at is None

    @property
    def running(self) -> list[ProcessInstance]:
        """Its processes that have not ended."""
        return [row for row in self.every(ProcessInstance) if row.ended_at is None]

    @property
    def policy(self) -> Policy:
        return self.batch.policy.in_administration(self.case.administration_key)

    def every(self, model: type[Row]) -> list[Row]:
        """The case's rows of the table, oldest first, whether they count or not."""
        return self.batch.every(model, self.case.id)

    def counting(self, model: type[Row]) -> list[Row]:
        """Those of them that still count."""
        return self.batch.counting(model, self.case.id)

    def breach(self, invariant: str, row: Base | None, said: str) -> Breach:
        """The invariant does not hold in this case."""
        return Breach(invariant, self.case.number, "" if row is None else name_of(row), said)


def name_of(row: Any) -> str:
    """The row by its table and number."""
    return f"{row.__tablename__} {row.id}"
