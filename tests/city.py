"""A fictional city in which the system runs: its staff, its published diagrams, and notices to register in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from processes.actions.demo import seed_people
from processes.actions.diagrams import publish_folder
from processes.actions.notices import register_notice
from processes.actions.tasks import claim_task, complete_task
from processes.clock import ManualClock
from processes.models import Caseworker, Task
from processes.queries.people import get_caseworker_named
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork

DIAGRAMS = Path(__file__).parent.parent / "bpmn-diagrams"


@dataclass
class City:
    """The system with staff and diagrams, and short ways to say who does what in it."""

    runtime: Runtime
    clock: ManualClock

    def person(self, work: UnitOfWork, username: str) -> Caseworker:
        return get_caseworker_named(work.session, username)

    def register(self, username: str = "siv", **answers: Any) -> int:
        """Register a notice; answers the id of its case."""
        with self.runtime.transaction() as work:
            who = self.person(work, username)
            return register_notice(work, caseworker=who, answers=arrears_notice() | answers).case_id

    def register_eviction(self, **answers: Any) -> int:
        """Register Kronofogden's notice of an eviction ten days ahead; answers the id of its case."""
        with self.runtime.reading() as work:
            in_charge: dict[str, Any] = {
                "caseworker": self.person(work, "anna").id,
                "substitute": self.person(work, "bosse").id,
            }
        return self.register(**(eviction_notice() | in_charge | answers))

    def open_steps(self, case_id: int) -> list[str]:
        with self.runtime.reading() as work:
            steps = select(Task.step).where(Task.case_id == case_id, Task.status == "open")
            return sorted(work.session.scalars(steps))

    def task(self, case_id: int, step: str) -> int:
        """The id of the case's open task of this step."""
        with self.runtime.reading() as work:
            found = work.session.scalars(
                select(Task.id).where(Task.case_id == case_id, Task.step == step, Task.status == "open")
            ).first()
        assert found is not None, f"{step} is not open: {self.open_steps(case_id)}"
        return found

    def complete(self, case_id: int, step: str, username: str, **answers: Any) -> None:
        """Claim and complete the open task of this step."""
        task_id = self.task(case_id, step)
        with self.runtime.transaction() as work:
            who = self.person(work, username)
            claim_task(work, task_id=task_id, caseworker=who)
            complete_task(work, task_id=task_id, caseworker=who, answers=answers)


def found_city(runtime: Runtime) -> None:
    """Fill an empty database with the staff and the diagrams."""
    with runtime.transaction() as work:
        publish_folder(work, DIAGRAMS)
        seed_people(work)


def arrears_notice() -> dict[str, Any]:
    """A notice of unpaid rent as the intake form takes it."""
    return {
        "kind": "A",
        "received_at": "2026-03-02T08:30",
        "channel": "registered_post",
        "informant": "landlord",
        "posted_on": "2026-02-27",
        "posted_registered": True,
        "amount_due": "9450.00",
        "landlord_name": "Exempelbo AB",
        "address": "Provgatan 1",
        "apartment": "1101",
        "contract_kind": "first_hand",
        "persons": [{"name": "F-01 Påhittad", "role": "contract_holder", "protection": "none"}],
    }


def eviction_notice() -> dict[str, Any]:
    """What an eviction notice from Kronofogden says besides what the landlord's says, but for who is in charge."""
    person = {"name": "F-05 Påhittad", "role": "contract_holder", "protection": "none", "is_defendant": True}
    return {
        "kind": "F",
        "informant": "kfm",
        "eviction_at": "2026-03-12T10:00",
        "kfm_case_number": "T-05",
        "persons": [person],
    }
