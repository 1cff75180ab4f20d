"""The page on which a head of unit gives a colleague's tasks, in many cases at once, to somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from app.failures import sentence_about
from app.web import running_system, signed_in
from processes.actions.interventions.table import Order, intervene
from processes.errors import AnswersRefused, CaseworkerNotFound, Refusal
from processes.models import Caseworker, Task
from processes.queries.access import must_be_allowed
from processes.queries.held_tasks import tasks_held_by
from processes.queries.people import colleagues_of, get_colleague
from processes.unit_of_work import UnitOfWork

KIND = "omfordela"
MOST_AT_ONCE = 100

pages = Blueprint("reassigning", __name__, url_prefix="/arbetsledning/omfordela")


@dataclass(frozen=True, slots=True)
class OfCase:
    """What became, or would become, of the chosen tasks of one case."""

    case_id: int
    number: str
    token: str
    results: tuple[tuple[str, str], ...]
    """Title of each task, and why nothing is done with it."""


@pages.get("")
def show() -> str:
    """Whose tasks, which of them, and to whom."""
    return _form_page()


@pages.post("")
def do() -> tuple[str, int] | str:
    """Show what would become of each task; what was shown is done when it is confirmed, case by case."""
    chosen = _chosen_by_case()
    problems = {} if chosen else {"val": "Välj en eller flera uppgifter."}
    if problems or "andra" in request.form:
        return (_form_page(problems), 400) if problems else _form_page()
    is_confirmed = "bekraftat" in request.form
    try:
        found = [_of_case(case_id, ids, is_confirmed=is_confirmed) for case_id, ids in chosen.items()]
    except AnswersRefused as refused:
        return _form_page(refused.problems), 400
    with running_system().reading() as work:
        caseworker = signed_in(work)
        to = request.form.get("till", "")
        return render_template(
            "reassigning/course.html",
            found=found,
            is_done=is_confirmed,
            to=get_colleague(work.session, int(to), caseworker).name if to.isdecimal() else "",
            any_done=any(not trouble for one in found for _, trouble in one.results),
            reason=request.form.get("varfor", ""),
            posted=[
                (name, value)
                for name, value in request.form.items(multi=True)
                if name not in ("csrf_token", "bekraftat") and not name.startswith("token-")
            ],
        )


def _chosen_by_case() -> dict[int, list[int]]:
    """The chosen tasks under their cases, which the form posts with them: `12:345` is task 345 of case 12."""
    chosen: dict[int, list[int]] = {}
    for one in list(dict.fromkeys(request.form.getlist("val")))[:MOST_AT_ONCE]:
        case_id, _, task_id = one.partition(":")
        if case_id.isdecimal() and task_id.isdecimal():
            chosen.setdefault(int(case_id), []).append(int(task_id))
    return chosen


def _of_case(case_id: int, ids: list[int], *, is_confirmed: bool) -> OfCase:
    """Do it in the case, or only see what would come of it; a case that refuses leaves the others alone."""
    order = Order(
        KIND,
        tuple(map(str, ids)),
        {"till": request.form.get("till", "")},
        reason=request.form.get("varfor", ""),
    )
    token = request.form.get(f"token-{case_id}", "") if is_confirmed else None
    enter = running_system().transaction if is_confirmed else running_system().rehearsal
    titles, number = _names(case_id, ids)
    try:
        with enter() as work:
            course = intervene(
                work, case_id=case_id, caseworker=signed_in(work), order=order, confirmed=token
            )
    except AnswersRefused as refused:
        if refused.problems.keys() - {"val"}:
            raise
        return OfCase(
            case_id, number, "", tuple((title, "Uppgiften är klar eller borta.") for title in titles)
        )
    except Refusal as refused:
        return OfCase(case_id, number, "", tuple((title, sentence_about(refused)) for title in titles))
    return OfCase(
        case_id, number, course.token, tuple((one.title, one.trouble) for one in course.done.results)
    )


def _names(case_id: int, ids: list[int]) -> tuple[list[str], str]:
    """Titles of those of the tasks that are of the case and the asker's to see, and the number of the case."""
    with running_system().reading() as work:
        caseworker = signed_in(work)
        must_be_allowed("supervise", caseworker)
        tasks = [work.session.get(Task, task_id) for task_id in ids]
        mine = [
            one
            for one in tasks
            if one is not None
            and one.case_id == case_id
            and one.administration_key == caseworker.administration_key
        ]
        return [one.title for one in mine], mine[0].case.number if mine else ""


def _form_page(problems: dict[str, str] | None = None) -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        must_be_allowed("supervise", caseworker)
        holder = _holder(work, caseworker)
        return render_template(
            "reassigning/form.html",
            colleagues=colleagues_of(work.session, caseworker),
            holder=holder,
            tasks=tasks_held_by(work.session, holder, caseworker, work.now) if holder else [],
            chosen=request.form.getlist("val"),
            problems=problems or {},
            typed=request.form,
        )


def _holder(work: UnitOfWork, caseworker: Caseworker) -> Caseworker | None:
    try:
        return get_colleague(work.session, request.values.get("fran", -1, int), caseworker)
    except CaseworkerNotFound:
        return None
