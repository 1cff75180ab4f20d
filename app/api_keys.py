"""The pages of keys for connected systems: who keeps this system makes them, a person agrees to lend the own name."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.texts import t
from app.web import running_system, signed_in
from processes.actions.api_keys import approve_key, create_key, revoke_key
from processes.clock import swedish_day
from processes.errors import AnswersRefused
from processes.models import Caseworker
from processes.queries.access import must_be_allowed
from processes.queries.api_keys import keys_in_the_name_of, keys_of, state_of
from processes.queries.people import colleagues_of, get_colleague
from processes.rules.connections import LONGEST_VALIDITY_DAYS, SCOPES, SUBMIT, SYSTEM_KINDS
from processes.rules.permissions import may
from processes.unit_of_work import UnitOfWork

USUALLY_VALID = timedelta(days=365)
pages = Blueprint("api_keys", __name__, url_prefix="/systemnycklar")


@pages.get("")
def show() -> str:
    """The administration's keys, and the form for a new one."""
    return _page({})


@pages.post("")
def create() -> Response | tuple[str, int] | str:
    """Make a key and show it, this once."""
    try:
        with running_system().transaction() as work:
            by = signed_in(work)
            must_be_allowed("operate_system", by)
            key, secret = create_key(
                work,
                name=request.form.get("name", ""),
                kind=(kind := request.form.get("kind", "")),
                landlord_name=request.form.get("landlord_name", ""),
                administration=by.administration_key,
                scopes=request.form.getlist("scopes") if kind == "internal" else [SUBMIT],
                expires_on=_day(request.form.get("expires_on", "")),
                acts_as=_person(work, by) if kind == "internal" else None,
                by=by,
            )
            return render_template("api_keys/made.html", key=key, secret=secret)
    except AnswersRefused as refused:
        return _page(refused.problems), 400


@pages.post("/<id:key_id>/aterkalla")
def revoke(key_id: int) -> Response:
    """Let a key open nothing any more."""
    with running_system().transaction() as work:
        by = signed_in(work)
        key = revoke_key(work, key_id=key_id, by=by)
        name, is_own = key.name, key.caseworker_id == by.id
    flash(t("Nyckeln för {name} gäller inte längre.", name=name))
    return redirect(url_for("api_keys.lent" if is_own else "api_keys.show"))


@pages.get("/mina")
def lent() -> str:
    """The systems that work, or ask to work, in one's own name."""
    with running_system().reading() as work:
        caseworker = signed_in(work)
        must_be_allowed("lend_name", caseworker)
        keys = keys_in_the_name_of(work.session, caseworker)
        return render_template(
            "api_keys/lent.html", keys=keys, state=lambda key: state_of(key, work.now), scopes=SCOPES
        )


@pages.post("/<id:key_id>/godkann")
def approve(key_id: int) -> Response:
    """Agree to a system working in one's own name."""
    with running_system().transaction() as work:
        name = approve_key(work, key_id=key_id, caseworker=signed_in(work)).name
    flash(t("{name} får nu arbeta i ditt namn.", name=name))
    return redirect(url_for("api_keys.lent"))


def _page(problems: dict[str, str]) -> str:
    with running_system().reading() as work:
        by = signed_in(work)
        must_be_allowed("operate_system", by)
        today = swedish_day(work.now)
        return render_template(
            "api_keys/list.html",
            keys=keys_of(work.session, by.administration_key),
            state=lambda key: state_of(key, work.now),
            kinds=SYSTEM_KINDS,
            scopes=SCOPES,
            people=[one for one in colleagues_of(work.session, by) if may("lend_name", one.roles, one.units)],
            problems=problems,
            typed=request.form if problems else {"expires_on": (today + USUALLY_VALID).isoformat()},
            chosen=request.form.getlist("scopes"),
            last_day=today + timedelta(days=LONGEST_VALIDITY_DAYS),
        )


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as error:
        raise AnswersRefused({"expires_on": t("Skriv dagen som ÅÅÅÅ-MM-DD.")}) from error


def _person(work: UnitOfWork, by: Caseworker) -> Caseworker | None:
    chosen = request.form.get("acts_as", type=int)
    return get_colleague(work.session, chosen, by) if chosen is not None else None
