"""Taking in a notice: choose what has come in, then fill in the form for that kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.drafts import draft_to_show, saved, thrown_away, typed_in_request
from app.failures import sentence_about
from app.filled_form import FilledForm
from app.onward import done_and_next, say
from app.reads import FROM_A_SEARCH, note_found, state_purpose
from app.redisplay import shows_again
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.drafts import place_of_notice, throw_draft_away
from processes.actions.drafts import save_draft as save_draft_of
from processes.actions.notices import intake_form, register_notice
from processes.errors import AnswersRefused, Conflict, NotFound
from processes.forms import Choices, Form
from processes.models import Case
from processes.queries.access import must_be_allowed
from processes.queries.choices import choices_in
from processes.queries.imports import open_cases_found
from processes.rules.notice_kinds import NOTICE_KINDS
from processes.unit_of_work import UnitOfWork

LONGEST_TYPED = 500
pages = Blueprint("notices", __name__, url_prefix="/underrattelser")


@pages.get("/ny")
def choose() -> str:
    """Which kind of notice has come in?"""
    with running_system().reading() as work:
        must_be_allowed("register_notice", signed_in(work))
    return render_template("notices/choose.html", kinds=NOTICE_KINDS.values())


@pages.post("/samma-bostad")
def same_home() -> str:
    """The open cases about the home or the number that is being typed, to those who may see them."""
    with running_system().reading() as work:
        must_be_allowed("register_notice", signed_in(work))
        return render_template("notices/_same_home.html", cases=_cases_about(work, request.form))


@pages.get("/ny/<kind>")
def new(kind: str) -> str:
    """The empty form for this kind."""
    with running_system().reading() as work:
        return _page(work, kind)


@pages.post("/ny/<kind>")
def register(kind: str) -> Response | tuple[str, int] | str:
    """Register the notice and go to its case."""
    if "_add" in request.form:
        with running_system().reading() as work:
            return _page(work, kind, typed=_typed(work, kind), extra_row=request.form["_add"])
    try:
        with running_system().transaction() as work:
            answers = {**_typed(work, kind), "kind": kind}
            caseworker = signed_in(work)
            notice = register_notice(work, caseworker=caseworker, answers=answers)
            throw_draft_away(work, place=place_of_notice(kind), caseworker=caseworker)
            case_id = notice.case_id
            number = work.session.get_one(Case, case_id).number
            done = t("Underrättelsen är registrerad i {number}.", number=number)
            told = done_and_next(work, done, case_id, caseworker)
    except AnswersRefused as refused:
        with running_system().reading() as work:
            return _page(work, kind, typed=_typed(work, kind), problems=refused.problems), 400
    except Conflict as refused:
        with running_system().reading() as work:
            return _page(work, kind, typed=_typed(work, kind), trouble=sentence_about(refused)), 409
    say(told)
    return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/ny/<kind>/utkast")
def save_draft(kind: str) -> Response | tuple[str, int]:
    """Keep what is typed, without registering anything."""
    with running_system().transaction() as work:
        _form(work, kind)
        place, caseworker = place_of_notice(kind), signed_in(work)
        save_draft_of(work, place=place, case_id=None, caseworker=caseworker, typed=typed_in_request())
    return saved(url_for("notices.new", kind=kind))


@pages.post("/ny/<kind>/utkast/kasta")
def throw_draft(kind: str) -> Response:
    """Begin anew with an empty form."""
    with running_system().transaction() as work:
        _form(work, kind)
        thrown_away(work, place_of_notice(kind), signed_in(work))
    return redirect(url_for("notices.new", kind=kind))


@shows_again("notices.register")
def _stale(kind: str, trouble: str) -> str:
    with running_system().reading() as work:
        return _page(work, kind, typed=_typed(work, kind), trouble=trouble)


def _form(work: UnitOfWork, kind: str) -> Form:
    """The intake form as far as this kind of notice asks, for who registers notices."""
    must_be_allowed("register_notice", signed_in(work))
    if kind not in NOTICE_KINDS:
        raise NotFound("there is no such kind of notice")
    return intake_form(work, kind)


def _choices(work: UnitOfWork) -> Choices:
    return choices_in(work.session, None, signed_in(work), work.now)


def _typed(work: UnitOfWork, kind: str) -> dict[str, Any]:
    return _form(work, kind).from_html(request.form, _choices(work))


def _cases_about(work: UnitOfWork, typed: Mapping[str, Any]) -> list[Case]:
    """The open cases that the person may see about what is typed; that they are told of is logged."""
    address, apartment, number = (
        str(typed.get(name) or "")[:LONGEST_TYPED] for name in ("address", "apartment", "kfm_case_number")
    )
    found = open_cases_found(
        work.session, signed_in(work), work.now, address=address, apartment=apartment, kfm_case_number=number
    )
    state_purpose(FROM_A_SEARCH)
    note_found(found)
    return found


def _page(
    work: UnitOfWork,
    kind: str,
    *,
    typed: dict[str, Any] | None = None,
    problems: dict[str, str] | None = None,
    trouble: str = "",
    extra_row: str = "",
) -> str:
    form, choices = _form(work, kind), _choices(work)
    draft, begun = None, None
    if typed is None:
        draft, begun = draft_to_show(work, place_of_notice(kind), signed_in(work))
        typed = form.from_html(begun, choices) if begun is not None else {}
    filled = FilledForm(form, typed, problems or {}, choices, extra_row)
    return render_template(
        "notices/register.html",
        kind=NOTICE_KINDS[kind],
        filled=filled,
        trouble=trouble,
        draft=draft,
        cases=_cases_about(work, typed),
    )
