"""The pages about destroying cases: what is due and what is kept, one case with why and how much, and what is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.failures import sentence_about
from app.redisplay import shows_again
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.retention import (
    destroy_case,
    lift_hold,
    place_hold,
    propose_destruction,
    withdraw_proposal,
)
from processes.errors import AnswersRefused, Conflict
from processes.queries.access import must_be_allowed
from processes.queries.cases import get_case
from processes.queries.persons_seen import sight_of
from processes.queries.retention import decision_of, destroyed, hold_on, judged_case, preview
from processes.queries.tables_of_case import count_rows

pages = Blueprint("retention", __name__, url_prefix="/gallring")


@pages.get("")
def show() -> str:
    """What is to be destroyed, what waits for approval, and what is old and kept."""
    with running_system().reading() as work:
        caseworker = signed_in(work)
        found = preview(work.session, caseworker, work.now)
        return render_template(
            "retention/list.html",
            found=found,
            waiting=[one for one in found.due if one.proposal is not None],
            due=[one for one in found.due if one.proposal is None],
            decision=decision_of(work.session, caseworker.administration_key),
        )


@pages.get("/journal")
def journal() -> str:
    """The destruction journal."""
    with running_system().reading() as work:
        return render_template("retention/journal.html", entries=destroyed(work.session, signed_in(work)))


@pages.get("/<id:case_id>")
def case(case_id: int) -> str:
    """One case: why it is kept or due, what would go, and what can be decided."""
    return _case_page(case_id)


@pages.post("/<id:case_id>/forslag")
def propose(case_id: int) -> Response | tuple[str, int]:
    """Propose to destroy the case."""
    try:
        with running_system().transaction() as work:
            propose_destruction(work, case_id=case_id, caseworker=signed_in(work))
    except Conflict as refused:
        return _case_page(case_id, trouble=sentence_about(refused)), 409
    flash(t("Gallring är föreslagen. En annan person ska godkänna."))
    return redirect(url_for("retention.case", case_id=case_id))


@pages.post("/<id:case_id>/avslag")
def withdraw(case_id: int) -> Response:
    """Say no to the proposal."""
    with running_system().transaction() as work:
        withdraw_proposal(work, case_id=case_id, caseworker=signed_in(work))
    flash(t("Förslaget är taget tillbaka. Ärendet finns kvar."))
    return redirect(url_for("retention.case", case_id=case_id))


@pages.post("/<id:case_id>/gallra")
def destroy(case_id: int) -> Response | tuple[str, int]:
    """Destroy the case for good."""
    try:
        with running_system().transaction() as work:
            caseworker = signed_in(work)
            number = get_case(work.session, case_id, caseworker, work.now).number
            must_be_allowed("approve_destruction", caseworker)
            _must_be_meant(number)
            destroy_case(work, case_id=case_id, caseworker=caseworker)
    except AnswersRefused as refused:
        return _case_page(case_id, problems=refused.problems), 400
    flash(t("{number} är gallrat. Det som finns kvar är raden i gallringsjournalen.", number=number))
    return redirect(url_for("retention.journal"))


@pages.post("/<id:case_id>/stopp")
def hold(case_id: int) -> Response | tuple[str, int]:
    """Let nothing of the case be destroyed until the hold is lifted."""
    return _with_reason(case_id, place_hold, t("Gallringen är stoppad tills någon häver stoppet."))


@pages.post("/<id:case_id>/stopp/hav")
def lift(case_id: int) -> Response | tuple[str, int]:
    """End the hold."""
    return _with_reason(case_id, lift_hold, t("Stoppet är hävt."))


def _with_reason(case_id: int, action: Callable[..., object], done: str) -> Response | tuple[str, int]:
    try:
        with running_system().transaction() as work:
            reason = request.form.get("reason", "")
            action(work, case_id=case_id, caseworker=signed_in(work), reason=reason)
    except AnswersRefused as refused:
        return _case_page(case_id, problems=refused.problems), 400
    flash(done)
    return redirect(url_for("retention.case", case_id=case_id))


@shows_again("retention.hold")
@shows_again("retention.lift")
def _stale(case_id: int, trouble: str) -> str:
    return _case_page(case_id, trouble=trouble)


def _must_be_meant(number: str) -> None:
    """What cannot be undone is confirmed by typing the case's number."""
    if request.form.get("number", "").strip().upper() != number:
        raise AnswersRefused(
            {"number": t("Skriv ärendets nummer, {number}, för att bekräfta.", number=number)}
        )


def _case_page(case_id: int, *, problems: dict[str, str] | None = None, trouble: str = "") -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        case = get_case(work.session, case_id, caseworker, work.now)
        must_be_allowed("propose_destruction", caseworker)
        sight = sight_of(work.session, case, caseworker, work.now, work.policy)
        judged = judged_case(work.session, case, work.now)
        shown: dict[str, Any] = {"case": case, "judged": judged, "sight": sight}
        return render_template(
            "retention/case.html",
            **shown,
            tells_day=sight.sees_everything or not judged.verdict.is_by_birth,
            counts=count_rows(work.session, case),
            hold=hold_on(work.session, case.id),
            problems=problems or {},
            trouble=trouble,
            typed=request.form,
        )
