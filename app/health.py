"""Tells a supervisor or a load balancer whether the pages are up and the database answers."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import text

from app.web import running_system

pages = Blueprint("health", __name__, url_prefix="/health")


@pages.get("")
def live() -> dict[str, str]:
    """The web process is up."""
    return {"status": "ok"}


@pages.get("/ready")
def ready() -> tuple[dict[str, str], int]:
    """The web process is up and can read from the database."""
    with running_system().reading() as work:
        work.session.execute(text("SELECT 1"))
    return {"status": "ok"}, 200
