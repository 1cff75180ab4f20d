"""What is measured on and with: a city in an empty database, crowds, copies, and the least that a step can cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, inspect, select, text

from benchmarks.cases import caseworker, chapter_6
from benchmarks.cloning import clone_case, let_be_due
from benchmarks.crowd import crowd
from benchmarks.ground import NotEmpty, founded
from benchmarks.lower_bound import BareDatabase, Bound, engine_listened_to
from benchmarks.stories import CHAPTERS, stories_of
from benchmarks.tally import counted, sizes_of
from benchmarks.timers import watched_case
from processes.actions.tasks import claim_task, complete_task
from processes.actions.timers import fire_case_timers
from processes.database import open_database
from processes.models import Case, Deadline, LogChain, ProcessInstance, Reminder, Task, Timer


def tables_in(url: str) -> list[str]:
    engine = open_database(url)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_a_city_is_founded_crowded_and_gone_again(empty_database_url):
    with founded(empty_database_url) as ground:
        chapter_6(ground)
        crowd(ground, 1_000)
        with ground.runtime.reading() as work:
            is_open = select(func.count()).select_from(Task).where(Task.status == "open")
            in_cases = select(func.count(Task.case_id.distinct())).where(Task.status == "open")
            assert work.session.scalar(is_open) == pytest.approx(1_000, abs=5)
            assert work.session.scalar(in_cases) == work.session.scalar(select(func.count(Case.id)))
        names = {one["name"] for one in inspect(ground.runtime.engine).get_indexes("tasks")}
        assert names >= {index.name for index in Task.metadata.tables["tasks"].indexes}
        with pytest.raises(NotEmpty):
            founded(empty_database_url).__enter__()
    assert tables_in(empty_database_url) == []
    engine = open_database(empty_database_url)
    if engine.dialect.name == "postgresql":
        left = "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        with engine.connect() as connection:
            assert connection.scalar(text(left)) == 0
    engine.dispose()


def test_a_copied_case_s_timer_goes_off_when_it_is_told_to_and_a_step_s_least_cost_is_its_own(tmp_path):
    with founded(f"sqlite:///{tmp_path / 'measured.db'}") as ground:
        copies_are_due_when_they_are_told_to(ground)
        least_cost_is_that_of_the_same_engine_steps_and_rows(ground)
        every = {chapter: stories_of(ground, chapter) for chapter in CHAPTERS}
    assert all(every.values())
    assert not [
        step for stories in every.values() for one in stories for step in one.steps if "expect" in step
    ]


def least_cost_is_that_of_the_same_engine_steps_and_rows(ground):
    case = chapter_6(ground)
    turn = case.turns[0]
    task_id, answers = case.task(turn), case.answers(turn)
    with ground.runtime.transaction() as work:
        claim_task(work, task_id=task_id, caseworker=caseworker(ground, work, turn.who))
    with (
        engine_listened_to() as lives,
        counted(ground.runtime.engine) as tally,
        ground.runtime.transaction() as work,
    ):
        complete_task(work, task_id=task_id, caseworker=caseworker(ground, work, turn.who), answers=answers)
    assert tally.commits == 1
    moved = [life for life in lives if life.has_moved]
    with ground.runtime.reading() as work:
        stored = list(work.session.scalars(select(ProcessInstance).order_by(ProcessInstance.id)))
        stored = [row for row in stored if row.case_id == case.case_id]
        assert [row.process_key for row in stored] == [life.bundle.key for life in moved]
        for life, row in zip(moved, stored, strict=True):
            assert len(life.again()) == pytest.approx(len(row.state), rel=0.2)
    bare = BareDatabase(ground.url)
    bound = Bound(moved, tally.rows)
    assert bound.engine_seconds() > 0
    assert bound.transaction_seconds(bare) > 0
    with ground.runtime.reading() as work:
        written = work.session.execute(text("SELECT count(*), sum(length(said)) FROM bare_rows")).one()
    assert tuple(written) == (len(tally.rows), sum(max(1, size) for size in tally.rows))
    bare.close()
    assert "bare_rows" not in inspect(ground.runtime.engine).get_table_names()


def copies_are_due_when_they_are_told_to(ground):
    watched_case(ground)
    clone_case(ground.runtime, 2)
    with ground.runtime.reading() as work:
        cases = list(work.session.scalars(select(Timer.case_id).order_by(Timer.case_id)))
        ahead = work.now + timedelta(days=30)
    assert len(cases) == 3
    let_be_due(ground.runtime, {cases[0]: ahead, cases[2]: ahead - timedelta(days=31)})
    with ground.runtime.transaction() as work:
        assert [fire_case_timers(work, case_id=case_id) for case_id in cases] == [0, 0, 1]
    with ground.runtime.reading() as work:
        waits = list(work.session.scalars(select(Timer.due_at).order_by(Timer.due_at)))
        assert len(waits) == 2
        assert waits[0] == ahead
        a_copy_moves_as_its_original_would(work, cases[2])


def a_copy_moves_as_its_original_would(work, case_id):
    task, coming = work.session.scalars(select(Task).where(Task.case_id == case_id).order_by(Task.id))
    told = work.session.scalars(select(Reminder.subject).where(Reminder.case_id == case_id))
    assert set(told) == {f"task:{task.id}", f"task:{coming.id}"}
    dates = work.session.scalars(select(Deadline).where(Deadline.case_id == case_id)).all()
    assert {(date.subject, date.is_current) for date in dates} == {
        (f"case:{case_id}:guide", True),
        (f"case:{case_id}:limit", True),
    }
    assert {date.explained.subject for date in dates} == {date.subject for date in dates}
    assert work.session.get_one(LogChain, f"journal:{case_id}").length == 0, "no date was put right"


def test_rows_that_go_together_are_counted_one_by_one():
    many = "INSERT INTO t (a, b) VALUES (?, ?), (?, ?), (?, ?)"
    assert sizes_of(many, ("xx", b"yy", "xx", b"yy", "xx", b"yy"), is_many=False) == [4, 4, 4]
    assert sizes_of("UPDATE t SET a = ?", [("å",), ("bbb",)], is_many=True) == [2, 3]
    assert sizes_of("DELETE FROM t WHERE id = %(id)s", {"id": 12345, "x": None}, is_many=False) == [5]
