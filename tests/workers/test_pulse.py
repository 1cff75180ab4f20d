"""A worker process says of itself whether all its jobs come round, and what it has done."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from http.client import HTTPConnection

import pytest

from processes.runtime import Runtime
from tests.commands.programs import PATIENCE, eventually, started
from tests.ports import free_port
from workers.pulse import GRACE_SECONDS, Pulse
from workers.schedule import Job

TOKEN = "only-for-tests-" * 3


def ask(port: int, path: str, token: str = TOKEN) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    told = answer.status, answer.read().decode()
    connection.close()
    return told


def test_a_job_that_does_not_come_round_is_named_until_it_does(runtime: Runtime) -> None:
    now = [0.0]
    pulse = Pulse(lambda: now[0])

    def nothing(_runtime: Runtime, _stopping: Callable[[], bool]) -> None:
        now[0] += 3

    quick, slow = pulse.watched(
        [Job("quick", timedelta(seconds=5), nothing), Job("slow", timedelta(hours=1), nothing)]
    )
    now[0] = GRACE_SECONDS + 5
    assert pulse.hanging() == []
    now[0] += 1
    assert pulse.hanging() == ["quick"]
    quick.run(runtime, lambda: False)
    assert pulse.hanging() == []
    assert pulse.registry.get_sample_value("kvarboende_worker_run_seconds_sum", {"job": "quick"}) == 3.0
    assert slow.name == "slow"


def test_a_run_that_fails_is_counted_and_still_fails(runtime: Runtime) -> None:
    pulse = Pulse()

    def fail(_runtime: Runtime, _stopping: Callable[[], bool]) -> None:
        raise ValueError("no")

    (job,) = pulse.watched([Job("trial", timedelta(seconds=5), fail)])
    with pytest.raises(ValueError, match="no"):
        job.run(runtime, lambda: False)
    assert pulse.registry.get_sample_value("kvarboende_worker_failed_runs_total", {"job": "trial"}) == 1.0


def test_a_worker_answers_on_its_port(tmp_path, database_url) -> None:
    port = free_port()
    settings = {
        "KVARBOENDE_DATABASE_URL": database_url,
        "KVARBOENDE_WORKER_PORT": str(port),
        "KVARBOENDE_METRICS_TOKEN": TOKEN,
    }
    with started(sys.executable, "-m", "workers", settings=settings, folder=tmp_path) as worker:
        assert worker.prints("The worker has started."), worker.printed
        assert ask(port, "/health") == (200, '{"status": "ok", "hanging": []}')
        run = 'kvarboende_worker_run_seconds_count{job="timers"}'
        assert eventually(lambda: run in ask(port, "/metrics")[1])
        assert ask(port, "/metrics", "another")[0] == 401
        assert ask(port, "/elsewhere")[0] == 404
        with started(sys.executable, "-m", "workers", settings=settings, folder=tmp_path) as another:
            assert another.ends_with() == 1
        assert another.printed.startswith(f"Port {port} on 127.0.0.1 is in use already")
    assert "Traceback" not in worker.printed
