"""Verifies a whole database while the system runs: nothing lost, nothing doubled, nothing stuck, no log tampered with.

Nothing is changed and no lock is taken. Each batch of cases, and each question over all of them, sees the database as
it was at one instant, so that what somebody is just doing is seen either not at all or whole. Memory does not grow with
the number of cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.models import Case
from processes.queries.findings_by_case import consequences_in
from processes.queries.invariants import dates, events, logs, processes, references, work_done
from processes.queries.invariants.whole_case import CaseBatch, WholeCase
from processes.queries.log_chains import flaws_in_destruction_journals, flaws_in_read_logs
from processes.rules.invariants import Breach
from processes.runtime import Runtime

AT_A_TIME = 25
OF_A_CASE: tuple[Callable[[WholeCase], Iterator[Breach]], ...] = (
    processes.breaches,
    events.breaches,
    work_done.breaches,
    dates.breaches,
    logs.breaches,
)


@dataclass
class Verification:
    """One walk through the database, or through the cases of one administration."""

    runtime: Runtime
    administration: str | None = None
    cases: int = 0
    """How many cases have been looked at."""

    def breaches(self) -> Iterator[Breach]:
        """Everything that is wrong, as it is found."""
        yield from self._all_tables()
        yield from self.of_cases()

    def _all_tables(self) -> Iterator[Breach]:
        with self.runtime.at_one_instant() as work:
            yield from references.breaches(work.session, self.administration)
        if self.administration is not None:
            return
        with self.runtime.at_one_instant() as work:
            yield from references.file_flaws(work.session)
            yield from logs.ownerless(work.session)
        with self.runtime.at_one_instant() as work:
            yield from _flaws_in_logs(work.session)

    def of_cases(self) -> Iterator[Breach]:
        """What is wrong with each case by itself."""
        last = 0
        while True:
            with self.runtime.at_one_instant() as work:
                case_ids = self._next(work.session, last)
                if not case_ids:
                    return
                consequences = consequences_in(work.session, work.diagrams)
                batch = CaseBatch(work.session, work.diagrams, work.policy, work.now, consequences, case_ids)
                for whole in batch.whole():
                    yield from _breaches_of(whole)
                self.cases += len(batch.cases)
                last = case_ids[-1]

    def _next(self, session: Session, last: int) -> list[int]:
        wanted = select(Case.id).where(Case.id > last).order_by(Case.id).limit(AT_A_TIME)
        if self.administration is not None:
            wanted = wanted.where(Case.administration_key == self.administration)
        return list(session.scalars(wanted))


def _flaws_in_logs(session: Session) -> Iterator[Breach]:
    for walk in (flaws_in_read_logs, flaws_in_destruction_journals):
        for flaw in walk(session):
            yield Breach("chain_is_whole", "", f"{flaw.chain} {flaw.number}", flaw.said)


def _breaches_of(whole: WholeCase) -> Iterator[Breach]:
    for look in OF_A_CASE:
        try:
            yield from look(whole)
        except Exception as error:  # noqa: BLE001 -- a row so damaged that it cannot be read is what is looked for
            where = look.__module__.rpartition(".")[2]
            yield whole.breach("case_reads", whole.case, f"{where}: {type(error).__name__}")


def breaches_in(runtime: Runtime, administration: str | None = None) -> list[Breach]:
    """Everything that is wrong with the database, for tests and small databases."""
    return list(Verification(runtime, administration).breaches())


def breaches_in_cases(runtime: Runtime) -> list[Breach]:
    """What is wrong with single cases only, for tests that look after every step."""
    return list(Verification(runtime).of_cases())
