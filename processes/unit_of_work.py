"""One transaction at one instant: what an action is given to read from, to change, and to leave for later."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy.dialects.postgresql import insert as on_postgresql
from sqlalchemy.dialects.sqlite import insert as on_sqlite
from sqlalchemy.orm import Session

from processes.errors import CaseNotFound, DiagramNotFound
from processes.logs import concern
from processes.models import (
    Base,
    Case,
    Caseworker,
    DestructionEntry,
    Dwelling,
    Event,
    JournalEntry,
    Landlord,
    LogChain,
    ReadEntry,
)
from processes.models.base import names_of
from processes.queries.access import Access
from processes.queries.case_rows import OF_EVERY_STEP, Asking, Row, gathered, rows_of_case
from processes.queries.cases import (
    find_case_if_free,
    find_cases_if_free,
    get_case_for_update,
    get_case_of_task_for_update,
)
from processes.queries.diagrams import DiagramShelf, current_versions
from processes.queries.log_chains import (
    destruction_chain,
    find_chain_for_update,
    journal_chain,
    reads_chain,
)
from processes.queries.numbers import DRAWN, NAMELESS, next_number
from processes.queries.snapshots import snapshot_of
from processes.rules.log_chain import START, fingerprint
from processes.rules.policy import Policy
from processes.rules.snapshot import CaseSnapshot, Scope


@dataclass(frozen=True, slots=True)
class Knock:
    """An event that the processes of its case are to be told of."""

    event: Event
    name: str

    @property
    def case_id(self) -> int:
        return self.event.case_id


@dataclass(frozen=True, slots=True)
class Start:
    """A process that is to start in a case, unless one of its kind already runs there about the same thing."""

    process_key: str
    case_id: int
    scope: Scope


@dataclass
class UnitOfWork:
    """One transaction, one instant. It commits when its block ends, unless an exception leaves the block."""

    session: Session
    now: datetime
    diagrams: DiagramShelf
    policy: Policy
    at: datetime = field(init=False)
    """The instant that is being lived: `now`, or earlier while an overdue timer is caught up."""
    pending: defaultdict[int, deque[Knock | Start]] = field(default_factory=lambda: defaultdict(deque))
    """What a step has set off and that happens after it, still in this transaction; by case."""
    running: dict[int, Any] = field(default_factory=dict)
    """The process instances that this transaction has woken, by id (actions/instances.py)."""
    due: dict[str, datetime] = field(default_factory=dict)
    """When this transaction leaves something for a job of the worker to do; by the job's name, the earliest."""
    _locked: set[int] = field(default_factory=set)
    _chains: dict[str, LogChain] = field(default_factory=dict)
    _rows: dict[tuple[type[Base], int], list[Any]] = field(default_factory=dict)
    _without_id: set[tuple[type[Base], int]] = field(default_factory=set)
    """Of which some may get their id only when they are written."""
    _gone: set[tuple[Any, ...]] = field(default_factory=set)
    """The names of what has been removed (models/base.py), as far as it is not known to be deleted."""
    _versions: dict[str, str] = field(default_factory=dict)
    _homes: list[Any] = field(default_factory=list)
    """Held so that the session, which forgets what nobody holds, need not fetch a case or its home again."""
    _snapshots: dict[int, CaseSnapshot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at = self.now

    def lock(self, case_id: int, administration_key: str | None = None) -> Case:
        """The case, which nobody else can move until the transaction ends.

        Raises CaseNotFound, also for a case of another administration than one that is given, which stays free.
        Whoever had to wait for it finds it as the other left it: what was read of the case before is read again.
        """
        if case_id not in self._locked:
            self.session.flush()
            self._begin_to_move(get_case_for_update(self.session, case_id, administration_key))
        return self.session.get_one(Case, case_id)

    def lock_case_of(self, task_id: int, administration_key: str) -> Case:
        """The case of the task, locked like by `lock`. Raises TaskNotFound, also for another administration's task."""
        self.session.flush()
        case = get_case_of_task_for_update(self.session, task_id, administration_key)
        if case.id not in self._locked:
            self._begin_to_move(case)
        return case

    def _begin_to_move(self, case: Case) -> None:
        self._locked.add(case.id)
        self._homes.append(case)
        concern(case.id)
        self._rows = {key: rows for key, rows in self._rows.items() if key[1] != case.id}
        self.forget_snapshot(case.id)

    def open_case(self, case: Case) -> None:
        """Add a case that nobody else knows of yet: it is this transaction's to move, and has no rows."""
        self.session.add(case)
        self.session.flush()
        self._begin_to_move(case)
        self._rows.update(((model, case.id), []) for model in OF_EVERY_STEP)
        chain = LogChain(name=journal_chain(case.id), length=0, hash=START)
        self.session.add(chain)
        self._chains[chain.name] = chain

    def lock_if_free(self, case_id: int) -> bool:
        """Lock the case like `lock`, but never wait: False when somebody else is moving it, or there is none."""
        if case_id in self._locked:
            return True
        if find_case_if_free(self.session, case_id) is None:
            return False
        self._locked.add(case_id)
        concern(case_id)
        return True

    def lock_those_free(self, case_ids: Collection[int]) -> list[int]:
        """Lock the cases like `lock_if_free`, in one statement; answers which of them are locked now, by id."""
        wanted = [case_id for case_id in case_ids if case_id not in self._locked]
        free = find_cases_if_free(self.session, wanted) if wanted else ()
        self._locked.update(case.id for case in free)
        self._homes += free
        return sorted(self._locked.intersection(case_ids))

    def leave_for(self, job: str, due_at: datetime) -> None:
        """Tell the workers, once this is committed, that the job has something to do at `due_at`."""
        self.due[job] = min(due_at, self.due.get(job, due_at))

    def current_version(self, process_key: str) -> str:
        """The version of the process that a new case uses, as one statement has found it. Raises DiagramNotFound."""
        if process_key not in self._versions:
            self._versions = current_versions(self.session)
        if process_key not in self._versions:
            raise DiagramNotFound(process_key)
        return self._versions[process_key]

    def forget_versions(self) -> None:
        """Call after publishing a process; who starts one then starts the new version."""
        self._versions.clear()

    def set_off(self, item: Knock | Start) -> None:
        """Leave something to happen in its case when the step at hand is done."""
        self.pending[item.case_id].append(item)

    def rows(self, model: type[Row], case_id: int) -> list[Row]:
        """The case's rows of this table that still count (queries/case_rows.py), read once in the transaction.

        Lock the case before you change any. Rows that `add` has added since are among them, last.
        """
        key = (model, case_id)
        if key not in self._rows:
            self._rows[key] = list(rows_of_case(self.session, model, case_id))
        if key in self._without_id:
            self._without_id.remove(key)
            if any(cast(Any, row).id is None for row in self._rows[key]):
                self.session.flush()
        return self._rows[key]

    def gather(self, case_ids: Iterable[int], *, asking: Caseworker | None = None) -> Access | None:
        """Read at once, in one statement, what a step of these cases depends on, so that `rows` need not ask again.

        Lock the cases first if they are to be moved. What has been read of them already stays as it is. Of one case
        the statement can say whether somebody may see it; None when nothing of it needed to be read.
        """
        wanted = [one for one in case_ids if any((model, one) not in self._rows for model in OF_EVERY_STEP)]
        if not wanted:
            return None
        asks = Asking(asking, self.now) if asking is not None else None
        at_once = gathered(self.session, wanted, to_move=self._locked.issuperset(wanted), asking=asks)
        found = at_once.rows
        self._versions = self._versions or dict(at_once.versions)
        missing = {(model, one) for one in wanted for model in OF_EVERY_STEP} - self._rows.keys()
        self._rows.update((key, []) for key in missing)
        for model in OF_EVERY_STEP:
            for row in found[model]:
                if (model, row.case_id) in missing:
                    self._rows[model, row.case_id].append(row)
        self._homes += found[Dwelling] + found[Landlord]
        locked = {journal_chain(case_id) for case_id in self._locked}
        for end in found[LogChain]:
            if end.name in locked:
                self._chains.setdefault(end.name, end)
        return at_once.access

    def add(self, row: Base) -> None:
        """Add a row of a case, so that `rows` knows of it; a row of a log is given its place in the chain first."""
        if isinstance(row, JournalEntry):
            row.subject, row.details = row.subject or "", row.details or {}
            self._say_when(row)
            concern(row.case_id)
            self._chain_up(row, journal_chain(row.case_id))
        elif isinstance(row, ReadEntry):
            self._chain_up(row, reads_chain(row.administration_key))
        elif isinstance(row, DestructionEntry):
            self._chain_up(row, destruction_chain(row.administration_key))
        if isinstance(row, DRAWN) and cast(Any, row).id is None:
            cast(Any, row).id = next_number(self.session, type(row))
        if self._gone and names_of(row) & self._gone:
            self.session.flush()  # what had the name before must be deleted before it can be given again
            self._gone.clear()
        self.session.add(row)
        key = (type(row), getattr(row, "case_id", 0))
        if key in self._rows:
            self._rows[key].append(row)
            if not isinstance(row, (*DRAWN, *NAMELESS)):
                self._without_id.add(key)

    def _say_when(self, row: JournalEntry) -> None:
        """A journal says when it was written; what a late timer did counts from the timer's instant, said beside."""
        row.at = self.now
        if self.at != self.now:
            row.details = {**row.details, "as_of": self.at.isoformat()}

    def _chain_up(self, row: JournalEntry | ReadEntry | DestructionEntry, name: str) -> None:
        """Let the log's row follow on the last one of its chain (rules/log_chain.py)."""
        chain = self._chains.get(name) or self._lock_chain(name)
        chain.length += 1
        row.number = chain.length
        row.hash = chain.hash = fingerprint(chain.hash, name, row.number, row.content)

    def _lock_chain(self, name: str) -> LogChain:
        chain = find_chain_for_update(self.session, name)
        if chain is None:
            first = {"name": name, "length": 0, "hash": START}
            on_conflict = on_postgresql if self.session.get_bind().dialect.name == "postgresql" else on_sqlite
            with self.session.no_autoflush:
                self.session.execute(on_conflict(LogChain).values(first).on_conflict_do_nothing())
            chain = find_chain_for_update(self.session, name)
        self._chains[name] = cast(LogChain, chain)
        return self._chains[name]

    def remove(self, row: Base) -> None:
        """Delete a row of a case, so that `rows` no longer has it."""
        if row in self.session.new:
            self.session.expunge(row)  # it came and went within the transaction
        else:
            self.session.delete(row)
            self._gone |= names_of(row)
        loaded = self._rows.get((type(row), getattr(row, "case_id", 0)))
        if loaded is not None:
            loaded.remove(row)

    def leave_out(self, row: Base) -> None:
        """Let `rows` have the row of a case no longer: it stays, but has ceased to count (queries/case_rows.py)."""
        case_id: int = getattr(row, "case_id", 0)
        loaded = self._rows.get((type(row), case_id), [])
        if row in loaded:
            loaded.remove(row)
        self.forget_snapshot(case_id)

    def snapshot(self, case_id: int) -> CaseSnapshot:
        """The case as the rules see it, as it stands in this transaction. Raises CaseNotFound."""
        if case_id not in self._snapshots:
            case = self.session.get(Case, case_id)
            if case is None:
                raise CaseNotFound(str(case_id))
            self.gather([case_id])
            policy = self.policy.in_administration(case.administration_key)
            self._snapshots[case_id] = snapshot_of(case, lambda model: self.rows(model, case_id), policy)
        return self._snapshots[case_id]

    def forget_snapshot(self, case_id: int) -> None:
        """Call after changing what the rules see of a case; the next question makes the picture anew."""
        self._snapshots.pop(case_id, None)
