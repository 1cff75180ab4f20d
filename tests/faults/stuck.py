"""Breaks cases in every way that the table of checks knows, lets the job look once, and counts what it has found.

`python -m tests.faults.stuck --cases 2000` says whether everything was found, each with the right explanation, and
nothing besides; `--database sqlite` or `postgresql`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import Any

from sqlalchemy import func, select

from processes.actions.diagrams import publish
from processes.actions.people import add_caseworker
from processes.clock import ManualClock
from processes.migrations import migrate
from processes.models import Absence, Case, Caseworker, Finding
from processes.rules.stuck import CHECKS
from processes.rules.units import Role, Unit
from processes.runtime import Runtime
from processes.settings import Settings
from tests.city import City, found_city
from tests.conftest import A_MONDAY_MORNING
from tests.engine.drawn import files_of, sketch
from tests.faults import damage, damage_to_cases, healthy
from tests.faults.damage import WAITING, Damage, Facts
from tests.faults.mixed import copy_cases
from tests.postgres import start_server
from workers.findings import Findings

KINDS = 16
"""Healthy cases of different kinds, of which the others are copies."""
WAITS_ONLY = "message besked frist.avgjord; start > besked > slut"
Fault = Callable[[Damage], tuple[Case, Facts]]
FAULTS: tuple[tuple[str, Fault], ...] = (
    ("task_unclaimed", damage.unclaimed),
    ("task_holder_away", damage.holder_away),
    ("task_holder_left", damage.holder_left),
    ("task_holder_without_access", damage.holder_in_another_unit),
    ("task_holder_without_access", damage.holder_recused),
    ("task_overdue", damage.overdue),
    ("task_gate_closed", damage.gate_closed),
    ("task_rest_over", damage.rest_over),
    ("closed_with_tasks", damage.closed_with_task),
    ("recovery_undecided", damage.recovery_undecided),
    ("presence_unplanned", damage.presence_unplanned),
    ("confirmation_unsent", damage.confirmation_unsent),
    ("child_clock_passed", damage.child_clock_passed),
    ("child_clock_near", damage.child_clock_near),
    ("intake_too_long", damage.intake_too_long),
    ("legal_date_passed", damage.legal_date_passed),
    ("dates_differ", damage.dates_differ),
    ("case_not_gone_through", damage.not_gone_through),
    ("engine_error", damage.given_up),
    ("engine_failing", damage.failing),
    ("timer_late", damage.timer_late),
    ("suspension_over", damage.suspension_over),
    ("instance_idle", damage.idle),
    ("message_impossible", damage.waits_in_vain),
    ("rows_differ", damage.task_row_lost),
    ("rows_differ", damage.timer_row_lost),
    ("state_unreadable", damage.state_unreadable),
    ("nobody_responsible", damage_to_cases.nobody_responsible),
    ("nobody_substitute", damage_to_cases.nobody_substitute),
    ("responsible_left", damage_to_cases.responsible_left),
    ("both_away", damage_to_cases.both_away),
    ("notice_without_stance", damage_to_cases.without_stance),
    ("home_has_two_cases", damage_to_cases.two_cases),
    ("alarm_unseen", damage_to_cases.alarm_unseen),
    ("letter_unsent", damage_to_cases.letter_unsent),
    ("letter_returned", damage_to_cases.letter_returned),
    ("mail_given_up", damage_to_cases.mail_given_up),
)
"""By the check that is to find it."""


@dataclass
class Outcome:
    """What was broken, and what the job made of it."""

    cases: int
    broken: dict[tuple[str, int], Facts]
    found: dict[tuple[str, int], list[Finding]] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def missed(self) -> list[tuple[str, int]]:
        return sorted(self.broken.keys() - self.found.keys())

    @property
    def false_alarms(self) -> list[tuple[str, int]]:
        return sorted(self.found.keys() - self.broken.keys())

    @property
    def badly_explained(self) -> list[tuple[str, int, Any]]:
        """What is found with other facts than what was broken, or without a fact that its explanation names."""
        return [
            (*key, one.facts)
            for key, wanted in self.broken.items()
            for one in self.found.get(key, [])[:1]
            if not (wanted.items() <= one.facts.items()) or not _fills(one)
        ]

    @property
    def is_right(self) -> bool:
        return not (self.missed or self.false_alarms or self.badly_explained)

    @property
    def sentence(self) -> str:
        return (
            f"{self.cases} cases, {len(self.broken)} broken in {len(FAULTS)} ways against {len(CHECKS)} checks: "
            f"{len(self.broken) - len(self.missed)} found, {len(self.missed)} missed, "
            f"{len(self.false_alarms)} false alarms, {len(self.badly_explained)} badly explained; "
            f"one run of the job took {self.seconds:.1f} s"
        )


def _fills(finding: Finding) -> bool:
    """Every word in braces of the explanation is filled in."""
    named = {name for _, name, _, _ in Formatter().parse(CHECKS[finding.check_key].explanation) if name}
    return named <= finding.facts.keys() | {"since_at", "unit"}


def prepare(source: Runtime, target: Runtime, cases: int) -> None:
    """Fill one city with healthy cases, and another, which may be on another database, with copies of them."""
    healthy.fill(City(source, ManualClock(A_MONDAY_MORNING)))
    hire(target)
    copy_cases(source, target, cases // KINDS)


def hire(target: Runtime) -> None:
    """Somebody who is away, somebody who has left, somebody to be recused; and a process that only waits."""
    with target.transaction() as work:
        for username, name in (
            ("fanny", "Fanny Frånvarande"),
            ("frans", "Frans Frånvarande"),
            ("lage", "Lage Slutat"),
            ("rut", "Rut Jävig"),
        ):
            of_adults = [(Unit.ADULTS, Role.CASEWORKER)]
            person = add_caseworker(
                work, username=username, name=name, administration="hisingen", memberships=of_adults
            )
            person.is_active = username != "lage"
        work.session.flush()
        today = A_MONDAY_MORNING.date()
        people = {one.username: one.id for one in work.session.scalars(select(Caseworker))}
        for absent in ("fanny", "frans"):
            absence = Absence(caseworker_id=people[absent], substitute_id=people["anna"], starts_on=today)
            absence.ends_on, absence.told_at = today.replace(day=20), work.now
            absence.told_by_id = people[absent]
            work.session.add(absence)
        publish(work, WAITING, files_of(sketch(WAITS_ONLY, WAITING)))


def run(target: Runtime, copies: int, each: int) -> Outcome:
    """Break so many cases in every way, look once, and compare."""
    broken: dict[tuple[str, int], Facts] = {}
    harmed: dict[int, int] = {}
    for key, fault in FAULTS:
        with target.transaction() as work:
            for _ in range(each):
                case, facts = fault(Damage(work, copies, harmed))
                broken[key, case.id] = facts
    begun = time.perf_counter()
    Findings()(target, lambda: False)
    seconds = time.perf_counter() - begun
    with target.reading() as work:
        count = work.session.scalar(select(func.count()).select_from(Case)) or 0
        outcome = Outcome(count, broken, seconds=seconds)
        for finding in work.session.scalars(select(Finding).order_by(Finding.id)):
            outcome.found.setdefault((finding.check_key, finding.case_id), []).append(finding)
        work.session.expunge_all()
    return outcome


def runtime_on(url: str) -> Runtime:
    """A city with staff and diagrams and without a case, in an empty database."""
    migrate(url)
    settings = Settings.from_environment({"KVARBOENDE_DATABASE_URL": url})
    runtime = Runtime.open(settings, clock=ManualClock(A_MONDAY_MORNING))
    found_city(runtime)
    return runtime


def main() -> int:
    """Make the databases, break, look, and say what came of it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=2000)
    asked.add_argument(
        "--each", type=int, default=0, help="cases broken in every way; as many as fit unless told"
    )
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = asked.parse_args()
    copies = given.cases // KINDS
    with tempfile.TemporaryDirectory() as folder:
        source = runtime_on(f"sqlite:///{Path(folder) / 'source.db'}")
        server = start_server() if given.database == "postgresql" else None
        url = server.create("stuck") if server else f"sqlite:///{Path(folder) / 'target.db'}"
        target = runtime_on(url)
        begun = time.perf_counter()
        prepare(source, target, given.cases)
        print(f"{given.cases} cases were made in {time.perf_counter() - begun:.1f} s.", flush=True)  # noqa: T201 -- a program
        outcome = run(target, copies, given.each or max(1, copies // 12))
        again = time.perf_counter()
        Findings()(target, lambda: False)
        print(outcome.sentence)  # noqa: T201 -- a program
        print(f"A second run, with nothing new, took {time.perf_counter() - again:.1f} s.")  # noqa: T201 -- a program
        for what in (outcome.missed, outcome.false_alarms, outcome.badly_explained):
            for one in what[:20]:
                print(one)  # noqa: T201 -- a program
        source.close()
        target.close()
    return 0 if outcome.is_right else 1


if __name__ == "__main__":
    sys.exit(main())
