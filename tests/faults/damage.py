"""Every way in which work can be stuck, done to a healthy case: what is broken, and what is to be said about it.

What somebody could have done is done by the actions, or by changing a fact and letting its consequences be worked out
anew. What only a fault can bring about is written into the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import orjson
import zstandard
from sqlalchemy import ColumnElement, delete, select

from processes.actions.moving import refresh, settle
from processes.clock import swedish_day
from processes.engine import Instance
from processes.models import (
    Base,
    Case,
    Caseworker,
    Deadline,
    Event,
    JobFailure,
    Notice,
    ProcessInstance,
    Recusal,
    Subscription,
    Task,
    Timer,
)
from processes.operations.recording import record
from processes.queries.findings_by_case import OnlyLooking
from processes.queries.people import get_caseworker_named
from processes.rules.snapshot import Scope
from processes.unit_of_work import Start, UnitOfWork
from tests.faults.mixed import STRIDE

Row = TypeVar("Row", bound=Base)
LEFT_UNDONE, HELPED, CLOSED, NEIGHBOUR, LEFT_LYING, EVICTION_NEAR, CHILD, ELSEWHERE = range(1, 9)
RESTING, FAMILY, DISTURBANCE, EVICTION_TODAY, FRESH, EARLY, EVICTION_AHEAD, WATCHED = range(9, 17)
"""The healthy cases of tests/faults/healthy.py by their first numbers."""
WAITING = "prov-vantan"
"""The key of a small process that waits for a message and for nothing else."""
Facts = dict[str, Any]


@dataclass
class Damage:
    """One transaction in which cases are broken, each in one way."""

    work: UnitOfWork
    copies: int
    harmed: dict[int, int] = field(default_factory=dict)
    """How many copies of each healthy case are broken already."""

    def case(self, *kinds: int) -> Case:
        """The next healthy case of one of these kinds: the kind of which most are left."""
        kind = min(kinds, key=lambda one: self.harmed.get(one, 0))
        copy = self.harmed.get(kind, 0)
        assert copy < self.copies - 1, f"no healthy case of kind {kind} is left"
        self.harmed[kind] = copy + 1
        return self.work.lock(kind + copy * STRIDE)

    def one(self, model: type[Row], case: Case, *conditions: ColumnElement[bool]) -> Row:
        """The first row of the case."""
        table: Any = model
        found = select(model).where(table.case_id == case.id, *conditions).order_by(table.id).limit(1)
        return self.work.session.scalars(found).one()

    def task(self, case: Case, *conditions: ColumnElement[bool]) -> Task:
        return self.one(Task, case, Task.status == "open", *conditions)

    def days_ago(self, days: float) -> datetime:
        return self.work.now - timedelta(days=days)

    def day(self, days: int) -> date:
        """So many days from today on."""
        return swedish_day(self.work.now) + timedelta(days=days)

    def person(self, username: str) -> Caseworker:
        return get_caseworker_named(self.work.session, username)

    def anybody(self, username: str) -> Caseworker:
        """Also somebody whose account is closed."""
        return self.work.session.scalars(select(Caseworker).where(Caseworker.username == username)).one()

    @contextmanager
    def other_facts(self, case: Case) -> Iterator[None]:
        """Change facts inside; then let what follows from them be worked out, and the work be in time all the same."""
        yield
        self.work.session.flush()
        self.work.forget_snapshot(case.id)
        refresh(self.work, case, cause="prov")
        for task in self.work.rows(Task, case.id):
            task.created_at, task.due_at = self.work.now, self.work.now + timedelta(days=5)


def unclaimed(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(NEIGHBOUR, CHILD)
    task = damage.task(case, Task.claimed_by_id.is_(None))
    task.created_at = damage.days_ago(10)
    return case, {"task": task.title}


def _held(damage: Damage, username: str, *kinds: int) -> tuple[Case, Task]:
    case = damage.case(*kinds)
    task = damage.task(case, Task.unit == "vuxen", Task.also_unit.is_(None))
    task.claimed_by_id, task.claimed_at = damage.anybody(username).id, damage.work.now
    return case, task


def holder_away(damage: Damage) -> tuple[Case, Facts]:
    case, task = _held(damage, "fanny", NEIGHBOUR, CHILD)
    task.due_at = damage.work.now + timedelta(hours=30)
    return case, {"task": task.title, "person": "Fanny Frånvarande", "substitute": "Anna Lindqvist"}


def holder_left(damage: Damage) -> tuple[Case, Facts]:
    case, task = _held(damage, "lage", NEIGHBOUR, RESTING)
    return case, {"task": task.title, "person": "Lage Slutat"}


def holder_in_another_unit(damage: Damage) -> tuple[Case, Facts]:
    case, task = _held(damage, "ebba", NEIGHBOUR, RESTING)
    return case, {"task": task.title, "person": "Ebba Norén"}


def holder_recused(damage: Damage) -> tuple[Case, Facts]:
    case, task = _held(damage, "rut", NEIGHBOUR, CHILD)
    rut = damage.person("rut").id
    declared = {"reason": "Påhittat jäv", "declared_at": damage.work.now, "declared_by_id": rut}
    damage.work.session.add(Recusal(case_id=case.id, caseworker_id=rut, **declared))
    return case, {"task": task.title, "person": "Rut Jävig"}


def overdue(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(LEFT_LYING, DISTURBANCE)
    task = damage.task(case)
    task.due_at = damage.days_ago(6)
    return case, {"task": task.title, "due_at": task.due_at.isoformat()}


def gate_closed(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(LEFT_UNDONE, FAMILY)
    task = damage.task(case)
    task.blocked_by, task.blocked_since = "unannounced-visit", damage.days_ago(20)
    return case, {"task": task.title}


def rest_over(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(RESTING, FRESH)
    task = damage.task(case)
    task.on_hold_until, task.hold_reason = damage.days_ago(0.2), "Påhittat skäl."
    return case, {"task": task.title}


def closed_with_task(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(CLOSED)
    task = damage.one(Task, case)
    task.status = "open"
    return case, {"task": task.title}


def recovery_undecided(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(FRESH, FAMILY)
    notice = damage.one(Notice, case)
    with damage.other_facts(case):
        notice.posted_on = notice.notice_dated_on = notice.served_on = damage.day(-19)
        notice.served_confirmed = True
    return case, {"date_on": damage.day(2).isoformat(), "deadline": "D-01"}


def presence_unplanned(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(EVICTION_AHEAD)
    notice = damage.one(Notice, case)
    with damage.other_facts(case):
        notice.eviction_at = damage.work.now + timedelta(days=2)
        told = damage.one(Event, case, Event.name == "kfm.underrattelse")
        told.payload = {**told.payload, "eviction_at": notice.eviction_at.isoformat()}
    return case, {"date_on": damage.day(2).isoformat()}


def confirmation_unsent(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(EVICTION_TODAY)
    notice = damage.one(Notice, case)
    with damage.other_facts(case):
        notice.received_at = damage.days_ago(4)
        for event in damage.work.rows(Event, case.id):
            event.recorded_at = damage.days_ago(4)
    return case, {"deadline": "D-10"}


def _report(damage: Damage, case: Case, days_ago: int, *, is_safe: bool) -> None:
    """Let the concern for the child have come in so long ago; with its protection assessed or not."""
    session = damage.work.session
    event = damage.one(Event, case, Event.name == "orosanmalan.inkom")
    with damage.other_facts(case):
        at = damage.days_ago(days_ago)
        event.at, event.payload = at, {**event.payload, "received_at": at.isoformat()}
        if is_safe:
            assessed = _event("skyddsbedomning.gjord", case, at, {"already_investigated": False})
            assessed.scope_kind, assessed.scope_id = event.scope_kind, event.scope_id
            session.add(assessed)


def _event(name: str, case: Case, at: datetime, payload: Facts) -> Event:
    return Event(
        case_id=case.id,
        name=name,
        scope_kind="case",
        scope_id=case.id,
        at=at,
        recorded_at=at,
        payload=payload,
    )


def child_clock_passed(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(CHILD)
    _report(damage, case, 20, is_safe=True)
    return case, {"deadline": "D-12", "date_on": damage.day(-6).isoformat()}


def child_clock_near(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(CHILD)
    _report(damage, case, 12, is_safe=True)
    return case, {"deadline": "D-12", "date_on": damage.day(2).isoformat()}


def intake_too_long(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(EARLY, DISTURBANCE)
    notice = damage.one(Notice, case)
    with damage.other_facts(case):
        notice.received_at = damage.days_ago(40)
    return case, {"deadline": "D-17", "date_on": damage.day(-12).isoformat()}


def legal_date_passed(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(EARLY, DISTURBANCE)
    with damage.other_facts(case):
        damage.work.session.add(_event("atgard.kan_bli_aktuell", case, damage.days_ago(5), {}))
    return case, {"deadline": "D-16", "date_on": damage.day(-5).isoformat()}


def dates_differ(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(LEFT_UNDONE, RESTING)
    row = damage.one(Deadline, case, Deadline.is_current.is_(True), Deadline.rule == "D-17")
    assert row.falls_on is not None
    row.falls_on += timedelta(days=3)
    return case, {"deadline": "D-17", "kept_on": row.falls_on.isoformat()}


def not_gone_through(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(FAMILY, FRESH)
    case.refreshed_on = damage.day(-3)
    return case, {"date_on": damage.day(-3).isoformat()}


def _failure(damage: Damage, case: Case, given_up_at: datetime | None, attempts: int) -> Facts:
    failed = {"first_failed_at": damage.days_ago(0.2), "last_failed_at": damage.work.now}
    damage.work.session.add(
        JobFailure(
            job="timers",
            row_id=case.id,
            case_id=case.id,
            error="StepFailed",
            attempts=attempts,
            next_attempt_at=damage.work.now,
            given_up_at=given_up_at,
            **failed,
        )
    )
    return {"job": "timers", "attempts": attempts}


def given_up(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(HELPED, FAMILY)
    return case, _failure(damage, case, damage.work.now, 8)


def failing(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(HELPED, FAMILY)
    return case, _failure(damage, case, None, 5)


def timer_late(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(EARLY, DISTURBANCE)
    said = {"kind": "other", "until": damage.day(-1).isoformat(), "text": "Påhittad påminnelse."}
    record(damage.work, case, "bevakning.skapad", said)
    settle(damage.work, case, cause="prov")
    return case, {"step": "bevakningsdag"}


def suspension_over(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(NEIGHBOUR, FAMILY)
    case.suspended_until, case.suspended_why = damage.days_ago(0.5), "Påhittad paus."
    return case, {}


def idle(damage: Damage) -> tuple[Case, Facts]:
    """A token got lost: the process has not ended, and nothing in it is open."""
    case = damage.case(FRESH, DISTURBANCE)
    row = damage.one(ProcessInstance, case, ProcessInstance.ended_at.is_(None))
    published = damage.work.diagrams.get(damage.work.session, row.process_key, row.diagram_version)
    instance = Instance.restore(published.bundle, row.state, OnlyLooking())
    instance.cancel()
    state = orjson.loads(zstandard.ZstdDecompressor().decompress(instance.dump()))
    row.state = zstandard.ZstdCompressor(level=3).compress(orjson.dumps({**state, "ended": False}))
    for task in damage.work.session.scalars(select(Task).where(Task.instance_id == row.id)):
        task.status, task.ended_at = "withdrawn", damage.work.now
    for model in (Timer, Subscription):
        damage.work.session.execute(delete(model).where(model.instance_id == row.id))
    return case, {"process": row.process_key}


def waits_in_vain(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(EVICTION_AHEAD)
    damage.work.set_off(Start(WAITING, case.id, Scope("case", case.id)))
    settle(damage.work, case, cause="prov")
    return case, {"process": WAITING, "message": "frist.avgjord"}


def task_row_lost(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(NEIGHBOUR, HELPED)
    damage.task(case).status = "withdrawn"
    return case, {"missing": 1, "extra": 0}


def timer_row_lost(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(FAMILY, WATCHED)
    rows = damage.work.session.scalars(select(Timer).where(Timer.case_id == case.id)).all()
    if not rows:
        damage.work.session.add(
            Timer(
                case_id=case.id,
                instance_id=damage.one(ProcessInstance, case, ProcessInstance.ended_at.is_(None)).id,
                step="prov",
                due_at=datetime(2027, 1, 1, tzinfo=UTC),
            )
        )
        return case, {"missing": 0, "extra": 1}
    damage.work.session.delete(rows[0])
    return case, {"missing": 1, "extra": 0}


def state_unreadable(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(FRESH, EARLY)
    row = damage.one(ProcessInstance, case, ProcessInstance.ended_at.is_(None))
    row.state = b"not a state"
    return case, {"process": row.process_key}
