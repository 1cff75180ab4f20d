"""A demo's clock goes forward for all its programs, what is due happens on the way, and nothing real has one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.cli import main
from processes import simulation
from processes.actions.days import begin_day
from processes.actions.demo import CAST, seed_demo
from processes.actions.diagrams import publish_folder
from processes.actions.people import add_administration, add_caseworker
from processes.actions.sign_in import end_session, start_session
from processes.clock import AheadClock, ManualClock, SystemClock, swedish_time
from processes.errors import SimulationRefused
from processes.models import Case, JournalEntry, Notification, ProviderIdentity, SimulatedTime, Task, Timer
from processes.queries.sign_in import find_session, get_open_session
from processes.queries.simulated_time import happenings_since, time_ahead
from processes.rules.sign_in import SessionLimits
from processes.rules.units import Role, Unit
from processes.runtime import Runtime, clock_of
from processes.settings import DIAGRAMS, Settings
from processes.simulation import LONGEST, move_by, move_to, move_to_next_event
from processes.unit_of_work import UnitOfWork
from tests.city import City
from tests.commands.programs import PATIENCE
from tests.conftest import _settings_for
from tests.postgres import PostgresServer

LIMITS = SessionLimits(idle=timedelta(minutes=30), oldest=timedelta(hours=12))
WEEK = timedelta(days=7)


@pytest.fixture
def demo(city: City) -> City:
    """A city that is marked as a demo, with a clock that can be moved; nine o'clock on Monday, 2 March."""
    with city.runtime.transaction() as work:
        work.session.add(SimulatedTime(marked_at=work.now))
    city.runtime.settings = replace(city.runtime.settings, demo=True)
    city.runtime.clock = AheadClock(city.clock, lambda: time_ahead(city.runtime.engine))
    return city


def local(instant: datetime) -> str:
    return f"{swedish_time(instant):%m-%d %H:%M}"


def test_what_is_due_on_the_way_happens_at_its_own_instant(demo):
    demo.register_eviction()
    before = move_by(demo.runtime, timedelta(days=2))
    assert local(before) == "03-02 09:00"
    with demo.runtime.reading() as work:
        assert local(work.now) == "03-04 09:00"
        told = work.session.scalars(select(Notification).order_by(Notification.at, Notification.id)).all()
        alarms = [local(one.at) for one in told if "Bekräftelsen" in one.text]
        found = happenings_since(work.session, before, work.now)
        overdue = [timer for timer in work.session.scalars(select(Timer)) if timer.due_at <= work.now]
    assert alarms
    assert alarms[0] == "03-02 16:15", (
        "when the office closes that day, not when the clock stopped two days later"
    )
    assert overdue == []
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert {"timer", "task_late", "deadline_passed", "told"} <= {one.what for one in found}
    assert ("deadline_passed", "Bekräfta till Kronofogden", "03-03 00:00") in {
        (one.what, one.text, local(one.at)) for one in found
    }


def test_the_clock_stops_wherever_something_is_due_on_the_way(demo, monkeypatch):
    case_id = demo.register_eviction()
    with demo.runtime.reading() as work:
        due = {timer.due_at for timer in work.session.scalars(select(Timer)) if timer.case_id == case_id}
    stops: list[datetime] = []

    def note_the_time(work: UnitOfWork, *, limit: int) -> list[int]:
        stops.append(work.now)
        return []

    watching = simulation.Job(note_the_time, begin_day, lambda _work: None)
    monkeypatch.setattr(simulation, "JOBS", (*simulation.JOBS, watching))
    move_by(demo.runtime, timedelta(days=3))
    midnights = {f"03-0{day} 00:00" for day in (3, 4, 5)}
    assert midnights <= {local(stop) for stop in stops}
    assert {at for at in due if at <= demo.runtime.clock.now()} <= set(stops)
    assert stops == sorted(stops)


def test_every_day_on_the_way_is_begun(demo):
    demo.register()
    move_by(demo.runtime, WEEK)
    with demo.runtime.reading() as work:
        assert work.session.scalars(select(Case.refreshed_on)).one().isoformat() == "2026-03-09"
        moved = work.session.scalars(select(JournalEntry.at).where(JournalEntry.at > work.now)).all()
    assert moved == []


def test_two_who_move_the_clock_at_once_do_not_move_it_twice(
    postgres: PostgresServer,
    postgres_template: str,
    database_numbers: Iterator[int],
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, together = simulation.must_be_demo, Barrier(2)

    def ask_together(runtime: Runtime, work: UnitOfWork) -> SimulatedTime:
        together.wait(PATIENCE)
        return asked(runtime, work)

    name = f"two_{os.getpid()}_{next(database_numbers)}"
    runtime = Runtime.open(_settings_for(postgres.create(name, template=postgres_template)), clock=clock)
    with runtime.transaction() as work:
        work.session.add(SimulatedTime(marked_at=work.now))
        target = work.now + WEEK
    runtime.settings = replace(runtime.settings, demo=True)
    runtime.clock = AheadClock(runtime.clock, lambda: time_ahead(runtime.engine))
    monkeypatch.setattr(simulation, "must_be_demo", ask_together)
    with ThreadPoolExecutor(2) as both:
        moves = [both.submit(move_to, runtime, target) for _ in range(2)]
    assert [move.result() for move in moves] == [target - WEEK] * 2
    assert runtime.clock.now() == target
    runtime.close()
    postgres.drop(name)


def test_all_programs_of_the_demo_show_the_same_time_also_after_a_restart(demo):
    move_by(demo.runtime, timedelta(hours=30))
    other = Runtime.open(demo.runtime.settings)
    clock = clock_of(demo.runtime.settings, other.engine)
    ahead = clock.now() - SystemClock().now()
    other.close()
    assert abs(ahead - timedelta(hours=30)) < timedelta(minutes=1)
    assert local(demo.runtime.clock.now()) == "03-03 15:00"


def test_the_next_event_is_the_earliest_thing_that_falls_due(demo):
    demo.register_eviction()
    with demo.runtime.reading() as work:
        first = min(
            [*work.session.scalars(select(Timer.due_at)), *work.session.scalars(select(Task.due_at))],
            key=lambda at: at or datetime.max.replace(tzinfo=UTC),
        )
    assert first is not None
    move_to_next_event(demo.runtime)
    assert demo.runtime.clock.now() == first + timedelta(seconds=1)


def test_without_any_case_there_is_no_next_event(demo):
    with pytest.raises(SimulationRefused, match="Nothing is due"):
        move_to_next_event(demo.runtime)


@pytest.mark.parametrize("by", [timedelta(0), timedelta(hours=-1), LONGEST + timedelta(seconds=1)])
def test_the_clock_goes_forward_only_and_not_too_far_at_a_time(demo, by):
    with pytest.raises(SimulationRefused, match="forward"):
        move_by(demo.runtime, by)
    assert time_ahead(demo.runtime.engine) == timedelta(0)


@pytest.mark.parametrize(
    "missing", ["the setting", "the clock", "the mark", "only demo staff", "only demo offices", "no provider"]
)
def test_a_database_in_which_anything_is_real_keeps_its_time(demo, missing):
    runtime = demo.runtime
    with runtime.transaction() as work:
        if missing == "the setting":
            runtime.settings = replace(runtime.settings, demo=False)
        elif missing == "the clock":
            runtime.clock = ManualClock(work.now)
        elif missing == "the mark":
            work.session.delete(work.session.get_one(SimulatedTime, 1))
        elif missing == "only demo staff":
            add_caseworker(
                work,
                username="verklig",
                name="Verklig Person",
                administration="hisingen",
                memberships=((Unit.ADULTS, Role.CASEWORKER),),
            )
        elif missing == "only demo offices":
            add_administration(work, key="verklig", name="Verklig förvaltning")
        else:
            anna = demo.person(work, "anna")
            work.session.add(ProviderIdentity(caseworker_id=anna.id, issuer="https://id", subject="1"))
    for move in (lambda: move_by(runtime, WEEK), lambda: move_to_next_event(runtime)):
        with pytest.raises(SimulationRefused):
            move()
    assert time_ahead(runtime.engine) == timedelta(0)


def test_outside_a_demo_the_clock_is_the_computers_whatever_the_database_says(demo):
    move_by(demo.runtime, WEEK)
    settings = replace(demo.runtime.settings, demo=False)
    assert isinstance(clock_of(settings, demo.runtime.engine), SystemClock)
    assert isinstance(Runtime.open(settings).clock, SystemClock)


def test_nobody_is_signed_out_by_a_jump_and_nobody_signed_in_again(demo):
    with demo.runtime.transaction() as work:
        anna = demo.person(work, "anna")
        going_on = start_session(work, caseworker=anna, means="demo")
        ended = start_session(work, caseworker=anna, means="demo")
        end_session(work, token=ended, why="signed_out")
        idle = start_session(work, caseworker=anna, means="demo")
    with demo.runtime.transaction() as work:
        found = find_session(work.session, idle)
        assert found is not None
        found.seen_at -= timedelta(hours=1)
    move_by(demo.runtime, WEEK)
    with demo.runtime.reading() as work:
        assert get_open_session(work.session, going_on, work.now, LIMITS).caseworker.username == "anna"
        idle_now = find_session(work.session, idle)
        ended_now = find_session(work.session, ended)
        assert idle_now is not None
        assert ended_now is not None
        assert work.now - idle_now.seen_at >= timedelta(hours=1)
        assert ended_now.ended_at is not None


SATURDAY_NIGHT = datetime(2026, 1, 3, 22, 40, tzinfo=UTC)
JUST_AFTER_MIDNIGHT_AT_MIDSUMMER = datetime(2026, 6, 18, 22, 3, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def drawn(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the published diagrams and nobody in it; copied, never opened by a test."""
    file = tmp_path_factory.mktemp("drawn") / "demo.db"
    shutil.copyfile(sqlite_template, file)
    runtime = Runtime.open(_settings(file), clock=ManualClock(datetime(2025, 12, 1, tzinfo=UTC)))
    with runtime.transaction() as work:
        publish_folder(work, DIAGRAMS)
    runtime.close()
    return file


def _settings(file: Path) -> Settings:
    return Settings.from_environment({"KVARBOENDE_DATABASE_URL": f"sqlite:///{file}", "KVARBOENDE_DEMO": "1"})


@contextmanager
def filled(drawn: Path, folder: Path, at: datetime) -> Iterator[Runtime]:
    """A demo as `kvarboende run` fills it, at this time of the year and day."""
    file = folder / "demo.db"
    shutil.copyfile(drawn, file)
    runtime = Runtime.open(_settings(file), clock=ManualClock(at))
    with runtime.transaction() as work:
        assert seed_demo(work)
    yield runtime
    runtime.close()


@pytest.fixture(params=[MONDAY_MORNING, SATURDAY_NIGHT, JUST_AFTER_MIDNIGHT_AT_MIDSUMMER], ids=str)
def seeded(request: pytest.FixtureRequest, drawn: Path, tmp_path: Path) -> Iterator[Runtime]:
    """A filled demo."""
    with filled(drawn, tmp_path, request.param) as runtime:
        yield runtime


def test_the_demo_has_households_at_every_stage_whenever_it_is_filled(seeded):
    with seeded.reading() as work:
        cases = work.session.scalars(select(Case)).all()
        tasks = work.session.scalars(select(Task).where(Task.status == "open")).all()
        now = work.now
        assert len(cases) == 12
        assert {case.administration_key for case in cases} == {"hisingen", "sydvast"}
        assert sum(case.closed_at is not None for case in cases) == 1
        assert {"early", "termination", "enforcement"} <= {case.phase for case in cases}
        assert any(task.due_at and task.due_at < now - timedelta(days=1) for task in tasks), "overdue"
        assert any(task.due_at and now <= task.due_at < now + timedelta(days=4) for task in tasks), "soon"
        assert any(task.due_at and task.due_at > now + timedelta(days=4) for task in tasks), "later"
        assert any(task.blocked_by for task in tasks)
        assert any(task.on_hold_until for task in tasks)
        assert any(task.claimed_by_id for task in tasks)
        assert any(task.claimed_by_id is None for task in tasks)
        assert any("child" in person.roles for case in cases for person in case.persons)
        assert all("Påhittad" in person.name for case in cases for person in case.persons)
        assert all(case.opened_at <= now for case in cases)
        assert work.session.get_one(SimulatedTime, 1).seconds_ahead == 0
    with seeded.transaction() as work:
        assert seed_demo(work) is False
    assert {one.username for one in CAST} >= {"anna", "disa"}


def test_the_command_moves_the_clock_and_tells_what_happened(drawn, tmp_path, monkeypatch):
    monkeypatch.setattr(SystemClock, "now", lambda _: MONDAY_MORNING)  # over a weekend nothing becomes late
    with filled(drawn, tmp_path, MONDAY_MORNING) as runtime:
        settings = {
            "KVARBOENDE_DATABASE_URL": runtime.settings.database_url,
            "KVARBOENDE_DEMO": "1",
        }
    moved = CliRunner().invoke(main, ["simulate", "--days", "2"], env=settings)
    assert moved.exit_code == 0, moved.output
    assert "late: " in moved.output
    assert "deadline passed: " in moved.output
    assert "The demo's clock: " in moved.output
    shown = CliRunner().invoke(main, ["simulate"], env=settings)
    assert shown.output.count("\n") == 1
    refused = CliRunner().invoke(main, ["simulate", "--days", "1"], env=settings | {"KVARBOENDE_DEMO": "0"})
    assert refused.exit_code == 1
    assert "only a demo's clock can be moved" in refused.output
