"""The page that says whether what should happen by itself does: how late it is, and what the system could not do.

It shows the number of a case and never what the case says: whoever keeps the system or its diagrams sees no case.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.finding_words import SEVERITIES
from app.labels import label
from app.lookups import process_titles
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.failures import retry_failure
from processes.queries.access import must_be_allowed
from processes.queries.findings import broken_processes, open_by_severity
from processes.queries.jobs import failures_seen, next_due_instants, punctuality
from processes.queries.mail import mails_waiting
from processes.rules.retries import MOST_ATTEMPTS
from processes.rules.stuck import CHECKS

pages = Blueprint("operating_status", __name__, url_prefix="/driftlage")


def how_long(time: timedelta) -> str:
    """`40 sekunder`, `3 minuter`, `5 timmar` or `2 dygn`: as exact as somebody needs who wonders what to do."""
    seconds = int(time.total_seconds())
    if seconds < 2 * 60:
        return t("{count} sekunder", count=seconds)
    if seconds < 2 * 3600:
        return t("{count} minuter", count=seconds // 60)
    if seconds < 48 * 3600:
        return t("{count} timmar", count=seconds // 3600)
    return t("{count} dygn", count=seconds // (24 * 3600))


@pages.get("")
def show() -> str:
    """How punctual the work is, each job's last run, what is next, and what waits for a person."""
    with running_system().reading() as work:
        caseworker = signed_in(work)
        must_be_allowed("see_operations", caseworker)
        found = punctuality(work.session, work.now)
        return render_template(
            "operating_status/status.html",
            found=found,
            lag=how_long(found.lag),
            late_jobs=[label("job", name) for name in found.late_jobs],
            most_attempts=MOST_ATTEMPTS,
            next_due=next_due_instants(work.session, work.now),
            failures=failures_seen(work.session, caseworker),
            mails=mails_waiting(work.session, work.now),
            open_findings=open_by_severity(work.session),
            severities=SEVERITIES,
            broken=broken_processes(work.session, caseworker),
            process_title=process_titles(work),
            checks=CHECKS,
        )


@pages.post("/fel/<id:failure_id>")
def retry(failure_id: int) -> Response:
    """Let the worker try again what it has given up or set aside."""
    with running_system().transaction() as work:
        retry_failure(work, failure_id=failure_id, caseworker=signed_in(work))
    flash(t("Systemet försöker igen. Ladda om sidan om en stund för att se hur det gick."))
    return redirect(url_for("operating_status.show"))
