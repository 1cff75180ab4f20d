"""The pages about who can sign in: closing the account of somebody who leaves, and who was not let in."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.texts import t
from app.web import place_in_list, running_system, signed_in
from processes.actions.people import end_employment
from processes.queries.log_checks import newest_log_check
from processes.queries.people import get_colleague
from processes.queries.refused_sign_ins import refused_sign_ins
from processes.queries.staff import colleagues_with_work, get_colleague_with_work

pages = Blueprint("staff", __name__, url_prefix="/personal")


@pages.get("")
def show() -> str:
    """Who can sign in, and how much each would leave behind."""
    with running_system().reading() as work:
        return render_template(
            "staff/list.html", colleagues=colleagues_with_work(work.session, signed_in(work))
        )


@pages.get("/<id:caseworker_id>/avsluta")
def ask(caseworker_id: int) -> str:
    """What happens when the account is closed, and the button that does it."""
    with running_system().reading() as work:
        one = get_colleague_with_work(work.session, caseworker_id, signed_in(work))
        return render_template("staff/leave.html", one=one)


@pages.post("/<id:caseworker_id>/avsluta")
def end(caseworker_id: int) -> Response:
    """Close the account; what the person held goes back."""
    with running_system().transaction() as work:
        by = signed_in(work)
        leaving = get_colleague(work.session, caseworker_id, by)
        left = end_employment(work, leaving=leaving, by=by)
        name = leaving.name
    flash(
        t(
            "{name} kan inte längre logga in. Uppgifter åter hos enheten: {tasks}. "
            "Ärenden som behöver ny ansvarig: {cases}.",
            name=name,
            tasks=left.tasks,
            cases=left.cases,
        )
    )
    return redirect(url_for("staff.show"))


@pages.get("/nekade-inloggningar")
def refused() -> str:
    """Who was not let in, the newest first, and whether the logs are sound."""
    with running_system().reading() as work:
        found = refused_sign_ins(
            work.session, signed_in(work), after=place_in_list(request.args.get("efter"))
        )
        return render_template("staff/refused.html", found=found, check=newest_log_check(work.session))
