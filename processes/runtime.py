"""Puts the system together: settings, database, diagrams and clock, and gives out transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from processes.clock import AheadClock, Clock, SystemClock
from processes.database import WriterTurn, open_database
from processes.errors import CaseChangedMeanwhile
from processes.models.seen import SEEN, Seen
from processes.queries.diagrams import DiagramShelf
from processes.queries.simulated_time import time_ahead
from processes.rules.closed_days import read_closed_days
from processes.rules.policy import Policy
from processes.rules.stuck_limits import Limits
from processes.settings import Settings
from processes.unit_of_work import UnitOfWork

WAKE_UP = "kvarboende"
"""The channel of PostgreSQL on which the workers are told which job has something to do."""


def policy_of(settings: Settings) -> Policy:
    """The municipality's choices, with those that an installation makes by its environment. Raises SettingRefused."""
    closed = read_closed_days(settings.closed_days.read_text("utf-8")) if settings.closed_days else {}
    return Policy(
        emergency_hours=settings.emergency_hours,
        protected_circle=settings.protected_circle,
        closed_days=closed,
        limits=Limits(**settings.stuck_after),
        release_needs_approval=settings.release_approval,
    )


def clock_of(settings: Settings, engine: Engine) -> Clock:
    """The computer's clock; in a demo as far ahead as somebody has moved it, in all of the demo's programs alike."""
    if not settings.demo:
        return SystemClock()
    return AheadClock(SystemClock(), lambda: time_ahead(engine))


@dataclass
class Runtime:
    """The running system: lives as long as the process; everything it gives out lives as long as a transaction."""

    settings: Settings
    engine: Engine
    clock: Clock
    policy: Policy = field(default_factory=Policy)
    diagrams: DiagramShelf = field(default_factory=DiagramShelf)
    seen: Callable[[], Seen | None] = lambda: None
    """Where to note whose content a transaction fetches; nowhere, unless it is fetched for somebody (app/reads.py)."""
    _turn: WriterTurn = field(default_factory=WriterTurn)

    @classmethod
    def open(cls, settings: Settings, *, clock: Clock | None = None, policy: Policy | None = None) -> Runtime:
        """Open the database that the settings name; it must have its tables already (see migrate)."""
        chosen = policy or policy_of(settings)
        engine = open_database(settings.database_url)
        return cls(settings, engine, clock or clock_of(settings, engine), chosen)

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """A transaction that is committed when the block ends and rolled back when an exception leaves it.

        Raises CaseChangedMeanwhile when another transaction changed the same rows first.
        """
        with self._writing() as session:
            work = self._work(session)
            yield work
            self._wake_workers(work)
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A transaction for looking only; whatever it changed is thrown away."""
        connection = self.engine.connect().execution_options(reading=True)
        with connection, Session(connection) as session:
            yield self._work(session)
            session.rollback()

    @contextmanager
    def at_one_instant(self) -> Iterator[UnitOfWork]:
        """A transaction for looking only, in which everything is seen as it was at one instant, however long it takes.

        A transaction of `reading` sees what others commit meanwhile, on PostgreSQL. What must fit together, such as a
        log and the end that it is known to have, is read in this one.
        """
        options: dict[str, object] = {"reading": True}
        if self.engine.dialect.name == "postgresql":
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        connection = self.engine.connect().execution_options(**options)
        with connection, Session(connection) as session:
            yield self._work(session)
            session.rollback()

    @contextmanager
    def rehearsal(self) -> Iterator[UnitOfWork]:
        """A transaction in which something is really done, to see what comes of it; then all of it is thrown away.

        Raises CaseChangedMeanwhile like `transaction`.
        """
        with self._writing() as session:
            yield self._work(session)

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """A session that may write, in its turn; what is not committed in the block is rolled back."""
        with ExitStack() as stack:
            if self.engine.dialect.name == "sqlite":
                stack.enter_context(self._turn.taken())
            session = stack.enter_context(Session(self.engine, expire_on_commit=False))
            try:
                yield session
            except StaleDataError as error:
                raise CaseChangedMeanwhile(str(error)) from error
            except OperationalError as error:
                if _is_a_clash(error):
                    raise CaseChangedMeanwhile("another transaction held the case for too long") from error
                raise

    def _wake_workers(self, work: UnitOfWork) -> None:
        """Ring for what is due before the workers would look by themselves; they hear it when this is committed.

        Only for that, because PostgreSQL lets one transaction at a time commit that rings.
        """
        if self.engine.dialect.name != "postgresql":
            return
        soon = work.now + timedelta(seconds=self.settings.worker_seconds)
        jobs = sorted(job for job, due_at in work.due.items() if due_at <= soon)
        if jobs:
            work.session.execute(select(*(func.pg_notify(WAKE_UP, job) for job in jobs)))

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def _work(self, session: Session) -> UnitOfWork:
        session.info[SEEN] = self.seen()
        return UnitOfWork(session, self.clock.now(), self.diagrams, self.policy)


CLASHES = {"40001", "40P01", "55P03", "57014"}
"""PostgreSQL's codes, in whatever language it speaks: cannot serialise, deadlock, lock or statement took too long."""


def _is_a_clash(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlstate", None) in CLASHES or "database is locked" in str(error.orig)
