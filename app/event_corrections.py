"""The page on which an event that was recorded by mistake is taken back, or put right, with the reason."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.failures import sentence_about
from app.filled_form import FilledForm
from app.journal import Words
from app.redisplay import shows_again
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.event_corrections import correct_event, get_event, hindrance_to
from processes.actions.events import event_form
from processes.errors import AnswersRefused, Conflict
from processes.queries.access import must_be_allowed
from processes.queries.cases import get_case
from processes.queries.choices import choices_in
from processes.queries.people import staff_names
from processes.queries.persons_seen import sight_of
from processes.queries.tasks import tasks_of_case
from processes.rules.event_corrections import CORRECTABLE
from processes.rules.events import EVENTS
from processes.unit_of_work import UnitOfWork

REASON = "correction_reason"
INSTEAD = "instead"
"""Posted when it happened, but otherwise than was recorded."""

pages = Blueprint("event_corrections", __name__, url_prefix="/arenden")


@pages.get("/<id:case_id>/handelser/<id:event_id>/ratta")
def show(case_id: int, event_id: int) -> str:
    """What was recorded, what follows from taking it back, and the two ways to put it right."""
    return _page(case_id, event_id)


@pages.post("/<id:case_id>/handelser/<id:event_id>/ratta")
def correct(case_id: int, event_id: int) -> Response | tuple[str, int]:
    """Take the event back, or record it as it really was."""
    try:
        with running_system().transaction() as work:
            caseworker = signed_in(work)
            name = get_event(work, get_case(work.session, case_id, caseworker, work.now), event_id).name
            correct_event(
                work,
                case_id=case_id,
                event_id=event_id,
                reason=request.form.get(REASON, ""),
                caseworker=caseworker,
                new_answers=_typed(work, case_id, name) if INSTEAD in request.form else None,
            )
    except AnswersRefused as refused:
        return _page(case_id, event_id, problems=refused.problems), 400
    except Conflict as refused:
        return _page(case_id, event_id, trouble=sentence_about(refused)), 409
    flash(t("Händelsen är rättad. Den står kvar i journalen, men räknas inte längre."))
    return redirect(url_for("cases.show", case_id=case_id, _anchor="journal"))


@shows_again("event_corrections.correct")
def _stale(case_id: int, event_id: int, trouble: str) -> str:
    return _page(case_id, event_id, trouble=trouble)


def _typed(work: UnitOfWork, case_id: int, name: str) -> dict[str, Any]:
    caseworker = signed_in(work)
    case = get_case(work.session, case_id, caseworker, work.now)
    posted = request.form.copy()
    for own in (REASON, INSTEAD):
        posted.poplist(own)
    return event_form(work, name).from_html(posted, choices_in(work.session, case, caseworker, work.now))


def _page(case_id: int, event_id: int, *, problems: dict[str, str] | None = None, trouble: str = "") -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        must_be_allowed("correct_records", caseworker)
        case = get_case(work.session, case_id, caseworker, work.now)
        event = get_event(work, case, event_id)
        sight = sight_of(work.session, case, caseworker, work.now, work.policy)
        choices = choices_in(work.session, case, caseworker, work.now)
        hindrance = hindrance_to(work, case, event)
        filled = None
        if hindrance is None:
            values = sight.payload(event.payload)
            if INSTEAD in request.form:
                values = _typed(work, case_id, event.name)
            filled = FilledForm(event_form(work, event.name), values, problems or {}, choices)
        return render_template(
            "cases/correct_event.html",
            case=case,
            sight=sight,
            event=event,
            told=Words(work, tasks_of_case(work.session, case.id), sight).of_event(event),
            title=EVENTS[event.name].label,
            by=staff_names(work.session, case.administration_key).get(event.recorded_by_id or 0, ""),
            choices=choices,
            hindrance=hindrance,
            kind=CORRECTABLE.get(event.name),
            filled=filled,
            is_otherwise=INSTEAD in request.form,
            problems=problems or {},
            trouble=trouble,
            typed=request.form,
        )
