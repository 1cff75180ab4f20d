"""The page of absences: who is away, from when to when, and who stands in."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.display import day
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.absences import end_absence, report_absence
from processes.errors import AnswersRefused
from processes.queries.absences import coming_absences
from processes.queries.people import colleagues_of, get_colleague
from processes.rules.permissions import may

pages = Blueprint("absences", __name__, url_prefix="/franvaro")


@pages.get("")
def show() -> str:
    """The coming absences, and the form for a new one."""
    return _page({})


@pages.post("")
def report() -> Response | tuple[str, int]:
    """Report an absence."""
    try:
        with running_system().transaction() as work:
            caseworker = signed_in(work)
            absent = get_colleague(work.session, request.form.get("absent", caseworker.id, int), caseworker)
            absence = report_absence(
                work,
                caseworker=caseworker,
                absent=absent,
                substitute=get_colleague(work.session, request.form.get("substitute", -1, int), caseworker),
                starts_on=_day("starts_on"),
                ends_on=_day("ends_on"),
            )
            away, stands_in, until = absent.name, absence.substitute.name, absence.ends_on
    except AnswersRefused as refused:
        return _page(refused.problems), 400
    flash(t("{who} ersätter {away} till och med {day}.", who=stands_in, away=away, day=day(until)))
    return redirect(url_for("absences.show"))


@pages.post("/<id:absence_id>/avsluta")
def end(absence_id: int) -> Response:
    """End an absence now."""
    with running_system().transaction() as work:
        end_absence(work, absence_id=absence_id, caseworker=signed_in(work))
    flash(t("Frånvaron är avslutad. Ingen ersätter längre."))
    return redirect(url_for("absences.show"))


def _page(problems: dict[str, str]) -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        colleagues = colleagues_of(work.session, caseworker)
        return render_template(
            "absences/list.html",
            absences=coming_absences(work.session, caseworker, work.now),
            substitutes=[one for one in colleagues if may("stand_in", one.roles, one.units)],
            leads=may("report_absence_of_others", caseworker.roles, caseworker.units),
            problems=problems,
            typed=request.form,
        )


def _day(field: str) -> date:
    try:
        return date.fromisoformat(request.form.get(field, "").strip())
    except ValueError as error:
        raise AnswersRefused({field: t("Skriv dagen som ÅÅÅÅ-MM-DD.")}) from error
