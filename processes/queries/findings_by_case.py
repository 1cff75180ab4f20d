"""Looks at one case as a whole: whether its dates follow from its facts, and its tasks and timers from its processes.

Nothing is changed: the processes are opened, looked at and thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn

from sqlalchemy.orm import Session

from processes.clock import swedish_day
from processes.engine import Instance, StateUnreadable
from processes.errors import DiagramNotFound, DiagramRefused
from processes.models import Case, Deadline, ProcessInstance, Subscription, Task, Timer
from processes.queries.diagrams import DiagramShelf, Published, current_version
from processes.queries.findings_asked import Asked
from processes.queries.findings_found import Found, as_json
from processes.queries.findings_of_messages import Consequences, Standing, waits_in_vain
from processes.queries.snapshots import snapshot_of
from processes.rules import calendar
from processes.rules.deadlines import deadlines_of
from processes.rules.deadlines.evictions import current_eviction
from processes.rules.explanation import Explanation
from processes.rules.facts import FACTS
from processes.rules.snapshot import CaseSnapshot, Scope
from processes.rules.stuck import CHECKS


class OnlyLooking:
    """What a process that is only looked at may ask and do: nothing."""

    def fact(self, name: str, at: datetime) -> NoReturn:
        raise RuntimeError(f"a process that is only looked at asked for {name} at {at}")

    def operate(self, name: str, parameters: object, at: datetime) -> NoReturn:
        raise RuntimeError(f"a process that is only looked at did {name} with {parameters} at {at}")


@dataclass(frozen=True, slots=True)
class CaseLook:
    """One look at one case."""

    session: Session
    diagrams: DiagramShelf
    case: Case
    rows: Callable[[type[Any]], Sequence[Any]]
    """The case's rows of a table that still count, oldest first."""
    asked: Asked
    consequences: Consequences

    def found(self) -> list[Found]:
        """Every check that takes the whole case and does not hold now."""
        policy = self.asked.policy.in_administration(self.case.administration_key)
        snapshot = snapshot_of(self.case, self.rows, policy)
        return [*self._dates(snapshot), *self._presence(snapshot), *self._processes()]

    def _dates(self, snapshot: CaseSnapshot) -> Iterator[Found]:
        """The first date that is kept otherwise than the rules count it."""
        kept = {(row.rule, row.subject): row for row in self.rows(Deadline)}
        counted = {(one.id, one.subject): one for one in deadlines_of(snapshot)}
        for key in sorted(kept.keys() | counted.keys()):
            row, explained = kept.get(key), counted.get(key)
            was = None if row is None else _shown(row.explained)
            becomes = None if explained is None else _shown(explained)
            if was != becomes or (row is not None and row.falls_on != row.explained.on):
                yield self._found(
                    "dates_differ",
                    self.case.id,
                    row.computed_at if row else self.asked.now,
                    deadline=key[0],
                    kept_on=row.falls_on if row else None,
                    counted_on=explained.on if explained else None,
                )
                return

    def _presence(self, snapshot: CaseSnapshot) -> Iterator[Found]:
        """The eviction is days away, or its day has come, and nobody has planned who goes there."""
        scope = Scope("case", self.case.id)
        eviction = current_eviction(snapshot)
        near = self.asked.working_days_ahead(self.asked.limits.presence_working_days)
        if eviction is None or eviction.is_provisional or eviction.on > near:
            return

        def holds(fact: str) -> bool:
            return bool(FACTS[fact].read(snapshot, scope, self.asked.now))

        if not holds("eviction_is_ahead") or holds("presence_plan_is_current") or holds("presence_is_waived"):
            return
        since = calendar.start_of_day(swedish_day(eviction.received_at))
        yield self._found("presence_unplanned", self.case.id, since, date_on=eviction.on)

    def _processes(self) -> Iterator[Found]:
        standing: list[Standing] = []
        for row in self.rows(ProcessInstance):
            try:
                published = self.diagrams.get(self.session, row.process_key, row.diagram_version)
                instance = Instance.restore(published.bundle, row.state, OnlyLooking())
            except (StateUnreadable, DiagramNotFound, DiagramRefused):
                yield self._found("state_unreadable", row.id, row.started_at, process=row.process_key)
                continue
            yield from self._mirror(row, instance)
            standing.append(standing_of(row, published, instance))
        for one, message in waits_in_vain(standing, self.consequences):
            row_id, key = one.row_id, one.process_key
            yield self._found("message_impossible", row_id, one.since, process=key, message=message)

    def _mirror(self, row: ProcessInstance, instance: Instance) -> Iterator[Found]:
        shown = (
            {("task", task.engine_id) for task in self.rows(Task) if task.instance_id == row.id}
            | {("timer", one.step, one.due_at) for one in self.rows(Timer) if one.instance_id == row.id}
            | {("message", one.name) for one in self.rows(Subscription) if one.instance_id == row.id}
        )
        wanted = (
            {("task", step.id) for step in instance.open_tasks}
            | {("timer", timer.step_id, timer.due_at) for timer in instance.timers}
            | {("message", name) for name in instance.awaited_messages}
        )
        if shown != wanted or instance.is_finished:
            yield self._found(
                "rows_differ",
                row.id,
                self.asked.now,
                process=row.process_key,
                missing=len(wanted - shown),
                extra=len(shown - wanted),
            )

    def _found(self, key: str, row_id: int, since: datetime, **facts: Any) -> Found:
        return Found(
            check_key=key,
            case_id=self.case.id,
            administration_key=self.case.administration_key,
            unit=str(CHECKS[key].unit),
            row_id=row_id,
            since=since,
            facts={name: as_json(value) for name, value in facts.items()},
        )


def _shown(one: Explanation) -> tuple[date | None, datetime | None, datetime | None, bool]:
    """What makes it another date, as `actions/deadlines.py` sees it too."""
    return one.on, one.at, one.latest_at, one.is_provisional


def standing_of(row: ProcessInstance, published: Published, instance: Instance) -> Standing:
    return Standing(
        row_id=row.id,
        process_key=row.process_key,
        version=row.diagram_version,
        scope=Scope(row.scope_kind, row.scope_id),
        since=row.started_at,
        files=published.files,
        messages=_ahead(published, instance.awaited_messages),
        moves_by_itself=bool(instance.open_tasks or instance.timers),
    )


def _ahead(published: Published, awaited: frozenset[str]) -> frozenset[str]:
    """The messages that it stands and waits for; what would only interrupt it does not carry it on."""
    steps = published.bundle.steps.values()
    caught = {step.message for step in steps if step.message and step.kind == "intermediateCatchEvent"}
    return awaited & caught or awaited


def consequences_in(session: Session, diagrams: DiagramShelf) -> Consequences:
    """What the processes of this installation can lead to."""

    def current_files(key: str) -> Mapping[str, bytes]:
        try:
            return diagrams.get(session, key, current_version(session, key)).files
        except DiagramNotFound:
            return {}

    return Consequences(current_files)
