"""Figures for a monitor that asks every now and then (Prometheus): how fast pages answer, how punctual time is.

Requests are counted where they are answered. What the workers do is read from the database, since they are processes of
their own. No figure has a person, a case or an address in it: pages are named as in the code. Whoever asks must show
KVARBOENDE_METRICS_TOKEN; as long as none is set there are no figures to be had.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterable, Mapping

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from werkzeug.exceptions import NotFound, Unauthorized

from app.web import running_system
from processes.queries.findings import open_by_severity
from processes.queries.jobs import Punctuality, punctuality
from processes.queries.mail import MailsWaiting, mails_waiting
from processes.rules.stuck import Severity
from processes.runtime import Runtime

pages = Blueprint("metrics", __name__)

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds; a page should answer within a tenth, and whoever waits ten has gone away."""


class RequestFigures:
    """How many requests were answered, how, and how long it took; all processes that serve pages together."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        if _all_together() is not None:
            # Chosen by the library when it is first imported, which is before the folder is there.
            values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]
        names = ("endpoint", "method", "status")
        self._answered = Counter("kvarboende_requests", "Requests answered", names, registry=self._registry)
        self._took = Histogram(
            "kvarboende_request_seconds",
            "Time until the answer was ready",
            ("endpoint",),
            buckets=BUCKETS,
            registry=self._registry,
        )

    def note(self, *, endpoint: str, method: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._answered.labels(endpoint, method if method in METHODS else "other", str(status)).inc()
        self._took.labels(endpoint).observe(seconds)

    def shown(self) -> bytes:
        """The figures as Prometheus reads them, of all processes where several serve pages."""
        return generate_latest(_all_together() or self._registry)


def _all_together() -> CollectorRegistry | None:
    """What all processes have counted, where `kvarboende serve` has given several a folder to meet in."""
    together = CollectorRegistry()
    try:
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    except ValueError:
        return None
    return together


class TimeFigures(Collector):
    """How punctual the work that happens by itself is, read when somebody asks."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def collect(self) -> Iterable[Metric]:
        """The figures of this moment."""
        with self._runtime.reading() as work:
            found = punctuality(work.session, work.now)
            yield from _of_timers(found)
            yield from _of_jobs(found)
            yield _of_findings(open_by_severity(work.session))
            yield _of_mails(mails_waiting(work.session, work.now))


def _of_timers(found: Punctuality) -> Iterable[Metric]:
    lag = found.lag.total_seconds()
    yield GaugeMetricFamily(
        "kvarboende_timer_lag_seconds",
        "How late the oldest due timer is that nothing stands in the way of",
        lag,
    )
    yield GaugeMetricFamily("kvarboende_timers_due", "Timers that wait for a worker", found.due)
    failures = GaugeMetricFamily(
        "kvarboende_job_failures", "Rows that a job could not finish", labels=["state"]
    )
    failures.add_metric(["set_aside"], found.set_aside)
    failures.add_metric(["given_up"], found.given_up)
    yield failures


def _of_jobs(found: Punctuality) -> Iterable[Metric]:
    ended = GaugeMetricFamily(
        "kvarboende_job_last_run_timestamp_seconds", "When the job's last run ended", labels=["job"]
    )
    is_late = GaugeMetricFamily("kvarboende_job_late", "1 = no worker looks after the job", labels=["job"])
    runs = CounterMetricFamily("kvarboende_job_runs", "Runs of the job", labels=["job"])
    failed = CounterMetricFamily("kvarboende_job_failed_runs", "Runs of the job that failed", labels=["job"])
    for run in found.runs:
        ended.add_metric([run.name], run.last_ended_at.timestamp())
        is_late.add_metric([run.name], run.name in found.late_jobs)
        runs.add_metric([run.name], run.runs)
        failed.add_metric([run.name], run.failed_runs)
    yield from (ended, is_late, runs, failed)


def _of_findings(numbers: Mapping[int, int]) -> Metric:
    found = GaugeMetricFamily(
        "kvarboende_open_findings", "Broken invariants that are known and not mended", labels=["severity"]
    )
    for severity in Severity:
        found.add_metric([severity.name.lower()], numbers[severity])
    return found


def _of_mails(mails: MailsWaiting) -> Metric:
    found = GaugeMetricFamily(
        "kvarboende_mails",
        "Mails that wait to be sent, and those given up in the last days",
        labels=["state"],
    )
    found.add_metric(["waiting"], mails.waiting)
    found.add_metric(["given_up"], mails.given_up)
    return found


def count_requests(app: Flask) -> None:
    """Count what the application answers; call before anything else hangs itself before and after its requests."""
    figures = RequestFigures()
    app.extensions["figures of requests"] = figures

    def begin() -> None:
        g.began = time.perf_counter()

    def end(response: Response) -> Response:
        figures.note(
            endpoint=request.endpoint or "none",
            method=request.method,
            status=response.status_code,
            seconds=time.perf_counter() - g.get("began", time.perf_counter()),
        )
        return response

    app.before_request(begin)
    app.after_request(end)


@pages.get("/metrics")
def show() -> Response:
    """All figures, for whoever shows the token."""
    token = running_system().settings.metrics_token
    if token is None:
        raise NotFound
    shown = request.headers.get("Authorization", "")
    if not hmac.compare_digest(shown.encode(), f"Bearer {token}".encode()):
        raise Unauthorized
    figures: RequestFigures = current_app.extensions["figures of requests"]
    of_time = CollectorRegistry()
    of_time.register(TimeFigures(running_system()))
    return Response(figures.shown() + generate_latest(of_time), content_type=CONTENT_TYPE_LATEST)
