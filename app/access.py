"""The pages that end or open somebody's access to a case: conflict of interest, emergency, and the head's review."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.display import moment
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.access import (
    closed_to,
    correct_recusal,
    declare_recusal,
    open_in_emergency,
    review_emergency_access,
)
from processes.errors import AccessAlreadyThere, AnswersRefused
from processes.queries.absences import accesses_to_review, recusals_in, reviewed_accesses
from processes.queries.access import must_be_allowed, recused_in
from processes.queries.cases import get_case
from processes.queries.people import colleagues_of, get_colleague
from processes.queries.persons_seen import sight_of
from processes.rules.permissions import may

pages = Blueprint("access", __name__)


@pages.get("/arenden/<id:case_id>/jav")
def recusal(case_id: int) -> str:
    """The form in which a conflict of interest is declared."""
    return _recusal_page(case_id, {})


@pages.post("/arenden/<id:case_id>/jav")
def recuse(case_id: int) -> Response | tuple[str, int]:
    """Declare a conflict of interest; whoever declares the own one sees the case no more."""
    try:
        with running_system().transaction() as work:
            caseworker = signed_in(work)
            person = get_colleague(work.session, request.form.get("person", caseworker.id, int), caseworker)
            reason = request.form.get("reason", "")
            declare_recusal(work, case_id=case_id, caseworker=caseworker, person=person, reason=reason)
            name, is_own = person.name, person.id == caseworker.id
    except AnswersRefused as refused:
        return _recusal_page(case_id, refused.problems), 400
    flash(t("{name} har inte längre tillgång till ärendet.", name=name))
    return redirect(url_for("inbox.show") if is_own else url_for("cases.show", case_id=case_id))


@pages.post("/arenden/<id:case_id>/jav/<id:recusal_id>/ratta")
def correct(case_id: int, recusal_id: int) -> Response | tuple[str, int]:
    """Take back a conflict of interest that was declared by mistake."""
    try:
        with running_system().transaction() as work:
            correct_recusal(
                work,
                case_id=case_id,
                recusal_id=recusal_id,
                caseworker=signed_in(work),
                reason=request.form.get("reason", ""),
            )
    except AnswersRefused as refused:
        return _recusal_page(case_id, refused.problems, corrected=recusal_id), 400
    flash(t("Jävet är rättat. Uppgifter och ansvar får fördelas på nytt."))
    return redirect(url_for("access.recusal", case_id=case_id))


def _recusal_page(case_id: int, problems: dict[str, str], corrected: int | None = None) -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        case = get_case(work.session, case_id, caseworker, work.now)
        must_be_allowed("declare_recusal", caseworker)
        recused = recused_in(work.session, case_id)
        may_correct = may("correct_recusal", caseworker.roles, caseworker.units)
        others = [one for one in colleagues_of(work.session, caseworker) if one.id not in recused]
        recusals = recusals_in(work.session, case_id) if may_correct else ()
        sight = sight_of(work.session, case, caseworker, work.now, work.policy) if recusals else None
        return render_template(
            "access/recusal.html",
            case=case,
            sight=sight,
            colleagues=others if may("recuse_others", caseworker.roles, caseworker.units) else [],
            recusals=recusals,
            corrected=corrected,
            problems=problems,
            typed=request.form,
        )


@pages.get("/arenden/<id:case_id>/nodatkomst")
def emergency(case_id: int) -> str | Response:
    """The form in which an emergency is stated; who may see the case anyway is led to it."""
    try:
        return _emergency_page(case_id, {})
    except AccessAlreadyThere:
        return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/arenden/<id:case_id>/nodatkomst")
def open_case(case_id: int) -> Response | tuple[str, int]:
    """Open the case for some hours."""
    try:
        with running_system().transaction() as work:
            access = open_in_emergency(
                work, case_id=case_id, caseworker=signed_in(work), reason=request.form.get("reason", "")
            )
            until = access.ends_at
    except AnswersRefused as refused:
        return _emergency_page(case_id, refused.problems), 400
    flash(t("Ärendet är öppet för dig till {when}. Enhetschefen granskar åtkomsten.", when=moment(until)))
    return redirect(url_for("cases.show", case_id=case_id))


def _emergency_page(case_id: int, problems: dict[str, str]) -> str:
    with running_system().reading() as work:
        case = closed_to(work, case_id, signed_in(work))
        return render_template(
            "access/emergency.html",
            case_id=case.id,
            number=case.number,
            hours=work.policy.emergency_hours,
            problems=problems,
            typed=request.form,
        )


@pages.get("/nodatkomst")
def to_review() -> str:
    """The emergency accesses that wait for review, and the latest reviewed."""
    return _review_page(None, {})


@pages.post("/nodatkomst/<id:access_id>")
def review(access_id: int) -> Response | tuple[str, int]:
    """Say whether an emergency access was right."""
    try:
        with running_system().transaction() as work:
            review_emergency_access(
                work,
                access_id=access_id,
                caseworker=signed_in(work),
                verdict=request.form.get("verdict", ""),
                note=request.form.get("note", ""),
            )
    except AnswersRefused as refused:
        return _review_page(access_id, refused.problems), 400
    flash(t("Granskningen är sparad."))
    return redirect(url_for("access.to_review"))


def _review_page(refused: int | None, problems: dict[str, str]) -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        return render_template(
            "access/review.html",
            waiting=accesses_to_review(work.session, caseworker),
            reviewed=reviewed_accesses(work.session, caseworker),
            refused=refused,
            problems=problems,
            typed=request.form,
        )
