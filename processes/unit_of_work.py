"""One transaction at one instant: what an action is given to read from, to change, and to leave for later."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from processes.models import Event
from processes.queries.diagrams import DiagramShelf
from processes.queries.snapshots import read_snapshot
from processes.rules.policy import Policy
from processes.rules.snapshot import CaseSnapshot, Scope


@dataclass(frozen=True, slots=True)
class Knock:
    """An event that the processes of its case are to be told of."""

    event: Event
    name: str


@dataclass(frozen=True, slots=True)
class Start:
    """A process that is to start in a case."""

    process_key: str
    case_id: int
    scope: Scope
    only_one: bool = False


@dataclass
class UnitOfWork:
    """One transaction, one instant. It commits when its block ends, unless an exception leaves the block."""

    session: Session
    now: datetime
    diagrams: DiagramShelf
    policy: Policy
    at: datetime = field(init=False)
    """The instant that is being lived: `now`, or earlier while an overdue timer is caught up."""
    pending: deque[Knock | Start] = field(default_factory=deque)
    """What a step has set off and that happens after it, still in this transaction."""
    running: dict[int, Any] = field(default_factory=dict)
    """The process instances that this transaction has woken, by id (actions/instances.py)."""
    _snapshots: dict[int, CaseSnapshot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at = self.now

    def snapshot(self, case_id: int) -> CaseSnapshot:
        """The case as the rules see it, as it stands in this transaction."""
        if case_id not in self._snapshots:
            self.session.flush()
            self._snapshots[case_id] = read_snapshot(self.session, case_id, self.policy)
        return self._snapshots[case_id]

    def forget_snapshot(self, case_id: int) -> None:
        """Call after changing what the rules see of a case; the next question reads it again."""
        self._snapshots.pop(case_id, None)
