"""Claiming, releasing, assigning and completing tasks: one person at a time, and nothing half done."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from processes.actions.tasks import assign_task, claim_task, complete_task, release_task
from processes.errors import (
    AnswersRefused,
    NotAllowed,
    NotOfThisUnit,
    TaskAlreadyClaimed,
    TaskAlreadyFinished,
    TaskNotClaimed,
    TaskNotFound,
)
from processes.models import Event, JournalEntry, ProcessInstance, Task
from tests.city import City

STANCE = {
    "stance": "handle",
    "grounds": ["arrears"],
    "informant": "landlord",
    "may_lead_to_measure": False,
}


@pytest.fixture
def case_id(city: City) -> int:
    return city.register()


def stance(city: City) -> dict[str, object]:
    with city.runtime.reading() as work:
        anna, bosse = city.person(work, "anna").id, city.person(work, "bosse").id
    return STANCE | {"caseworker": anna, "substitute": bosse}


def rows(city: City) -> tuple[int, ...]:
    """How many rows of each kind there are: unchanged when nothing has changed."""
    with city.runtime.reading() as work:
        return tuple(
            work.session.scalar(select(func.count()).select_from(model)) or 0
            for model in (Event, JournalEntry, Task, ProcessInstance)
        )


def test_a_new_notice_waits_for_a_stance(city: City, case_id: int) -> None:
    assert city.open_steps(case_id) == ["ta_stallning"]


def test_a_claimed_task_cannot_be_claimed_by_a_colleague(city: City, case_id: int) -> None:
    task_id = city.task(case_id, "ta_stallning")
    with city.runtime.transaction() as work:
        claim_task(work, task_id=task_id, caseworker=city.person(work, "siv"))
    with pytest.raises(TaskAlreadyClaimed) as refused, city.runtime.transaction() as work:
        claim_task(work, task_id=task_id, caseworker=city.person(work, "maria"))
    assert refused.value.claimed_by == "Siv Samuelsson"


def test_claiming_ones_own_task_again_changes_nothing(city: City, case_id: int) -> None:
    task_id = city.task(case_id, "ta_stallning")
    with city.runtime.transaction() as work:
        claim_task(work, task_id=task_id, caseworker=city.person(work, "siv"))
    before = rows(city)
    with city.runtime.transaction() as work:
        claim_task(work, task_id=task_id, caseworker=city.person(work, "siv"))
    assert rows(city) == before


def test_a_released_task_may_be_claimed_by_another(city: City, case_id: int) -> None:
    task_id = city.task(case_id, "ta_stallning")
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        claim_task(work, task_id=task_id, caseworker=siv)
        release_task(work, task_id=task_id, caseworker=siv)
    with city.runtime.transaction() as work:
        assert claim_task(work, task_id=task_id, caseworker=city.person(work, "maria")).claimed_by_id


def test_a_task_of_another_unit_cannot_be_claimed(city: City, case_id: int) -> None:
    with pytest.raises(NotOfThisUnit), city.runtime.transaction() as work:
        claim_task(work, task_id=city.task(case_id, "ta_stallning"), caseworker=city.person(work, "eva"))


def test_a_task_of_another_administration_does_not_exist(city: City, case_id: int) -> None:
    with pytest.raises(TaskNotFound), city.runtime.transaction() as work:
        claim_task(work, task_id=city.task(case_id, "ta_stallning"), caseworker=city.person(work, "disa"))


def test_a_task_that_is_not_claimed_cannot_be_completed(city: City, case_id: int) -> None:
    before = rows(city)
    with pytest.raises(TaskNotClaimed), city.runtime.transaction() as work:
        task_id = city.task(case_id, "ta_stallning")
        complete_task(work, task_id=task_id, caseworker=city.person(work, "siv"), answers=stance(city))
    assert rows(city) == before


def test_a_colleague_cannot_complete_a_claimed_task(city: City, case_id: int) -> None:
    task_id = city.task(case_id, "ta_stallning")
    with city.runtime.transaction() as work:
        claim_task(work, task_id=task_id, caseworker=city.person(work, "siv"))
    with pytest.raises(TaskAlreadyClaimed), city.runtime.transaction() as work:
        complete_task(work, task_id=task_id, caseworker=city.person(work, "maria"), answers={})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"favourite_colour": "blue"}, "favourite_colour"),
        ({"stance": "handel"}, "stance"),
        ({"stance": 7}, "stance"),
        ({"caseworker": 9_999}, "caseworker"),
        ({"caseworker": "Anna"}, "caseworker"),
    ],
)
def test_wrong_answers_are_refused_by_field_and_nothing_changes(
    city: City, case_id: int, wrong: dict[str, object], field: str
) -> None:
    task_id = city.task(case_id, "ta_stallning")
    with city.runtime.transaction() as work:
        claim_task(work, task_id=task_id, caseworker=city.person(work, "siv"))
    before = rows(city)
    with pytest.raises(AnswersRefused) as refused, city.runtime.transaction() as work:
        answers = stance(city) | wrong
        complete_task(work, task_id=task_id, caseworker=city.person(work, "siv"), answers=answers)
    assert field in refused.value.problems
    assert rows(city) == before


def test_a_double_submit_gives_one_success_and_one_clear_refusal(city: City, case_id: int) -> None:
    city.complete(case_id, "ta_stallning", "siv", **stance(city))
    before = rows(city)
    with city.runtime.reading() as work:
        task_id = work.session.scalars(select(Task.id).where(Task.step == "ta_stallning")).one()
    with pytest.raises(TaskAlreadyFinished), city.runtime.transaction() as work:
        complete_task(work, task_id=task_id, caseworker=city.person(work, "siv"), answers=stance(city))
    assert rows(city) == before


def test_two_completions_at_the_same_moment_give_one_success(city: City, case_id: int) -> None:
    task_id = city.task(case_id, "ta_stallning")
    said = stance(city)
    with city.runtime.transaction() as work:
        claim_task(work, task_id=task_id, caseworker=city.person(work, "siv"))
    start = threading.Barrier(2)
    ends: list[str] = []

    def complete() -> None:
        start.wait()
        try:
            with city.runtime.transaction() as work:
                complete_task(work, task_id=task_id, caseworker=city.person(work, "siv"), answers=said)
            ends.append("done")
        except TaskAlreadyFinished:
            ends.append("refused")

    threads = [threading.Thread(target=complete) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["done", "refused"]
    with city.runtime.reading() as work:
        mains = select(func.count()).where(ProcessInstance.process_key == "hot-om-avhysning")
        assert work.session.scalar(mains) == 1


def test_a_task_is_handed_over_by_who_holds_it_only_to_somebody_who_may_do_it(
    city: City, case_id: int
) -> None:
    task_id = city.task(case_id, "ta_stallning")
    with city.runtime.transaction() as work:
        siv, maria = city.person(work, "siv"), city.person(work, "maria")
        claim_task(work, task_id=task_id, caseworker=siv)
        assert assign_task(work, task_id=task_id, caseworker=siv, to=maria).claimed_by_id == maria.id
    with pytest.raises(NotAllowed), city.runtime.transaction() as work:
        assign_task(work, task_id=task_id, caseworker=city.person(work, "maria"), to=city.person(work, "eva"))


def test_completing_is_written_in_the_journal_with_who_and_what(city: City, case_id: int) -> None:
    city.complete(case_id, "ta_stallning", "siv", **stance(city))
    with city.runtime.reading() as work:
        line = work.session.scalars(select(JournalEntry).where(JournalEntry.what == "task_completed")).one()
        assert line.by_id == city.person(work, "siv").id
        assert line.details["answers"]["stance"] == "handle"
