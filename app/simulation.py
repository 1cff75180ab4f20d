"""The page on which a demo's clock is moved forward, and which tells what the processes did meanwhile."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.web import running_system, signed_in
from processes.errors import Invalid, PageNotFound, SimulationRefused
from processes.queries.simulated_time import find_simulated_time, happenings_since
from processes.simulation import LONGEST, move_by, move_to_next_event, must_be_demo

STEPS = {"timme": timedelta(hours=1), "dag": timedelta(days=1), "vecka": timedelta(days=7)}
NEXT = "handelse"

pages = Blueprint("simulation", __name__, url_prefix="/simulering")


@pages.before_request
def only_in_a_demo() -> None:
    """Anywhere else there is no such page."""
    if not running_system().settings.demo:
        raise PageNotFound(request.path)


@pages.get("")
def show() -> str:
    """Where the clock stands, how to move it, and what happened when it was last moved."""
    with running_system().reading() as work:
        caseworker = signed_in(work)
        clock = find_simulated_time(work.session)
        since = clock.moved_from if clock is not None else None
        return render_template(
            "simulation/clock.html",
            can_move=_can_move(),
            ahead=timedelta(seconds=clock.seconds_ahead if clock is not None else 0),
            since=since,
            happenings=happenings_since(work.session, since, work.now, caseworker=caseworker)
            if since
            else [],
            longest=LONGEST.days,
        )


@pages.post("")
def move() -> Response:
    """Move the clock, and come back to see what happened."""
    asked = request.form.get("fram", "")
    if asked == NEXT:
        move_to_next_event(running_system())
    else:
        move_by(running_system(), STEPS[asked] if asked in STEPS else _hours(request.form.get("timmar", "")))
    return redirect(url_for("simulation.show"))


def _can_move() -> bool:
    with running_system().reading() as work:
        try:
            must_be_demo(running_system(), work)
        except SimulationRefused:
            return False
    return True


def _hours(typed: str) -> timedelta:
    typed = typed.strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 5):
        raise Invalid("not a number of hours")
    return timedelta(hours=int(typed))
