"""What a step has changed is written once, at its end; until then it reads as if it were written."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, func, select, update

from processes.actions.events import record_event
from processes.actions.versions import make_current
from processes.errors import CaseChangedMeanwhile, CaseNotFound, DiagramNotFound, TaskNotFound
from processes.models import (
    Caseworker,
    Event,
    JournalEntry,
    KeptMessage,
    LogChain,
    Person,
    ProcessInstance,
    Subscription,
    Task,
)
from processes.queries.log_chains import flaws_in_journals, journal_chain
from processes.unit_of_work import UnitOfWork
from tests.city import City


def note(work: UnitOfWork, city: City, case_id: int) -> Event:
    siv = city.person(work, "siv")
    return record_event(work, case_id=case_id, name="anteckning", payload={"text": "Ringde."}, caseworker=siv)


def test_a_row_that_is_made_has_its_defaults_before_it_is_written() -> None:
    task = Task(step="ta_stallning")
    assert (task.status, task.priority, task.blocked_by) == ("open", 3, "")
    assert Task(status="completed").status == "completed"


def test_a_due_task_is_sorted_by_its_instant_and_not_by_the_default(city: City) -> None:
    now = city.clock.now()
    assert Task(due_at=now).sorted_due_at == now


def test_every_row_has_a_default_of_its_own() -> None:
    first, second = JournalEntry(), JournalEntry()
    first.details["said"] = True
    assert second.details == {}


def test_a_row_carries_the_id_of_what_it_refers_to_before_it_is_written() -> None:
    task = Task(claimed_by=Caseworker(id=7))
    assert task.claimed_by_id == 7
    task.claimed_by = None
    assert task.claimed_by_id is None


def test_several_events_in_one_transaction_are_numbered_in_their_order(city: City) -> None:
    case_id = city.register()
    with city.runtime.transaction() as work:
        numbers = [note(work, city, case_id).id for _ in range(6)]
        before = work.session.scalar(select(func.max(Event.id)).where(Event.id.not_in(numbers)))
    assert numbers == sorted(set(numbers))
    assert before is not None
    assert before < numbers[0]


def test_a_row_that_nobody_numbered_takes_no_number_of_another(city: City) -> None:
    case_id = city.register()
    with city.runtime.transaction() as work:
        first = note(work, city, case_id)
        facts = {"case_id": case_id, "name": "anteckning", "scope_kind": "case", "scope_id": case_id}
        times = {"at": work.now, "recorded_at": work.now, "payload": {}}
        beside = Event(**facts, **times)
        work.session.add(beside)
        second = note(work, city, case_id)
    assert len({first.id, beside.id, second.id}) == 3


def test_the_journal_stays_one_chain_when_it_is_read_in_the_middle_of_a_step(city: City) -> None:
    case_id = city.register()
    with city.runtime.transaction() as work:
        note(work, city, case_id)
        seen = work.session.scalars(select(JournalEntry).where(JournalEntry.case_id == case_id)).all()
        note(work, city, case_id)
    with city.runtime.reading() as work:
        numbers = work.session.scalars(
            select(JournalEntry.number).where(JournalEntry.case_id == case_id).order_by(JournalEntry.id)
        ).all()
        assert list(flaws_in_journals(work.session)) == []
    assert [entry.number for entry in seen] == list(range(1, len(seen) + 1))
    assert list(numbers) == list(range(1, len(numbers) + 1))


def test_nobody_writes_behind_an_end_of_the_chain_that_is_its_end_no_longer(city: City) -> None:
    case_id = city.register()
    with pytest.raises(CaseChangedMeanwhile), city.runtime.transaction() as work:
        note(work, city, case_id)
        with work.session.no_autoflush:
            work.session.connection().execute(
                update(LogChain.__table__)  # type: ignore[arg-type]
                .where(LogChain.name == journal_chain(case_id))
                .values(length=LogChain.length + 1)
            )


def test_a_process_may_cease_to_wait_and_wait_again_within_one_step(city: City) -> None:
    case_id = city.register_eviction()
    with city.runtime.transaction() as work:
        work.lock(case_id)
        waits = work.rows(Subscription, case_id)[0]
        [process] = [one for one in work.rows(ProcessInstance, case_id) if one.id == waits.instance_id]
        name = waits.name
        work.remove(waits)
        work.add(Subscription(case_id=case_id, instance=process, name=name))
    with city.runtime.reading() as work:
        found = work.session.scalars(select(Subscription.name).where(Subscription.case_id == case_id)).all()
    assert list(found).count(name) == 1


def test_gathered_rows_are_those_that_would_be_read_one_table_at_a_time(city: City) -> None:
    ids = [city.register_eviction(address=f"Provgatan {number}") for number in (1, 2)]
    with city.runtime.transaction() as work:
        note(work, city, ids[0])
    models: tuple[Any, ...] = (Task, Event, ProcessInstance, Subscription)
    with city.runtime.reading() as together, city.runtime.reading() as alone:
        together.gather(ids)
        for case_id in ids:
            for model in models:
                read = [row.id for row in alone.rows(model, case_id)]
                assert [row.id for row in together.rows(model, case_id)] == read
                assert read
        assert together.snapshot(ids[1]) == alone.snapshot(ids[1])


def test_those_that_are_locked_are_those_that_are_there(city: City) -> None:
    case_id = city.register()
    with city.runtime.transaction() as work:
        assert work.lock_those_free([case_id, case_id + 1000]) == [case_id]


def test_a_task_of_another_administration_locks_nothing(city: City) -> None:
    task_id = city.task(city.register(), "ta_stallning")
    with pytest.raises(TaskNotFound), city.runtime.transaction() as work:
        work.lock_case_of(task_id, "nordost")


def test_a_case_of_another_administration_locks_nothing(city: City) -> None:
    case_id, asked = city.register(), []
    with city.runtime.transaction() as work:
        disa = city.person(work, "disa")

        @event.listens_for(work.session, "loaded_as_persistent")
        def loaded(_session: object, row: object) -> None:
            asked.append(row)

        with pytest.raises(CaseNotFound):
            record_event(
                work, case_id=case_id, name="anteckning", payload={"text": "Ringde."}, caseworker=disa
            )
    assert not asked, "the case itself was read, and locked by that"


def test_who_publishes_and_starts_in_one_transaction_starts_the_new_version(city: City) -> None:
    with city.runtime.transaction() as work:
        before = work.current_version("bevakning")
        make_current(work, "bevakning", None)
        with pytest.raises(DiagramNotFound):
            work.current_version("bevakning")
        make_current(work, "bevakning", before)
        assert work.current_version("bevakning") == before


def test_a_row_that_others_will_name_has_its_id_when_it_is_asked_for(city: City) -> None:
    case_id = city.register()
    with city.runtime.transaction() as work:
        work.lock(case_id)
        work.gather([case_id])
        work.add(Person(case_id=case_id, name="Kim Exempel", roles=["adult_resident"], recorded_at=work.now))
        assert all(row.id for row in work.rows(Person, case_id))


def test_lines_stand_in_their_order_when_other_rows_came_and_went_between_them(city: City) -> None:
    case_id = city.register()
    with city.runtime.transaction() as work:
        work.lock(case_id)
        passing = [KeptMessage(case_id=case_id, name=f"paminnelse.{number}") for number in range(3)]
        for message in passing:
            work.add(message)
        work.add(JournalEntry(case_id=case_id, what="process_ended"))
        for message in passing:
            work.remove(message)
        work.add(JournalEntry(case_id=case_id, what="case_closed"))
    with city.runtime.reading() as work:
        of_case = select(JournalEntry.number).where(JournalEntry.case_id == case_id)
        numbers = list(work.session.scalars(of_case.order_by(JournalEntry.id)))
    assert numbers == sorted(numbers)
