"""What a caseworker does on the page of a task: claim it, give it away, let it rest, write on it, complete it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.display import day
from app.drafts import saved, thrown_away, typed_in_request
from app.failures import sentence_about
from app.onward import done_and_next, say
from app.redisplay import shows_again
from app.resting import typed_date
from app.task_page import Refused, page_of_task, typed_form
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.drafts import place_of_task
from processes.actions.handing_over import comment_on_task, hand_over_task
from processes.actions.snoozing import snooze_task, wake_task
from processes.actions.tasks import claim_task, complete_task, release_task, save_task_draft
from processes.clock import swedish_day
from processes.errors import AnswersRefused, Conflict, RestsPastTheLaw
from processes.forms import Choices, Form
from processes.models import Task
from processes.queries.people import get_colleague
from processes.queries.tasks import get_task

pages = Blueprint("tasks", __name__, url_prefix="/uppgifter")


@pages.get("/<id:task_id>")
def show(task_id: int) -> str:
    """The task, ready to work on for who has claimed it."""
    with running_system().reading() as work:
        return page_of_task(work, task_id)


@pages.post("/<id:task_id>/ta")
def claim(task_id: int) -> Response:
    """Make the task one's own and open it."""
    with running_system().transaction() as work:
        claim_task(work, task_id=task_id, caseworker=signed_in(work))
    return redirect(url_for("tasks.show", task_id=task_id))


@pages.post("/<id:task_id>/lamna")
def release(task_id: int) -> Response:
    """Give the task back to the unit."""
    with running_system().transaction() as work:
        title = release_task(work, task_id=task_id, caseworker=signed_in(work)).title
    flash(t("Uppgiften ”{title}” är lämnad tillbaka till enheten.", title=title))
    return redirect(url_for("inbox.show"))


@pages.post("/<id:task_id>/fordela")
def assign(task_id: int) -> Response | tuple[str, int]:
    """Give the task to a colleague, with a note if there is something to say."""
    try:
        with running_system().transaction() as work:
            caseworker = signed_in(work)
            to = get_colleague(work.session, request.form.get("to", -1, int), caseworker)
            note = request.form.get("note", "")
            title = hand_over_task(work, task_id=task_id, caseworker=caseworker, to=to, note=note).title
            name, case_id = to.name, work.session.get_one(Task, task_id).case_id
    except AnswersRefused as refused:
        too_long = {"note": " ".join(refused.problems.values())}
        return _again(task_id, Refused(noting=too_long), 400)
    flash(t("Uppgiften ”{title}” är nu hos {name}.", title=title, name=name))
    return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/<id:task_id>")
def complete(task_id: int) -> Response | tuple[str, int] | str:
    """Complete the task; what was typed stays on the page when something is wrong with it."""
    if "_add" in request.form:
        with running_system().reading() as work:
            typed = typed_form(work, task_id)
            return page_of_task(work, task_id, Refused(typed, extra_row=request.form["_add"]))
    try:
        with running_system().transaction() as work:
            caseworker = signed_in(work)
            task = complete_task(work, task_id=task_id, caseworker=caseworker, answers=_posted)
            case_id, done = task.case_id, t("Uppgiften ”{title}” är slutförd.", title=task.title)
            told = done_and_next(work, done, case_id, caseworker)
    except AnswersRefused as refused:
        return _again_filled_in(task_id, 400, problems=refused.problems)
    except Conflict as refused:
        return _again_filled_in(task_id, 409, trouble=sentence_about(refused))
    say(told)
    return redirect(url_for("cases.show", case_id=case_id))


def _posted(form: Form, choices: Choices) -> dict[str, Any]:
    return form.from_html(request.form, choices)


@pages.post("/<id:task_id>/anteckna")
def comment(task_id: int) -> Response | tuple[str, int]:
    """Write a note on the task, whoever holds it."""
    said = {"text": request.form.get("text", ""), "person": request.form.get("person", type=int)}
    try:
        with running_system().transaction() as work:
            comment_on_task(work, task_id=task_id, caseworker=signed_in(work), said=said)
    except AnswersRefused as refused:
        return _again(task_id, Refused(noting=refused.problems), 400)
    flash(t("Anteckningen är sparad och står också i ärendets journal."))
    return redirect(url_for("tasks.show", task_id=task_id, _anchor="anteckningar"))


@pages.post("/<id:task_id>/vila")
def snooze(task_id: int) -> Response | tuple[str, int]:
    """Let the task rest until a day."""
    try:
        with running_system().transaction() as work:
            until, reason = typed_date(request.form.get("until", "")), request.form.get("reason", "")
            task = snooze_task(work, task_id=task_id, caseworker=signed_in(work), until=until, reason=reason)
            title, case_id, due_at = task.title, task.case_id, task.due_at
    except AnswersRefused as refused:
        return _again(task_id, Refused(resting=refused.problems), 400)
    except RestsPastTheLaw as refused:
        return _again(task_id, Refused(resting={"until": sentence_about(refused)}), 409)
    flash(t("Uppgiften ”{title}” vilar till {day}.", title=title, day=day(until)))
    if due_at is not None and swedish_day(due_at) < until:
        flash(t("Den ska vara klar {day}, innan den kommer tillbaka.", day=day(due_at)))
    return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/<id:task_id>/vack")
def wake(task_id: int) -> Response:
    """Bring a task that rests back at once."""
    with running_system().transaction() as work:
        wake_task(work, task_id=task_id, caseworker=signed_in(work))
    return redirect(url_for("tasks.show", task_id=task_id))


@pages.post("/<id:task_id>/utkast")
def save_draft(task_id: int) -> Response | tuple[str, int]:
    """Keep what is typed, without completing anything."""
    with running_system().transaction() as work:
        save_task_draft(work, task_id=task_id, caseworker=signed_in(work), typed=typed_in_request())
    return saved(url_for("tasks.show", task_id=task_id))


@pages.post("/<id:task_id>/utkast/kasta")
def throw_draft(task_id: int) -> Response:
    """Begin anew with an empty form."""
    with running_system().transaction() as work:
        caseworker = signed_in(work)
        get_task(work.session, task_id, caseworker, work.now)
        thrown_away(work, place_of_task(task_id), caseworker)
    return redirect(url_for("tasks.show", task_id=task_id))


@shows_again("tasks.complete")
def _stale(task_id: int, trouble: str) -> str:
    with running_system().reading() as work:
        return page_of_task(work, task_id, Refused(typed_form(work, task_id), trouble=trouble))


def _again(task_id: int, refused: Refused, status: int) -> tuple[str, int]:
    with running_system().reading() as work:
        return page_of_task(work, task_id, refused), status


def _again_filled_in(
    task_id: int, status: int, *, problems: dict[str, str] | None = None, trouble: str = ""
) -> tuple[str, int]:
    with running_system().reading() as work:
        typed = typed_form(work, task_id)
        return page_of_task(work, task_id, Refused(typed, problems or {}, trouble)), status
