"""The inbox: what there is to do, the most urgent first, and the button that makes a task one's own."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.display import Urgency, urgency
from app.lookups import process_titles
from app.texts import t
from app.web import place_in_list, running_system, signed_in
from processes.actions.notifications import acknowledge_notification
from processes.clock import swedish_day
from processes.models import Task
from processes.queries.access import stands_in_for
from processes.queries.inbox import Page, my_tasks, next_deadlines, unit_tasks, visible_tasks
from processes.queries.notifications import unseen_notifications
from processes.unit_of_work import UnitOfWork

pages = Blueprint("inbox", __name__)

TABS = {"mina": "Mina", "enheten": "Enhetens otilldelade", "alla": "Alla jag får se"}
GROUPS = {
    "late": "Försenade",
    "today": "Idag",
    "week": "Senare den här veckan",
    "later": "Längre fram",
    "none": "Utan datum",
    "hold": "Vilande",
}


@pages.get("/")
def home() -> Response:
    """The inbox is where the day begins."""
    return redirect(url_for("inbox.show"))


@pages.get("/inkorg")
def show() -> str:
    """The open tasks of one tab, grouped by urgency, a page at a time."""
    tab = _tab()
    with running_system().reading() as work:
        page = _tasks(work, tab, place_in_list(request.args.get("efter")))
        return render_template(
            "inbox/list.html",
            tab=tab,
            tabs=TABS,
            groups=grouped(page, work.now),
            titles=GROUPS,
            page=page,
            notifications=unseen_notifications(work.session, signed_in(work)),
            deadlines=next_deadlines(
                work.session, {task.case_id for task in page.tasks}, swedish_day(work.now)
            ),
            process_title=process_titles(work),
            is_first=not request.args.get("efter"),
        )


def _tasks(work: UnitOfWork, tab: str, after: str | None) -> Page:
    caseworker = signed_in(work)
    if tab == "enheten":
        return unit_tasks(work.session, caseworker, after=after)
    show = my_tasks if tab == "mina" else visible_tasks
    standing_in_for = stands_in_for(work.session, caseworker, work.now)
    return show(work.session, caseworker, standing_in_for=standing_in_for, after=after)


def grouped(page: Page, now: datetime) -> dict[str, list[tuple[Task, Urgency]]]:
    """The page's tasks by group, each with the words for its urgency; only groups that have any."""
    groups: dict[str, list[tuple[Task, Urgency]]] = {name: [] for name in GROUPS}
    for task in page.tasks:
        how_urgent = urgency(task.due_at, now, task.on_hold_until)
        groups[how_urgent.group].append((task, how_urgent))
    return {name: tasks for name, tasks in groups.items() if tasks}


@pages.post("/inkorg/larm/<id:notification_id>/kvittera")
def acknowledge(notification_id: int) -> Response:
    """Say that somebody of the unit has seen it, and come back to the same tab."""
    with running_system().transaction() as work:
        seen = acknowledge_notification(work, notification_id=notification_id, caseworker=signed_in(work))
        text = seen.text
    flash(t("Kvitterat: {text}", text=text))
    return redirect(url_for("inbox.show", vy=_tab()))


def _tab() -> str:
    asked = request.args.get("vy", "mina")
    return asked if asked in TABS else "mina"
