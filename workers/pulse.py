"""Tells of one worker process that it is alive and what it has done, to who asks it over HTTP on a port of its own.

`/health` says whether every job of this process has come round in time: whoever gets 503 or no answer starts the
process again. `/metrics` has this process's own figures for Prometheus; how punctual all workers together are stands
in the database and is told by the pages (app/metrics.py). Neither tells of a case or of a person.
"""

from __future__ import annotations

import hmac
import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from processes.errors import SettingRefused
from processes.runtime import Runtime
from processes.settings import Settings
from workers.schedule import Job

GRACE_SECONDS = 120.0
"""So much longer than its interval a job may take to come round before its process counts as hanging."""
BUCKETS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0, 60.0, 300.0)
"""Seconds."""


class Pulse:
    """When each job of this process last came round, how often, and how long it took."""

    def __init__(self, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._elapsed = elapsed
        self._due: dict[str, tuple[float, float]] = {}
        self.registry = CollectorRegistry()
        ProcessCollector(namespace="kvarboende_worker", registry=self.registry)
        self._took = Histogram(
            "kvarboende_worker_run_seconds",
            "Time that a run of the job took in this process",
            ("job",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._failed = Counter(
            "kvarboende_worker_failed_runs",
            "Runs that failed in this process",
            ("job",),
            registry=self.registry,
        )

    def watched(self, jobs: Sequence[Job]) -> tuple[Job, ...]:
        """The same jobs, of which is noted when they come round."""
        for job in jobs:
            self._due[job.name] = (self._elapsed(), job.at_least_every.total_seconds() + GRACE_SECONDS)
        return tuple(replace(job, run=self._watched(job)) for job in jobs)

    def _watched(self, job: Job) -> Callable[[Runtime, Callable[[], bool]], datetime | None]:
        def run(runtime: Runtime, stopping: Callable[[], bool]) -> datetime | None:
            began = self._elapsed()
            try:
                return job.run(runtime, stopping)
            except BaseException:  # counted and passed on
                self._failed.labels(job.name).inc()
                raise
            finally:
                ended = self._elapsed()
                self._took.labels(job.name).observe(ended - began)
                self._due[job.name] = (ended, self._due[job.name][1])

        return run

    def hanging(self) -> list[str]:
        """The jobs that should have come round long ago."""
        now = self._elapsed()
        return sorted(name for name, (last, patience) in self._due.items() if now - last > patience)


def tell(pulse: Pulse, settings: Settings) -> None:
    """Answer from a thread, as long as the process lives, if a port is set. Raises SettingRefused when it is taken."""
    port, token = settings.worker_port, settings.metrics_token
    if port is None:
        return

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/health":
                hanging = pulse.hanging()
                told = {"status": "hanging" if hanging else "ok", "hanging": hanging}
                self._answer(503 if hanging else 200, "application/json", json.dumps(told).encode())
            elif self.path == "/metrics" and token is not None:
                shown = self.headers.get("Authorization", "")
                if hmac.compare_digest(shown.encode("utf-8", "replace"), f"Bearer {token}".encode()):
                    self._answer(200, CONTENT_TYPE_LATEST, generate_latest(pulse.registry))
                else:
                    self._answer(401, "text/plain", b"")
            else:
                self._answer(404, "text/plain", b"")

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """What programs ask every few seconds is not told."""

    try:
        server = ThreadingHTTPServer((settings.host, port), Answers)
    except OSError as error:
        raise SettingRefused(
            f"Port {port} on {settings.host} is in use already: choose another with KVARBOENDE_WORKER_PORT."
        ) from error
    threading.Thread(target=server.serve_forever, name="pulse", daemon=True).start()
