"""The calendar: deadlines, visits and evictions by day, on a page and at secret addresses that other programs read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import groupby
from math import ceil

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as AnyResponse

from app.calendar_file import calendar_file
from app.labels import label
from app.request_limits import Brake
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.calendars import is_news, make_feed, revoke_feed, tell
from processes.clock import swedish_day
from processes.errors import CalendarNotFound, Invalid
from processes.models import CalendarFeed, Caseworker, ToldDate
from processes.queries.access import must_be_allowed
from processes.queries.calendars import (
    OWN,
    CalendarDate,
    calendar_of,
    dates_of_feed,
    feeds_of,
    get_open_feed,
    told_by,
)
from processes.queries.sign_in import fingerprint

READS_A_MINUTE = 12
"""How often one calendar may be fetched; programs ask every quarter of an hour, and a person presses the button."""
GUESSES_A_MINUTE = 30
"""How many addresses that do not exist one caller may try."""
WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
ONE_WEEK = timedelta(days=7)

pages = Blueprint("calendars", __name__, url_prefix="/kalender")


@pages.get("")
def show() -> str:
    """One week of the person's own calendar or of a unit's, day by day."""
    with running_system().reading() as work:
        caseworker = signed_in(work)
        today = swedish_day(work.now)
        monday = _monday(request.args.get("vecka"), today)
        sunday = monday + timedelta(days=6)
        whose = request.args.get("vems", OWN)
        week = calendar_of(
            work.session,
            caseworker,
            work.now,
            unit=whose,
            first=monday,
            last=sunday,
        )
        return render_template(
            "calendars/week.html",
            days=_by_day(week.dates),
            units=_units(caseworker),
            whose=whose,
            today=today,
            monday=monday,
            sunday=sunday,
            this=_name(monday),
            before=_name(monday - ONE_WEEK),
            after=_name(monday + ONE_WEEK),
        )


@pages.get("/prenumerera")
def addresses() -> str:
    """The calendars that the person reads in other programs."""
    return _addresses_page()


@pages.post("/prenumerera")
def give_address() -> str:
    """Give a calendar an address, which is shown on the answer and never again."""
    with running_system().transaction() as work:
        caseworker = signed_in(work)
        unit = request.form.get("vems", OWN)
        token = make_feed(work, caseworker=caseworker, unit=unit, with_tasks="uppgifter" in request.form)
    return _addresses_page(url_for("calendars.feed", token=token, _external=True))


@pages.post("/prenumerera/avsluta")
def end_address() -> AnyResponse:
    """End a calendar's address."""
    with running_system().transaction() as work:
        revoke_feed(work, caseworker=signed_in(work), unit=request.form.get("vems", OWN))
    flash(t("Adressen är avslutad. Program som har den får inget mer."))
    return redirect(url_for("calendars.addresses"))


@pages.get("/<token>.ics")
def feed(token: str) -> Response:
    """The calendar as other programs read it; whoever has the address is let in, and nobody else."""
    _hold_back(_brake("reads", READS_A_MINUTE), fingerprint(token))
    try:
        name, dates = _told(token)
    except CalendarNotFound:
        _hold_back(_brake("guesses", GUESSES_A_MINUTE), str(request.remote_addr))
        raise
    file = calendar_file(name, dates, lambda case_id: url_for("cases.show", case_id=case_id, _external=True))
    answer = Response(file, mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'inline; filename="kvarboende.ics"'
    answer.add_etag()
    return answer.make_conditional(request)  # type: ignore[return-value]


def _told(token: str) -> tuple[str, list[ToldDate]]:
    """The calendar's name and its dates; written down first where something has changed since the last time."""
    with running_system().reading() as work:
        found = get_open_feed(work.session, token)
        told = told_by(work.session, found)
        if not is_news(dates_of_feed(work.session, found, work.now), told, found, work.now):
            work.session.expunge_all()
            return _title(found), list(told)
    with running_system().transaction() as work:
        found = get_open_feed(work.session, token)
        return _title(found), list(tell(work, feed=found))


def _title(found: CalendarFeed) -> str:
    return f"Kvarboende – {label('unit', found.unit)}" if found.unit else "Kvarboende"


def _brake(name: str, per_minute: int) -> Brake:
    brakes: dict[str, Brake] = current_app.extensions.setdefault("calendar brakes", {})
    return brakes.setdefault(name, Brake(per_minute))


def _hold_back(brake: Brake, caller: str) -> None:
    seconds = brake.wait(caller)
    if seconds:
        raise TooManyRequests(retry_after=ceil(seconds))


def _addresses_page(new_address: str = "") -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        must_be_allowed("read_case", caseworker)
        return render_template(
            "calendars/addresses.html",
            feeds=feeds_of(work.session, caseworker),
            units=_units(caseworker),
            new_address=new_address,
        )


def _units(caseworker: Caseworker) -> list[str]:
    return sorted(str(unit) for unit in caseworker.units)


def _by_day(dates: tuple[CalendarDate, ...]) -> list[tuple[date, list[CalendarDate]]]:
    return [(day, list(of_day)) for day, of_day in groupby(dates, key=lambda one: one.on)]


def _monday(asked: str | None, today: date) -> date:
    """The first day of the week that the address names (`2026-W10`), else of this week. Raises Invalid."""
    if not asked:
        return today - timedelta(days=today.weekday())
    found = WEEK.fullmatch(asked)
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else _no_week()
    except ValueError:
        return _no_week()


def _no_week() -> date:
    raise Invalid("this is no week")


def _name(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"
