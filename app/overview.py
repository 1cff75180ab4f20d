"""The supervisor's overview: what needs somebody now, who has how much, and which days of law and eviction come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any

from flask import Blueprint, render_template, request
from markupsafe import Markup

from app.charts import Part, bar, hatchings
from app.display import WEEKDAYS
from app.lookups import process_titles
from app.reads import show_nothing
from app.texts import language
from app.web import running_system, signed_in
from processes.actions.task_counts import TASKS
from processes.clock import swedish_day
from processes.models import Absence, Caseworker
from processes.queries.inbox import next_deadlines
from processes.queries.overview import (
    ComingDay,
    Load,
    away_today,
    counted_at,
    days_ahead,
    loads_of,
    needs_of,
)
from processes.queries.people import colleagues_of
from processes.rules.counted_ages import AGES
from processes.rules.stuck import CHECKS
from processes.rules.units import Unit
from processes.unit_of_work import UnitOfWork

pages = Blueprint("overview", __name__, url_prefix="/arbetsledning")

PLACEHOLDER = "utseende"
NOBODY = 0
LOAD_BAR = 150


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of who has how much."""

    holder: Caseworker | None
    """None for what nobody has taken."""
    load: Load
    absence: Absence | None
    bar: Markup


@dataclass(frozen=True, slots=True)
class UnitRows:
    """A unit with its lines, whoever has most that is overdue first."""

    unit: str
    total: Load
    rows: list[Row]


@pages.get("")
def show() -> str:
    """The whole page."""
    with running_system().reading() as work:
        now_part, _ = _rendered(work, signed_in(work))
        return render_template("supervision/overview.html", now_part=now_part, hatchings=hatchings())


@pages.get("/nu")
def only_now() -> str | tuple[str, int]:
    """What changes by itself, for a page that keeps itself up to date; nothing when it looks as it did."""
    with running_system().reading() as work:
        now_part, looks = _rendered(work, signed_in(work))
    if looks == request.args.get("sedan"):
        show_nothing()
        return "", 204
    return now_part


def _rendered(work: UnitOfWork, caseworker: Caseworker) -> tuple[Markup, str]:
    """The part that keeps itself up to date, and a short name for its looks that it asks with next time."""
    rows = render_template("supervision/_now.html", placeholder=PLACEHOLDER, **_found(work, caseworker))
    looks = sha256(rows.encode()).hexdigest()[:16]
    return Markup(rows.replace(PLACEHOLDER, looks)), looks  # noqa: S704 -- the template has escaped it


def _found(work: UnitOfWork, caseworker: Caseworker) -> dict[str, Any]:
    session, now = work.session, work.now
    needs = needs_of(session, caseworker, now)
    loads = loads_of(session, caseworker)
    units = list(_by_unit(loads, colleagues_of(session, caseworker), away_today(session, caseworker, now)))
    coming = days_ahead(session, caseworker, now)
    today = swedish_day(now)
    return {
        "needs": needs,
        "checks": CHECKS,
        "deadlines": next_deadlines(session, {task.case_id for task in needs.legal}, today),
        "units": units,
        "total": sum((one.total for one in units), Load()),
        "free": sum((one.get(NOBODY, Load()) for one in loads.values()), Load()),
        "ages": AGES,
        "weeks": list(by_week(coming.days)),
        "evictions": sum(one.is_eviction for one in coming.days),
        "recoveries": sum(not one.is_eviction for one in coming.days),
        "is_cut": coming.is_cut,
        "today": today,
        "counted_at": counted_at(session, TASKS),
        "process_title": process_titles(work),
        "days_since": lambda instant: (today - swedish_day(instant)).days,
        "weekday": weekday,
    }


def weekday(day: date) -> str:
    """`mån` for a Monday."""
    return WEEKDAYS[language()][day.weekday()][:3]


def _by_unit(
    loads: dict[str, dict[int, Load]], staff: Iterable[Caseworker], away: dict[int, Absence]
) -> Iterable[UnitRows]:
    """Every unit that has people or tasks; people stand also where they have nothing."""
    staff = list(staff)
    most = max((load.how_many for of_unit in loads.values() for load in of_unit.values()), default=0)
    for unit in Unit:
        of_unit = loads.get(str(unit), {})
        people = [one for one in staff if unit in one.units or one.id in of_unit]
        rows = [
            Row(one, load, away.get(one.id), load_bar(load, most))
            for one in people
            for load in [of_unit.get(one.id, Load())]
        ]
        rows.sort(
            key=lambda row: (-row.load.overdue, -row.load.how_many, row.holder.name if row.holder else "")
        )
        free = of_unit.get(NOBODY)
        if free is not None:
            rows.insert(0, Row(None, free, None, load_bar(free, most)))
        if rows:
            yield UnitRows(str(unit), sum(of_unit.values(), Load()), rows)


def load_bar(load: Load, most: int) -> Markup:
    """What is in time, what is late (hatched) and what rests (dotted)."""
    in_time = load.how_many - load.overdue - load.resting
    parts = [Part(in_time, "calm"), Part(load.overdue, "late"), Part(load.resting, "rest")]
    return bar(parts, most, LOAD_BAR)


def by_week(days: Iterable[ComingDay]) -> Iterable[tuple[date, list[tuple[date, list[ComingDay]]]]]:
    """The days by week, each week with its Monday; days without anything are left out."""
    for monday, of_week in groupby(days, key=lambda one: one.on - timedelta(days=one.on.weekday())):
        yield monday, [(day, list(of_day)) for day, of_day in groupby(of_week, key=lambda one: one.on)]
