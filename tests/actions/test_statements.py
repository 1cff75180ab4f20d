"""What a step costs: as many statements with many cases as with one, each answered from an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from typing import Any

import pytest
from sqlalchemy import event, select

from processes.actions.days import begin_day, cases_of_yesterday
from processes.actions.digests import choices_without_digest, make_digest
from processes.actions.events import record_event
from processes.actions.mail import mail_notification, next_mail_at, notifications_to_mail, take_mail
from processes.actions.mail_choices import choose_mail
from processes.actions.reminders import cases_with_due_reminders, give_reminders, next_reminder_at
from processes.actions.tasks import claim_task, complete_task
from processes.actions.timers import cases_with_due_timers, fire_case_timers, next_due_at
from processes.models import Task
from processes.rules.mail import DIGEST, REMINDER
from processes.unit_of_work import UnitOfWork
from tests.city import City
from tests.queries.test_inbox import fill

STANCE = {"stance": "handle", "grounds": ["arrears"], "informant": "landlord", "may_lead_to_measure": False}
SMALL = (
    "administrations",
    "caseworkers",
    "memberships",
    "diagram_versions",
    "landlords",
    "kinds",
    "CONSTANT ROW",
)
"""Tables that stay small, or of which every row is asked for, and what stands in the question itself."""


@contextmanager
def listening(city: City) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is sent to the database, with its values."""
    heard: list[tuple[str, Any]] = []

    def listen(
        _connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool
    ) -> None:
        heard.append((statement, values))

    event.listen(city.runtime.engine, "before_cursor_execute", listen)
    try:
        yield heard
    finally:
        event.remove(city.runtime.engine, "before_cursor_execute", listen)


def take_stance(city: City, case_id: int) -> None:
    task_id = city.task(case_id, "ta_stallning")
    people = in_charge(city)
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        claim_task(work, task_id=task_id, caseworker=siv)
        complete_task(work, task_id=task_id, caseworker=siv, answers=STANCE | people)


def remind(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        said = {"kind": "other", "until": "2026-03-04", "text": "Ring hyresvärden."}
        siv = city.person(work, "siv")
        record_event(work, case_id=case_id, name="bevakning.skapad", payload=said, caseworker=siv)


def let_time_pass(city: City, case_id: int) -> None:
    city.clock.move_to(datetime(2026, 3, 5, 6, 0, tzinfo=UTC))
    with city.runtime.transaction() as work:
        fire_case_timers(work, case_id=case_id)


def begin(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        begin_day(work, case_id=case_id)


def look_for_work(city: City, _case_id: int) -> None:
    with city.runtime.reading() as work:
        cases_with_due_timers(work, limit=50)
        next_due_at(work)
        cases_of_yesterday(work, limit=50)


def look_for_words(city: City, case_id: int) -> None:
    city.clock.move_to(datetime(2026, 3, 5, 6, 30, tzinfo=UTC))
    with city.runtime.transaction() as work:
        give_reminders(work, case_id=case_id)
        cases_with_due_reminders(work, limit=50)
        next_reminder_at(work)
        for notification_id in notifications_to_mail(work, limit=50):
            mail_notification(work, notification_id=notification_id)
        for choice_id in choices_without_digest(work, at=time(7, 30), limit=50):
            make_digest(work, choice_id=choice_id)
        take_mail(work)
        next_mail_at(work)


def remember_the_digest(city: City) -> None:
    with city.runtime.transaction() as work:
        choose_mail(work, caseworker=city.person(work, "siv"), wanted=[DIGEST, REMINDER])
    city.clock.move_to(datetime(2026, 3, 3, 6, 0, tzinfo=UTC))


STEPS = (take_stance, remind, let_time_pass, begin)


def costs(city: City, case_id: int) -> dict[str, int]:
    """How many statements each step of a case takes."""
    found = {}
    for step in STEPS:
        with listening(city) as heard:
            step(city, case_id)
        found[step.__name__] = len(heard)
    city.clock.move_to(datetime(2026, 3, 5, 6, 0, tzinfo=UTC))
    return found


def test_a_step_takes_as_many_statements_among_many_cases_as_alone(city: City) -> None:
    alone = city.register()
    first = costs(city, alone)
    for number in range(2, 7):
        take_stance(city, city.register(address=f"Provgatan {number}", received_at="2026-03-02T08:30"))
    # The diagrams are parsed by now, so that their files are not read again.
    second = costs(city, city.register(address="Provgatan 99"))
    assert {name: second[name] - cost for name, cost in first.items() if second[name] > cost} == {}


RECEIVED = {
    "register_method": "manual",
    "tenant_registered_here": "yes",
    "known_in_own_administration": False,
    "other_administration": "not_asked",
    "treserva_type": "A",
    "treserva_reason": "B",
    "treserva_registered_on": "2026-03-02",
    "send_information_letter": True,
}
AT_MOST = {
    "register a notice in a new case": 25,
    "claim a task": 7,
    "take a stance": 21,
    "receive the case": 10,
    "note something": 9,
    "let a timer go off": 9,
    "begin a day": 2,
}
"""Statements per action, also that which asks who acts. A stance begins three processes and writes to eleven tables."""


@contextmanager
def few_statements(city: City, name: str) -> Iterator[None]:
    """What happens in the block takes no more than `AT_MOST` says, and one commit."""
    commits: list[Any] = []
    count = commits.append
    event.listen(city.runtime.engine, "commit", count)
    try:
        with listening(city) as heard:
            yield
    finally:
        event.remove(city.runtime.engine, "commit", count)
    sent = [statement for statement, _ in heard if not statement.startswith("BEGIN")]
    assert len(sent) <= AT_MOST[name], "\n".join(sent)
    assert len(commits) == 1


def test_an_action_takes_few_statements_and_one_commit(city: City) -> None:
    before = city.register(address="Provgatan 2")
    take_stance(city, before)
    note(city, before)
    with few_statements(city, "register a notice in a new case"):
        case_id = city.register(address="Provgatan 3")
    for name, step, username, answers in (
        ("take a stance", "ta_stallning", "siv", STANCE | in_charge(city)),
        ("receive the case", "ta_emot_arende", "anna", RECEIVED),
    ):
        task_id = city.task(case_id, step)
        with few_statements(city, "claim a task"), city.runtime.transaction() as work:
            claim_task(work, task_id=task_id, caseworker=city.person(work, username))
        with few_statements(city, name), city.runtime.transaction() as work:
            complete_task(work, task_id=task_id, caseworker=city.person(work, username), answers=answers)
    with few_statements(city, "note something"):
        note(city, case_id)
    remind(city, case_id)
    with few_statements(city, "let a timer go off"):
        let_time_pass(city, case_id)
    with few_statements(city, "begin a day"):
        begin(city, case_id)


def in_charge(city: City) -> dict[str, int]:
    with city.runtime.reading() as work:
        return {"caseworker": city.person(work, "anna").id, "substitute": city.person(work, "bosse").id}


def test_a_step_takes_as_many_statements_after_many_events_as_at_the_beginning(city: City) -> None:
    case_id = city.register()
    city.register(address="Provgatan 2")
    remind(city, case_id)
    with listening(city) as heard:
        note(city, case_id)
    at_the_beginning = len(heard)
    for _ in range(12):
        note(city, case_id)
    with listening(city) as heard:
        note(city, case_id)
    assert len(heard) <= at_the_beginning


def note(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        record_event(work, case_id=case_id, name="anteckning", payload={"text": "Ringde."}, caseworker=siv)


@pytest.mark.parametrize("step", [*STEPS, look_for_work, look_for_words], ids=lambda step: str(step.__name__))
def test_every_question_of_a_step_can_be_answered_from_an_index(
    city: City, step: Callable[[City, int], None]
) -> None:
    case_id = city.register()
    remind(city, case_id)
    if step is look_for_words:
        remember_the_digest(city)
    with listening(city) as heard:
        step(city, case_id)
    asked = [one for one in heard if one[0].lstrip().startswith("SELECT") and "FROM " in one[0]]
    assert asked
    other = city.register(address="Provgatan 77")
    with city.runtime.reading() as work:
        among_many_tasks(work, other)
        whole = {
            statement: plan for statement, values in asked for plan in plans(work, statement, values) if plan
        }
    assert whole == {}


def among_many_tasks(work: UnitOfWork, case_id: int) -> None:
    """So many open tasks of another case that the planner has a reason to choose among the indexes."""
    model = work.session.scalars(select(Task).where(Task.case_id == case_id)).first()
    assert model is not None
    fill(work, model, 3000)
    work.session.connection().exec_driver_sql("ANALYZE tasks")


def plans(work: UnitOfWork, statement: str, values: Any) -> list[str]:
    """The tables that can grow large and of which the statement reads every row."""
    connection = work.session.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # with few rows no index would be used
        rows = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
        read = [node["Relation Name"] for node in nodes(rows[0]["Plan"]) if reads_everything(node)]
    else:
        lines = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        read = [str(line[-1]) for line in lines if "SCAN " in line[-1] and "INDEX" not in line[-1]]
    return [one for one in read if not any(table in one for table in SMALL)]


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The plan with all its parts, without the look at one end of an index that a minimum takes."""
    yield plan
    for part in plan.get("Plans", ()):
        if (plan["Node Type"], part["Node Type"]) != ("Limit", "Index Only Scan"):
            yield from nodes(part)


def reads_everything(node: dict[str, Any]) -> bool:
    """It reads a table without an index, or an index from end to end."""
    return "Relation Name" in node and "Index Cond" not in node and node["Node Type"] != "Bitmap Heap Scan"
