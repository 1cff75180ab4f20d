"""The page of a task: its form, what the step is for, the gates, the dates, and what is known of the case."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.deadline_words import words_of
from app.display import day
from app.drafts import ShownDraft, draft_to_show, saved, thrown_away, typed_in_request
from app.failures import sentence_about
from app.filled_form import FilledForm
from app.journal import as_stated, asked
from app.lookups import process_titles
from app.onward import say_done_and_next
from app.redisplay import shows_again
from app.resting import rest_of, typed_date
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.drafts import place_of_task
from processes.actions.open_tasks import ask_gates
from processes.actions.snoozing import snooze_task, wake_task
from processes.actions.tasks import (
    assign_task,
    claim_task,
    complete_task,
    form_of,
    release_task,
    save_task_draft,
)
from processes.clock import swedish_day
from processes.errors import AnswersRefused, Conflict, Refusal, RestsPastTheLaw
from processes.forms import Choices, Form
from processes.forms.form import GATE_FIELDS
from processes.handbook.documents import documents_for
from processes.models import Caseworker, Task
from processes.queries.access import recused_in, stands_in_for
from processes.queries.cases import get_case_file
from processes.queries.choices import choices_in
from processes.queries.people import colleagues_of, get_colleague
from processes.queries.persons_seen import sight_of
from processes.queries.tasks import get_task, may_do
from processes.rules.facts import FACTS
from processes.rules.permissions import may
from processes.rules.snapshot import Scope
from processes.unit_of_work import UnitOfWork

pages = Blueprint("tasks", __name__, url_prefix="/uppgifter")


@pages.get("/<id:task_id>")
def show(task_id: int) -> str:
    """The task, ready to work on for who has claimed it."""
    with running_system().reading() as work:
        return _page(work, task_id, typed=None)


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
def assign(task_id: int) -> Response:
    """Give the task to a colleague."""
    with running_system().transaction() as work:
        caseworker = signed_in(work)
        to = get_colleague(work.session, request.form.get("to", -1, int), caseworker)
        title = assign_task(work, task_id=task_id, caseworker=caseworker, to=to).title
        name, case_id = to.name, work.session.get_one(Task, task_id).case_id
    flash(t("Uppgiften ”{title}” är nu hos {name}.", title=title, name=name))
    return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/<id:task_id>")
def complete(task_id: int) -> Response | tuple[str, int] | str:
    """Complete the task; what was typed stays on the page when something is wrong with it."""
    if "_add" in request.form:
        with running_system().reading() as work:
            return _page(work, task_id, typed=_typed(work, task_id), extra_row=request.form["_add"])
    try:
        with running_system().transaction() as work:
            typed = _typed(work, task_id)
            done = complete_task(work, task_id=task_id, caseworker=signed_in(work), answers=typed)
            title, case_id = done.title, done.case_id
    except AnswersRefused as refused:
        return _again(task_id, refused, 400, problems=refused.problems)
    except Conflict as refused:
        return _again(task_id, refused, 409)
    say_done_and_next(t("Uppgiften ”{title}” är slutförd.", title=title), case_id)
    return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/<id:task_id>/vila")
def snooze(task_id: int) -> Response | tuple[str, int]:
    """Let the task rest until a day."""
    try:
        with running_system().transaction() as work:
            until, reason = typed_date(request.form.get("until", "")), request.form.get("reason", "")
            task = snooze_task(work, task_id=task_id, caseworker=signed_in(work), until=until, reason=reason)
            title, case_id, due_at = task.title, task.case_id, task.due_at
    except AnswersRefused as refused:
        return _again_resting(task_id, refused.problems, 400)
    except RestsPastTheLaw as refused:
        return _again_resting(task_id, {"until": sentence_about(refused)}, 409)
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


def _again_resting(task_id: int, problems: dict[str, str], status: int) -> tuple[str, int]:
    with running_system().reading() as work:
        return _page(work, task_id, typed=None, resting=problems), status


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
        return _page(work, task_id, typed=_typed(work, task_id), trouble=trouble)


def _again(
    task_id: int, refused: Refusal, status: int, problems: dict[str, str] | None = None
) -> tuple[str, int]:
    trouble = "" if problems else sentence_about(refused)
    with running_system().reading() as work:
        page = _page(work, task_id, typed=_typed(work, task_id), problems=problems, trouble=trouble)
    return page, status


def _typed(work: UnitOfWork, task_id: int) -> dict[str, Any]:
    """What was posted, in the shape of the task's form."""
    caseworker = signed_in(work)
    task = get_task(work.session, task_id, caseworker, work.now)
    return _form(work, task).from_html(
        request.form, choices_in(work.session, task.case, caseworker, work.now)
    )


def _form(work: UnitOfWork, task: Task) -> Form:
    published = work.diagrams.get(work.session, task.instance.process_key, task.instance.diagram_version)
    return form_of(published, task.step)


def _page(
    work: UnitOfWork,
    task_id: int,
    *,
    typed: dict[str, Any] | None,
    problems: dict[str, str] | None = None,
    trouble: str = "",
    extra_row: str = "",
    resting: dict[str, str] | None = None,
) -> str:
    caseworker = signed_in(work)
    task = get_task(work.session, task_id, caseworker, work.now)
    published = work.diagrams.get(work.session, task.instance.process_key, task.instance.diagram_version)
    form = form_of(published, task.step)
    choices = choices_in(work.session, task.case, caseworker, work.now)
    standing_in_for = stands_in_for(work.session, caseworker, work.now)
    is_mine = task.status == "open" and task.claimed_by_id in (caseworker.id, *standing_in_for)
    draft, values = (None, typed) if typed is not None else _begun(work, task, form, choices, is_mine=is_mine)
    gates = ask_gates(work, task, published, caseworker=caseworker) if task.status == "open" else ()
    shut = [(gate, answer) for gate, answer in gates if not answer.allowed]
    way_past = GATE_FIELDS if not (shut or trouble or problems) else frozenset()
    file = get_case_file(work.session, task.case, caseworker, work.now)
    sight = sight_of(work.session, task.case, caseworker, work.now, work.policy)
    return render_template(
        "tasks/task.html",
        task=task,
        step=published.bundle.steps[task.step],
        filled=FilledForm(form, values, problems or {}, choices, extra_row, way_past),
        shut=shut,
        passed=[(gate, answer) for gate, answer in gates if answer.allowed],
        process_title=process_titles(work),
        today=swedish_day(work.now),
        deadline_words=words_of(work, file, sight),
        file=file,
        sight=sight,
        stated={notice.id: as_stated(work, notice, sight) for notice in file.notices},
        scope=Scope(task.instance.scope_kind, task.instance.scope_id),
        told=asked(form.fields.values(), task.answers or {}, sight),
        colleagues=_colleagues(work, task, caseworker) if task.status == "open" else [],
        is_mine=is_mine,
        draft=draft,
        trouble=trouble,
        rest=rest_of(work, task, resting),
        documents=documents_for(task.step),
    )


def _begun(
    work: UnitOfWork, task: Task, form: Form, choices: Choices, *, is_mine: bool
) -> tuple[ShownDraft | None, dict[str, Any]]:
    """What stands in the form before anybody has sent it: a draft, or what the case knows already."""
    draft, begun = None, None
    if is_mine:
        draft, begun = draft_to_show(work, place_of_task(task.id), signed_in(work), is_shared=True)
    return draft, _prefilled(work, task, form) if begun is None else form.from_html(begun, choices)


def _colleagues(work: UnitOfWork, task: Task, caseworker: Caseworker) -> list[Caseworker]:
    """Whom the caseworker can give the task to; nobody if it is not the caseworker's to give."""
    moves_others = may("assign_task", caseworker.roles, caseworker.units)
    if task.claimed_by_id not in (None, caseworker.id) and not moves_others:
        return []
    others = {task.claimed_by_id, caseworker.id, *recused_in(work.session, task.case_id)}
    found = colleagues_of(work.session, caseworker)
    return [one for one in found if one.id not in others and may_do(one, task)]


def _prefilled(work: UnitOfWork, task: Task, form: Form) -> dict[str, Any]:
    """What the case already knows, for the fields whose form file asks for it."""
    scope = Scope(task.instance.scope_kind, task.instance.scope_id)
    snapshot = work.snapshot(task.case_id)
    return {
        name: FACTS[one.prefill].read(snapshot, scope, work.now)
        for name, one in form.fields.items()
        if one.prefill in FACTS
    }
