"""Whoever watches the system is told what is wrong, in a status that a program understands, and nothing of a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from app import create_app
from processes.actions.failures import note_failure
from processes.actions.jobs import forget_other_jobs, note_run
from processes.clock import ManualClock
from processes.models import JobRun, Timer
from processes.queries.jobs import LATE_AFTER
from processes.runtime import Runtime
from tests.app.conftest import Browser, Site, _settings

TOKEN = "only-for-tests-" * 3


def has_run(site: Site, name: str = "timers", seconds: float = 5.0) -> None:
    with site.runtime.transaction() as work:
        note_run(
            work,
            name=name,
            at_least_every=timedelta(seconds=seconds),
            started_at=work.now,
            error="",
            next_at=work.now + timedelta(seconds=seconds),
        )


def make_timer(site: Site, case_id: int) -> None:
    """A timer of the case that is due now."""
    with site.runtime.transaction() as work:
        instance = work.session.execute(text("SELECT min(id) FROM process_instances")).scalar_one()
        work.session.add(Timer(instance_id=instance, case_id=case_id, step="vanta", due_at=work.now))


def fail(site: Site, case_id: int, times: int = 1) -> None:
    for _ in range(times):
        with site.runtime.transaction() as work:
            note_failure(work, job="timers", row_id=case_id, case_id=case_id, error=RuntimeError("F-01"))
        site.clock.advance(timedelta(hours=1))


def test_a_site_without_a_worker_is_up_and_ready_but_not_punctual(site: Site):
    visitor = site.visitor()
    assert visitor.get("/health").status_code == 200
    assert visitor.get("/health/ready").status_code == 200
    answer = visitor.get("/health/time")
    assert answer.status_code == 503
    assert answer.json == {
        "status": "degraded",
        "lag_seconds": 0.0,
        "due": 0,
        "set_aside": 0,
        "given_up": 0,
        "late_jobs": [],
        "jobs": {},
    }


def test_a_worker_that_looks_often_enough_is_punctual(site: Site):
    has_run(site)
    site.clock.advance(LATE_AFTER)
    answer = site.visitor().get("/health/time")
    assert (answer.status_code, answer.json and answer.json["status"]) == (200, "ok")


def test_a_job_that_nobody_looks_after_is_late(site: Site):
    has_run(site)
    has_run(site, "new_day", seconds=600)
    site.clock.advance(LATE_AFTER + timedelta(seconds=6))
    answer = site.visitor().get("/health/time")
    assert answer.status_code == 503
    assert answer.json
    assert answer.json["late_jobs"] == ["timers"]


def test_a_job_that_no_longer_exists_is_forgotten(site: Site):
    has_run(site, "bygone")
    has_run(site)
    with site.runtime.transaction() as work:
        forget_other_jobs(work, names=["timers"])
    answer = site.visitor().get("/health/time")
    assert answer.json
    assert list(answer.json["jobs"]) == ["timers"]


def test_the_lag_is_that_of_the_oldest_timer(site: Site):
    case_id = site.register()
    make_timer(site, case_id)
    site.clock.advance(LATE_AFTER)
    make_timer(site, case_id)
    site.clock.advance(timedelta(seconds=1))
    has_run(site)
    answer = site.visitor().get("/health/time")
    assert answer.status_code == 503
    assert answer.json
    assert (answer.json["lag_seconds"], answer.json["due"]) == (121.0, 2)


def test_what_is_set_aside_is_no_sign_that_the_worker_is_slow(site: Site):
    case_id = site.register()
    make_timer(site, case_id)
    fail(site, case_id, times=8)
    has_run(site)
    answer = site.visitor().get("/health/time")
    assert answer.status_code == 200
    assert answer.json
    assert (answer.json["lag_seconds"], answer.json["due"]) == (0.0, 0)
    assert (answer.json["set_aside"], answer.json["given_up"]) == (0, 1)


def test_a_database_without_our_tables_is_not_ready(tmp_path: Path, clock: ManualClock):
    runtime = Runtime.open(_settings(tmp_path / "empty.db", KVARBOENDE_DEMO="0"), clock=clock)
    visitor = Browser(create_app(runtime).test_client())
    assert visitor.get("/health").status_code == 200
    for path in ("/health/ready", "/health/time"):
        answer = visitor.get(path)
        assert (answer.status_code, answer.json) == (
            503,
            {"status": "unavailable", "database": "not migrated"},
        )
    runtime.close()


def test_a_database_that_does_not_answer_is_said_to_be_silent(tmp_path: Path, clock: ManualClock):
    runtime = Runtime.open(_settings(tmp_path / "no" / "folder.db", KVARBOENDE_DEMO="0"), clock=clock)
    answer = Browser(create_app(runtime).test_client()).get("/health/ready")
    assert (answer.status_code, answer.json) == (503, {"status": "unavailable", "database": "silent"})
    runtime.close()


@pytest.fixture
def monitored(site_template: Path, tmp_path: Path, clock: ManualClock) -> Iterator[Site]:
    """A site whose figures a monitor may read."""
    file = tmp_path / "monitored.db"
    file.write_bytes(site_template.read_bytes())
    runtime = Runtime.open(_settings(file, KVARBOENDE_METRICS_TOKEN=TOKEN), clock=clock)
    yield Site(create_app(runtime), runtime, clock)
    runtime.close()


def figures(site: Site) -> dict[tuple[str, ...], float]:
    """Every figure by its name and what stands in its labels."""
    answer = site.app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


@pytest.mark.parametrize("shown", ["", TOKEN, "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}"])
def test_the_figures_are_for_who_shows_the_token(monitored: Site, shown: str):
    answer = monitored.app.test_client().get("/metrics", headers={"Authorization": shown})
    assert answer.status_code == 401
    assert "kvarboende_" not in answer.text


def test_without_a_token_there_are_no_figures(site: Site):
    answer = site.app.test_client().get("/metrics", headers={"Authorization": "Bearer None"})
    assert answer.status_code == 404


def test_the_figures_tell_how_punctual_time_is(monitored: Site):
    case_id = monitored.register()
    make_timer(monitored, case_id)
    other = monitored.register(address="Provgatan 2")
    make_timer(monitored, other)
    fail(monitored, other, times=2)
    has_run(monitored)
    found = figures(monitored)
    assert found["kvarboende_timer_lag_seconds",] == 7200.0
    assert found["kvarboende_timers_due",] == 2.0
    assert found["kvarboende_job_failures", "set_aside"] == 1.0
    assert found["kvarboende_job_failures", "given_up"] == 0.0
    assert found["kvarboende_job_runs_total", "timers"] == 1.0
    assert found["kvarboende_job_failed_runs_total", "timers"] == 0.0
    assert found["kvarboende_job_late", "timers"] == 0.0
    assert found["kvarboende_job_last_run_timestamp_seconds", "timers"] == monitored.clock.now().timestamp()


def test_the_figures_count_requests_by_page_and_outcome(monitored: Site):
    case_id = monitored.register()
    anna = monitored.browser("anna")
    anna.page(f"/arenden/{case_id}")
    anna.get("/arenden/987654")
    monitored.app.test_client().open("/nowhere/F-01", method="BREW")
    found = figures(monitored)
    assert found["kvarboende_requests_total", "cases.show", "GET", "200"] == 1.0
    assert found["kvarboende_requests_total", "cases.show", "GET", "404"] == 1.0
    assert ("kvarboende_requests_total", "none", "other", "404") in found
    assert found["kvarboende_request_seconds_count", "cases.show"] == 2.0
    assert not any(str(case_id) == part or "F-01" in part for key in found for part in key)


def test_runs_add_up_over_all_workers(monitored: Site):
    for _ in range(3):
        has_run(monitored)
    with monitored.runtime.reading() as work:
        assert work.session.get_one(JobRun, "timers").runs == 3
