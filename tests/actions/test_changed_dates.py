"""A date that moves: every dependent date is counted anew, old timers are gone, and who moved it and why is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from processes.actions.events import record_event
from processes.models import Deadline, Event, JournalEntry, ProcessInstance, Task, Timer
from processes.queries.deadlines import deadlines_of, earlier_versions
from tests.actions.moving_cases import publish_process, start
from tests.city import City
from tests.engine.drawn import Drawn
from workers.new_day import NewDay
from workers.timers import DueTimers

DAYS = ("2026-03-12T10:00", "2026-03-20T09:00", "2026-04-01T13:00", "2026-04-15T08:30")
"""The day of the eviction as it was first, and after each of three moves."""


def never() -> bool:
    return False


def record(city: City, case_id: int, name: str, *, who: str = "anna", **payload: Any) -> None:
    with city.runtime.transaction() as work:
        person = city.person(work, who)
        record_event(work, case_id=case_id, name=name, payload=payload, caseworker=person)


def move_three_times(city: City, case_id: int) -> None:
    for days, eviction_at in enumerate(DAYS[1:], start=1):
        city.clock.move_to(datetime(2026, 3, 2 + days, 9, 0, tzinfo=UTC))
        record(
            city, case_id, "kfm.nyTid", eviction_at=eviction_at, received_at=f"2026-03-{2 + days:02}T09:30"
        )


def current(city: City, case_id: int) -> dict[tuple[str, str], date | None]:
    with city.runtime.reading() as work:
        return {(row.rule, row.subject): row.falls_on for row in deadlines_of(work.session, [case_id])}


def timers(city: City, case_id: int) -> list[tuple[str, datetime]]:
    with city.runtime.reading() as work:
        rows = select(Timer).where(Timer.case_id == case_id).order_by(Timer.due_at)
        return [(row.step, row.due_at) for row in work.session.scalars(rows)]


def opened(city: City, case_id: int, step: str) -> list[datetime]:
    """When each task of this step came up."""
    with city.runtime.reading() as work:
        tasks = select(Task.created_at).where(Task.case_id == case_id, Task.step == step).order_by(Task.id)
        return list(work.session.scalars(tasks))


@pytest.fixture
def evicted(city: City) -> int:
    return city.register_eviction()


@pytest.mark.requirement("R-151")
def test_a_date_moved_three_times_leaves_no_timer_of_an_old_date_and_one_presence_task(
    city: City, evicted: int
) -> None:
    move_three_times(city, evicted)
    assert current(city, evicted)["D-18", f"case:{evicted}"] == date(2026, 4, 15)
    assert current(city, evicted)["D-20", f"case:{evicted}"] == date(2026, 4, 13)
    for text in DAYS[:3]:
        old = datetime.fromisoformat(text).replace(tzinfo=UTC)
        for hours in (-24, -12, 0, 6, 24):
            city.clock.move_to(max(old + timedelta(hours=hours), city.clock.now()))
            DueTimers()(city.runtime, never)
            NewDay()(city.runtime, never)
        assert "narvara_vid_avhysning" not in city.open_steps(evicted), f"nobody goes there on {text}"
        assert "registrera_utfall" not in city.open_steps(evicted)
    city.clock.move_to(datetime(2026, 4, 15, 4, 0, tzinfo=UTC))
    DueTimers()(city.runtime, never)
    assert city.open_steps(evicted).count("narvara_vid_avhysning") == 1
    assert len(opened(city, evicted, "narvara_vid_avhysning")) == 1
    with city.runtime.reading() as work:
        running = select(ProcessInstance.process_key).where(
            ProcessInstance.case_id == evicted, ProcessInstance.ended_at.is_(None)
        )
        keys = list(work.session.scalars(running))
    assert keys.count("avhysning-kronofogden") == 1


def test_the_timers_of_a_moved_date_are_replaced_in_the_same_transaction(city: City, evicted: int) -> None:
    before = timers(city, evicted)
    record(city, evicted, "kfm.nyTid", eviction_at="2026-04-15T08:30", received_at="2026-03-02T09:00")
    after = timers(city, evicted)
    moved = [due_at for _, due_at in after if due_at not in {old for _, old in before}]
    assert min(moved) > datetime(2026, 3, 12, tzinfo=UTC)
    stage_before = datetime(2026, 3, 8, 23, 0, tzinfo=UTC)  # three working days before the 12th
    assert stage_before in [due_at for _, due_at in before]
    assert stage_before not in [due_at for _, due_at in after]


def test_every_version_of_a_date_is_kept_with_who_moved_it_and_what_came_before(
    city: City, evicted: int
) -> None:
    move_three_times(city, evicted)
    with city.runtime.reading() as work:
        anna, siv = (city.person(work, name).id for name in ("anna", "siv"))
        [now] = [row for row in deadlines_of(work.session, [evicted]) if row.rule == "D-18"]
        old = earlier_versions(work.session, evicted)["D-18", now.subject]
        assert [row.falls_on for row in old] == [date(2026, 4, 1), date(2026, 3, 20), date(2026, 3, 12)]
        assert [row.id for row in old] == [now.replaces_id, old[0].replaces_id, old[1].replaces_id]
        assert [row.caused_by_id for row in (now, *old)] == [anna, anna, anna, siv]
        assert [row.caused_by for row in (now, *old)] == ["kfm.nyTid"] * 3 + ["hyresvard.underrattelse"]
        assert [row.superseded_at for row in old] == [
            datetime(2026, 3, day, 9, 0, tzinfo=UTC) for day in (5, 4, 3)
        ]
        assert all(row.explained.recompute() == row.falls_on for row in (now, *old))
        lines = work.session.scalars(
            select(JournalEntry).where(JournalEntry.what == "deadline_moved", JournalEntry.subject == "D-18")
        ).all()
        assert [(line.details["from"], line.details["to"]) for line in lines] == [
            ("2026-03-12", "2026-03-20"),
            ("2026-03-20", "2026-04-01"),
            ("2026-04-01", "2026-04-15"),
        ]
        assert {(line.details["by"], line.details["cause"]) for line in lines} == {(anna, "kfm.nyTid")}


def test_another_hour_on_the_same_day_is_another_date(city: City, evicted: int) -> None:
    record(city, evicted, "kfm.nyTid", eviction_at="2026-03-12T13:00", received_at="2026-03-02T09:00")
    with city.runtime.reading() as work:
        [moved] = work.session.scalars(
            select(JournalEntry).where(JournalEntry.what == "deadline_moved", JournalEntry.subject == "D-18")
        )
        assert moved.details["from"] == "2026-03-12T09:00:00+00:00"
        assert moved.details["to"] == "2026-03-12T12:00:00+00:00"


@pytest.mark.requirement("R-138")
def test_a_confirmed_service_date_moves_the_notice_s_own_dates_only_and_says_why(city: City) -> None:
    case_id = city.register()
    city.register(
        received_at="2026-03-02T08:45", posted_on="2026-03-01", case_choice="existing",
        case_number=f"KVB 2026-{case_id:06d}",
    )  # fmt: skip
    before = current(city, case_id)
    record(
        city, case_id, "underlag.andrat",
        who="siv", notice=1, served_on="2026-03-02", served_confirmed=True, evidence="Delgivningskvitto",
    )  # fmt: skip
    after = current(city, case_id)
    changed = {key for key in after if after[key] != before.get(key)}
    assert changed == {("D-01", "notice:1"), ("D-03", "notice:1"), ("D-05", "notice:1")}
    assert after["D-01", "notice:1"] == date(2026, 3, 23)
    with city.runtime.reading() as work:
        rows = {row.subject: row for row in deadlines_of(work.session, [case_id]) if row.rule == "D-01"}
        assert rows["notice:1"].why == "Delgivningskvitto"
        assert rows["notice:2"].why == ""
        assert "Siv" in rows["notice:1"].explained.as_text_sv()


def test_more_time_from_kronofogden_moves_the_eviction_provisionally(city: City, evicted: int) -> None:
    record(
        city,
        evicted,
        "kfm.anstand.svar",
        answer="granted",
        until="2026-03-26",
        received_at="2026-03-02T09:00",
    )
    with city.runtime.reading() as work:
        [row] = [row for row in deadlines_of(work.session, [evicted]) if row.rule == "D-18"]
        assert (row.falls_on, row.is_provisional, row.caused_by) == (
            date(2026, 3, 26), True, "kfm.anstand.svar",
        )  # fmt: skip


def test_a_date_that_stops_running_says_so_once_and_keeps_its_row(city: City, evicted: int) -> None:
    record(city, evicted, "kfm.aterkallad", received_at="2026-03-02T09:00", source="written")
    with city.runtime.reading() as work:
        assert "D-18" not in {row.rule for row in deadlines_of(work.session, [evicted])}
        [ended] = work.session.scalars(
            select(JournalEntry).where(JournalEntry.what == "deadline_ended", JournalEntry.subject == "D-18")
        )
        assert (ended.details["from"], ended.details["to"]) == ("2026-03-12", None)
        row = work.session.scalars(select(Deadline).where(Deadline.rule == "D-18")).one()
        assert not row.is_current
        assert row.superseded_at == work.now


def test_dates_between_two_days_are_found_for_many_cases_at_once(city: City, evicted: int) -> None:
    other = city.register(address="Provgatan 2")
    with city.runtime.reading() as work:
        found = deadlines_of(work.session, [evicted, other], first=date(2026, 3, 12), last=date(2026, 3, 20))
        assert {row.case_id for row in found} == {evicted, other}
        assert all(date(2026, 3, 12) <= row.falls_on <= date(2026, 3, 20) for row in found if row.falls_on)
        assert list(found) == sorted(found, key=lambda row: (row.falls_on or date.max, row.rule, row.id))


def test_the_two_guide_days_of_the_intake_read_differently_in_the_journal(city: City) -> None:
    city.register()
    with city.runtime.reading() as work:
        lines = work.session.scalars(select(JournalEntry).where(JournalEntry.subject == "D-17")).all()
        assert [line.details["title"] for line in lines] == [
            "Aktualiseringen bör vara klar",
            "Längre aktualisering kräver särskilda skäl",
        ]


def test_what_a_late_timer_does_is_written_now_and_counts_from_its_own_instant(city: City) -> None:
    case_id = city.register()
    drawn = Drawn("prov").start().wait("v").message("m", "bevakning.flyttad").end()
    drawn.timer("t", "next_intake_review_at").service("anteckna", "record_event", name="'anteckning'").end(
        "s2"
    )
    publish_process(city, "prov", drawn.flow("start", "v", "m", "slut").flow("v", "t", "anteckna", "s2"))
    start(city, case_id, "prov")
    due, late = datetime(2026, 3, 29, 22, 0, tzinfo=UTC), datetime(2026, 4, 8, 9, 0, tzinfo=UTC)
    city.clock.move_to(late)
    DueTimers()(city.runtime, never)
    with city.runtime.reading() as work:
        [note] = work.session.scalars(select(Event).where(Event.name == "anteckning"))
        assert (note.at, note.recorded_at) == (due, late)
        [line] = work.session.scalars(
            select(JournalEntry).where(
                JournalEntry.what == "event_recorded", JournalEntry.subject == "anteckning"
            )
        )
        assert (line.at, line.details["as_of"]) == (late, due.isoformat())
        computed = select(Deadline.computed_at).where(Deadline.case_id == case_id)
        assert set(work.session.scalars(computed)) <= {late, datetime(2026, 3, 2, 8, 0, tzinfo=UTC)}
