"""Tells a supervisor, a load balancer or a monitor how the system is: three questions, each with its own answer.

`/health` says that the web process is up and asks nobody else: whoever gets no answer starts it again. `/health/ready`
says whether it can serve pages now, 200 or 503: whoever gets 503 sends people elsewhere. `/health/time` says whether
what is due happens, 200 or 503: whoever gets 503 looks at the worker; the pages still work. Nothing here tells of a
case or of a person, and whoever asks need not be signed in.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import Blueprint
from sqlalchemy.exc import SQLAlchemyError

from app.web import running_system
from processes.errors import DatabaseNotReady
from processes.migrations import must_be_migrated
from processes.queries.jobs import punctuality

pages = Blueprint("health", __name__, url_prefix="/health")

log = logging.getLogger(__name__)

Answer = tuple[dict[str, Any], int]


@pages.get("")
def live() -> dict[str, str]:
    """The web process is up."""
    return {"status": "ok"}


@pages.get("/ready")
def ready() -> Answer:
    """The web process can read from the database, which has the tables that it needs."""
    problem = _database_problem()
    return ({"status": "unavailable", "database": problem}, 503) if problem else ({"status": "ok"}, 200)


@pages.get("/time")
def punctual() -> Answer:
    """What is due happens: no timer is late, and every job has run when it should have."""
    problem = _database_problem()
    if problem:
        return {"status": "unavailable", "database": problem}, 503
    system = running_system()
    with system.reading() as work:
        found = punctuality(work.session, work.now)
        told = {
            "status": "ok" if found.is_good else "degraded",
            "lag_seconds": round(found.lag.total_seconds(), 3),
            "due": found.due,
            "set_aside": found.set_aside,
            "given_up": found.given_up,
            "late_jobs": list(found.late_jobs),
            "jobs": {run.name: run.last_ended_at.isoformat() for run in found.runs},
        }
    return told, 200 if found.is_good else 503


def _database_problem() -> str:
    """What keeps the database from being used; empty when nothing does."""
    try:
        must_be_migrated(running_system().engine)
    except DatabaseNotReady:
        return "not migrated"
    except SQLAlchemyError as error:
        log.warning("The database does not answer (%s).", type(error).__name__)
        return "silent"
    return ""
