"""The inbox: what there is to do, the most urgent first, and the button that makes a task one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.display import Urgency, urgency
from app.failures import sentence_about
from app.inbox_choices import (
    GROUPS,
    LISTS,
    ORDER_NAMES,
    ORDERS,
    TABS,
    Names,
    View,
    chips,
    filters_of,
    view_in,
    view_of,
)
from app.lookups import process_titles
from app.sessions import attention
from app.texts import language, t
from app.web import place_in_list, running_system, signed_in
from processes.actions.notifications import acknowledge_notification
from processes.actions.saved_filters import remove_filter, save_filter
from processes.actions.tasks import assign_task, claim_task
from processes.clock import swedish_day
from processes.errors import Refusal
from processes.models import Base, Caseworker, Task
from processes.queries.access import stands_in_for
from processes.queries.inbox import Inbox, next_deadlines
from processes.queries.notifications import unseen_notifications
from processes.queries.people import colleagues_of, get_colleague, staff_names
from processes.queries.saved_filters import saved_filters
from processes.queries.tasks import get_task, may_do
from processes.rules.permissions import may
from processes.unit_of_work import UnitOfWork

pages = Blueprint("inbox", __name__)

MOST_AT_ONCE = 50
"""So many tasks can be claimed or given to somebody with one press: a page of them."""


@pages.get("/")
def home() -> Response:
    """The inbox is where the day begins."""
    return redirect(url_for("inbox.show"))


@pages.get("/inkorg")
def show() -> str:
    """The open tasks of one tab, grouped by urgency, a page at a time."""
    view = view_in(request.args)
    after = place_in_list(request.args.get("efter"))
    with running_system().reading() as work:
        caseworker = signed_in(work)
        inbox = _inbox(work, caseworker, view)
        titles = process_titles(work)
        found = _list(work, inbox, view, after, titles)
        rows = render_template("inbox/_tasks.html", looks=_looks(found, caseworker.id), **found)
        return render_template(
            "inbox/list.html",
            view=view,
            rows=Markup(rows),  # noqa: S704 -- the template has escaped it
            **_around(work, inbox, view, titles),
            notifications=unseen_notifications(work.session, caseworker) if attention().unseen else (),
            is_first=after is None,
        )


@pages.get("/inkorg/uppgifter")
def only_list() -> str | tuple[str, int]:
    """The list alone, for a page that keeps itself up to date; nothing when it looks as it did."""
    view = view_in(request.args)
    with running_system().reading() as work:
        after = place_in_list(request.args.get("efter"))
        caseworker = signed_in(work)
        found = _list(work, _inbox(work, caseworker, view), view, after, process_titles(work))
        looks = _looks(found, caseworker.id)
        if looks == request.args.get("sedan"):
            return "", 204
        return render_template("inbox/_tasks.html", looks=looks, **found)


def _looks(found: dict[str, Any], reader_id: int) -> str:
    """A short name for everything that the list is drawn from, which it asks with next time.

    An open page asks every few seconds, and mostly nothing has changed: to draw it takes as long as to find it.
    """
    shown = [
        (group, how_urgent, _kept(task), _kept(task.case), task.claimed_by and task.claimed_by.name)
        for group, tasks in found["groups"].items()
        for task, how_urgent in tasks
    ]
    keys = {task.process_key for tasks in found["groups"].values() for task, _ in tasks}
    told = (
        language(),
        reader_id,
        found["view"].choices,
        found["after"],
        found["page"].next_after,
        found["today"],
        found["may_assign"],
        sorted(found["can_open"]),
        [(one.id, one.name) for one in found["colleagues"]],
        sorted(found["deadlines"].items()),
        [(key, found["process_title"](key)) for key in sorted(keys)],
        shown,
    )
    return sha256(repr(told).encode()).hexdigest()[:16]


def _kept(row: Base) -> list[Any]:
    """Every column of the row that was read, whether the list shows it or not."""
    read = vars(row)
    return [read.get(name) for name in _columns(type(row))]


@cache
def _columns(model: type[Base]) -> tuple[str, ...]:
    return tuple(model.__mapper__.column_attrs.keys())


def _list(
    work: UnitOfWork, inbox: Inbox, view: View, after: str | None, titles: Callable[[str], str]
) -> dict[str, Any]:
    caseworker = inbox.caseworker
    gives_to_others = may("assign_task", caseworker.roles, caseworker.units)
    page = inbox.page(view.wanted, order=ORDER_NAMES[view.order], after=after)
    is_last = page.next_after is None and not view.wanted.when
    resting = inbox.resting(view.wanted) if is_last else []
    shown = [*page.tasks, *resting]
    return {
        "view": view,
        "after": after,
        "page": page,
        "groups": grouped(shown, work.now, in_order=view.order == "tid"),
        "titles": GROUPS,
        "deadlines": next_deadlines(work.session, {task.case_id for task in shown}, swedish_day(work.now)),
        "today": swedish_day(work.now),
        "process_title": titles,
        "can_open": {task.id for task in shown if may_do(caseworker, task, inbox.standing_in_for)},
        "may_assign": gives_to_others,
        "colleagues": colleagues_of(work.session, caseworker) if gives_to_others else [],
    }


def _inbox(work: UnitOfWork, caseworker: Caseworker, view: View) -> Inbox:
    standing_in_for = stands_in_for(work.session, caseworker, work.now)
    return Inbox(work.session, caseworker, work.now, LISTS[view.tab], standing_in_for)


def _around(work: UnitOfWork, inbox: Inbox, view: View, titles: Callable[[str], str]) -> dict[str, Any]:
    """The tabs, the filters with their numbers, and what was saved."""
    caseworker = inbox.caseworker
    facets = inbox.facets(view.wanted)
    people = staff_names(work.session, caseworker.administration_key)
    names = Names(facets, titles, people, caseworker.id)
    return {
        "tabs": TABS,
        "orders": ORDERS,
        "facets": facets,
        "filters": filters_of(view, facets, names),
        "chips": list(chips(view, names)),
        "saved": [(one, view_of(one.choices)) for one in saved_filters(work.session, caseworker)],
    }


def grouped(
    tasks: Iterable[Task], now: datetime, *, in_order: bool = True
) -> dict[str, list[tuple[Task, Urgency]]]:
    """The tasks by group, each with the words for its urgency; only groups that have any.

    In another order than that of their due dates they make one group, but for those that rest.
    """
    groups: dict[str, list[tuple[Task, Urgency]]] = {name: [] for name in ("all", *GROUPS)}
    for task in tasks:
        how_urgent = urgency(task.due_at, now, task.on_hold_until)
        groups[how_urgent.group if in_order or how_urgent.group == "hold" else "all"].append(
            (task, how_urgent)
        )
    return {name: tasks for name, tasks in groups.items() if tasks}


@pages.post("/inkorg/valda")
def together() -> str:
    """Claim the chosen tasks, or give them to a colleague: each by itself, with a word about each.

    Sent once more, the page says of every task that it is taken already, and changes nothing.
    """
    view = view_of(request.form.get("vy", ""))
    chosen = list(dict.fromkeys(request.form.getlist("uppgift", int)))[:MOST_AT_ONCE]
    to = request.form.get("till", 0, int) if "fordela" in request.form else None
    with running_system().reading() as work:
        caseworker = signed_in(work)
        to_name = get_colleague(work.session, to, caseworker).name if to is not None else caseworker.name
    results = [_one_of_many(task_id, to=to) for task_id in chosen]
    return render_template("inbox/together.html", view=view, results=results, to_name=to_name)


@dataclass(frozen=True, slots=True)
class OneOfMany:
    """What became of one of the chosen tasks; `trouble` says why nothing did."""

    task_id: int
    title: str = ""
    number: str = ""
    trouble: str = ""


def _one_of_many(task_id: int, *, to: int | None) -> OneOfMany:
    """Claim the task or give it to the colleague, in a transaction of its own."""
    about = OneOfMany(task_id)
    try:
        with running_system().transaction() as work:
            caseworker = signed_in(work)
            task = get_task(work.session, task_id, caseworker, work.now)
            about = replace(about, title=task.title, number=task.case.number)
            if to is None:
                claim_task(work, task_id=task_id, caseworker=caseworker)
            else:
                colleague = get_colleague(work.session, to, caseworker)
                assign_task(work, task_id=task_id, caseworker=caseworker, to=colleague)
    except Refusal as refused:
        return replace(about, trouble=sentence_about(refused))
    return about


@pages.post("/inkorg/filter")
def save() -> Response:
    """Save what is chosen under a name, for oneself or for the unit."""
    view = view_of(request.form.get("val", ""))
    with running_system().transaction() as work:
        saved = save_filter(
            work,
            caseworker=signed_in(work),
            name=request.form.get("namn", ""),
            choices=view.choices,
            shared_with=request.form.get("dela") or None,
        )
        name = saved.name
    flash(t("Filtret ”{name}” är sparat.", name=name))
    return redirect(view.url())


@pages.post("/inkorg/filter/<id:filter_id>/ta-bort")
def forget(filter_id: int) -> Response:
    """Forget a saved filter."""
    with running_system().transaction() as work:
        name = remove_filter(work, filter_id=filter_id, caseworker=signed_in(work))
    flash(t("Filtret ”{name}” är borttaget.", name=name))
    return redirect(url_for("inbox.show"))


@pages.post("/inkorg/larm/<id:notification_id>/kvittera")
def acknowledge(notification_id: int) -> Response:
    """Say that somebody of the unit has seen it, and come back to the same view."""
    with running_system().transaction() as work:
        seen = acknowledge_notification(work, notification_id=notification_id, caseworker=signed_in(work))
        text = seen.text
    flash(t("Kvitterat: {text}", text=text))
    return redirect(view_in(MultiDict(request.args)).url())
