"""Registers cases to work on, and says which task of a case is open and what its answers refer to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from sqlalchemy import select

from benchmarks.ground import Ground
from benchmarks.workload import CHAPTER_6, CHAPTER_7, Answers, Told, Turn, arrears, eviction
from processes.actions.notices import register_notice
from processes.models import Caseworker, Person, Task
from processes.queries.people import get_caseworker
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork

_numbers = count(1)


@dataclass(frozen=True)
class WorkedCase:
    """A case, the tasks to complete in it, and what the answers refer to."""

    ground: Ground
    case_id: int
    notice: int
    tenant: int
    turns: tuple[Turn, ...]

    def task(self, turn: Turn) -> int:
        """The id of the open task of this step."""
        open_ones = select(Task.id).where(
            Task.case_id == self.case_id, Task.step == turn.step, Task.status == "open"
        )
        with self.ground.runtime.reading() as work:
            return work.session.scalars(open_ones).one()

    def answers(self, turn: Turn) -> Answers:
        """What is answered now."""
        now = self.ground.runtime.clock.now()
        return turn.answers(Told(now, self.ground.staff, self.tenant, self.notice))


def caseworker(ground: Ground, work: UnitOfWork, username: str) -> Caseworker:
    """One of the staff, in this transaction; found in one statement, as the pages find who is signed in."""
    return get_caseworker(work.session, ground.staff[username])


def chapter_6(ground: Ground, runtime: Runtime | None = None) -> WorkedCase:
    """A new case of unpaid rent."""
    system = runtime or ground.runtime
    return _registered(ground, system, arrears(next(_numbers), system.clock.now()), CHAPTER_6)


def chapter_7(ground: Ground, runtime: Runtime | None = None) -> WorkedCase:
    """A new case with a decided eviction."""
    system = runtime or ground.runtime
    return _registered(ground, system, eviction(next(_numbers), system.clock.now(), ground.staff), CHAPTER_7)


def _registered(ground: Ground, runtime: Runtime, answers: Answers, turns: tuple[Turn, ...]) -> WorkedCase:
    with runtime.transaction() as work:
        notice = register_notice(work, caseworker=caseworker(ground, work, "siv"), answers=answers)
        case_id, notice_id = notice.case_id, notice.id
        work.session.flush()
        tenant = work.session.scalars(select(Person.id).where(Person.case_id == case_id)).first()
    return WorkedCase(ground, case_id, notice_id, tenant or 0, turns)
