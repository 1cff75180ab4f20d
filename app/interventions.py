"""The pages on which a head of unit steps into a case: choose, fill in, look at what comes of it, do exactly that."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.failures import sentence_about
from app.filled_form import FilledForm
from app.intervention_words import grouped, kept_words, target_title
from app.redisplay import shows_again
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.interventions.table import (
    Course,
    Order,
    Target,
    case_to_supervise,
    intervene,
    targets_of,
)
from processes.actions.interventions.tasks import form_to_skip, open_tasks_of
from processes.actions.interventions.waiting import form_of_message
from processes.actions.interventions.whole_case import open_legal_days
from processes.engine import StepFailed
from processes.errors import AnswersRefused, Conflict, NotFound, PreviewOutdated
from processes.forms import Form
from processes.models import Case, Caseworker
from processes.queries.access import recused_in
from processes.queries.choices import choices_in
from processes.queries.journal import interventions_in
from processes.queries.people import colleagues_of, staff_names
from processes.queries.persons_seen import sight_of
from processes.rules.interventions import KINDS, Kind
from processes.rules.outcomes import OUTCOMES
from processes.rules.permissions import may
from processes.unit_of_work import UnitOfWork

GROUPS: dict[str, tuple[str, ...]] = {
    "Uppgifter och steg": ("omfordela", "prioritet", "ga-tillbaka", "hoppa-over"),
    "Det som ärendet väntar på": ("meddelande", "tidsbevakning", "forsok-igen", "skicka-om"),
    "Hela ärendet": ("pausa", "ateruppta", "avbryt"),
}
"""Under which heading each way to step in stands."""
OWN_FIELDS = ("till", "prioritet", "dag", "genast", "utfall", "grund")
"""What the ways to step in ask themselves; in Swedish, so that no field of a form has the same name."""
CONFIRMED = "bekraftat"
WITH_FORM = frozenset({"hoppa-over", "meddelande"})
"""Those with a form of their own for each target, shown when one is chosen."""

pages = Blueprint("interventions", __name__, url_prefix="/arenden/<id:case_id>/atgarder")
pages.add_app_template_global(kept_words)
pages.add_app_template_global(target_title)


@pages.get("")
def show(case_id: int) -> str:
    """Every way to step in, how much there is to choose, and what has been done before."""
    with running_system().reading() as work:
        caseworker = signed_in(work)
        case = case_to_supervise(work, case_id, caseworker)
        return render_template(
            "interventions/list.html",
            case=case,
            sight=sight_of(work.session, case, caseworker, work.now, work.policy),
            groups={
                heading: [(KINDS[key], targets_of(work, key, case)) for key in keys]
                for heading, keys in GROUPS.items()
            },
            earlier=interventions_in(work.session, case.id),
            names=staff_names(work.session, case.administration_key),
        )


@pages.get("/<what>")
def fill(case_id: int, what: str) -> str:
    """The form of one way to step in."""
    return _form_page(case_id, _kind(what))


@pages.post("/<what>")
def do(case_id: int, what: str) -> Response | tuple[str, int] | str:
    """Show what it would lead to; with what was shown confirmed, do it."""
    kind = _kind(what)
    if "_add" in request.form or "andra" in request.form:
        return _form_page(case_id, kind)
    try:
        if CONFIRMED not in request.form:
            return _preview(case_id, kind)
        with running_system().transaction() as work:
            course = _intervene(work, case_id, kind, confirmed=request.form[CONFIRMED])
    except PreviewOutdated as refused:
        return _shown_anew(case_id, kind, sentence_about(refused))
    except AnswersRefused as refused:
        return _form_page(case_id, kind, problems=refused.problems), 400
    except (Conflict, StepFailed) as refused:
        return _form_page(case_id, kind, trouble=sentence_about(refused)), 409
    flash(t("Gjort: {what}. Det står i journalen med din motivering.", what=t(kind.title)))
    for one in course.done.results:
        if one.trouble:
            flash(t("Inte gjort med ”{title}”: {trouble}", title=one.title, trouble=one.trouble))
    return redirect(url_for("cases.show", case_id=case_id))


@shows_again("interventions.do")
def _stale(case_id: int, what: str, trouble: str) -> str:
    return _form_page(case_id, _kind(what), trouble=trouble)


def _kind(what: str) -> Kind:
    if what not in KINDS:
        raise NotFound(what)
    return KINDS[what]


def _shown_anew(case_id: int, kind: Kind, trouble: str) -> tuple[str, int]:
    """The new look, since the case has moved; where it cannot be done any more, the form with the reason."""
    try:
        return _preview(case_id, kind, trouble=trouble), 409
    except AnswersRefused as refused:
        return _form_page(case_id, kind, problems=refused.problems, trouble=trouble), 409
    except (Conflict, StepFailed) as refused:
        return _form_page(case_id, kind, trouble=sentence_about(refused)), 409


def _preview(case_id: int, kind: Kind, *, trouble: str = "") -> str:
    with running_system().rehearsal() as work:
        course = _intervene(work, case_id, kind)
    with running_system().reading() as work:
        caseworker = signed_in(work)
        case = case_to_supervise(work, case_id, caseworker)
        return render_template(
            "interventions/preview.html",
            case=case,
            sight=sight_of(work.session, case, caseworker, work.now, work.policy),
            kind=kind,
            course=course,
            effects=grouped(course.effects),
            reason=request.form.get("varfor", ""),
            posted=[one for one in request.form.items(multi=True) if one[0] not in ("csrf_token", CONFIRMED)],
            trouble=trouble,
        )


def _intervene(work: UnitOfWork, case_id: int, kind: Kind, *, confirmed: str | None = None) -> Course:
    caseworker = signed_in(work)
    case = case_to_supervise(work, case_id, caseworker)
    form = _own_form(work, case, kind, tuple(request.form.getlist("val")))
    order = Order(
        kind.key,
        tuple(dict.fromkeys(request.form.getlist("val"))),
        {name: request.form[name] for name in OWN_FIELDS if request.form.get(name)},
        _typed(work, case, caseworker, form) if form else {},
        request.form.get("varfor", ""),
    )
    return intervene(work, case_id=case_id, caseworker=caseworker, order=order, confirmed=confirmed)


def _typed(work: UnitOfWork, case: Case, caseworker: Caseworker, form: Form) -> dict[str, Any]:
    """The answers to the form that belongs to the target, without what the page itself asks."""
    posted = request.form.copy()
    for own in ("val", "varfor", "andra", CONFIRMED, *OWN_FIELDS):
        posted.poplist(own)
    return form.from_html(posted, choices_in(work.session, case, caseworker, work.now))


def _own_form(work: UnitOfWork, case: Case, kind: Kind, chosen: tuple[str, ...]) -> Form | None:
    """The form that belongs to the chosen target, where one does."""
    if len(chosen) != 1 or kind.key not in WITH_FORM:
        return None
    if kind.key == "meddelande":
        return form_of_message(work, chosen[0])
    task = next((one for one in open_tasks_of(work, case) if str(one.id) == chosen[0]), None)
    return form_to_skip(work, case, task) if task is not None else None


def _form_page(case_id: int, kind: Kind, *, problems: dict[str, str] | None = None, trouble: str = "") -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        case = case_to_supervise(work, case_id, caseworker)
        targets = targets_of(work, kind.key, case)
        chosen = _chosen(targets)
        form = _own_form(work, case, kind, chosen)
        return render_template(
            "interventions/fill.html",
            case=case,
            sight=sight_of(work.session, case, caseworker, work.now, work.policy),
            kind=kind,
            targets=targets,
            chosen=chosen,
            asks_first=kind.key in WITH_FORM and not chosen,
            filled=_filled(work, case, caseworker, form, problems or {}),
            problems=problems or {},
            trouble=trouble,
            typed=request.form,
            legal_days=open_legal_days(work, case, ()) if kind.key in ("pausa", "avbryt") else (),
            outcomes=[one for one in OUTCOMES.values() if one.is_final],
            colleagues=_colleagues(work, case, caseworker) if kind.key == "omfordela" else [],
        )


def _chosen(targets: list[Target]) -> tuple[str, ...]:
    """What was chosen and can be; the only one there is, when there is one."""
    free = [one.key for one in targets if not one.hindrance]
    asked = [key for key in request.values.getlist("val") if key in free]
    return tuple(dict.fromkeys(asked)) or (tuple(free) if len(targets) == 1 else ())


def _filled(
    work: UnitOfWork, case: Case, caseworker: Caseworker, form: Form | None, problems: dict[str, str]
) -> FilledForm | None:
    if form is None:
        return None
    choices = choices_in(work.session, case, caseworker, work.now)
    typed = _typed(work, case, caseworker, form) if request.method == "POST" else {}
    return FilledForm(form, typed, problems, choices, request.form.get("_add", ""))


def _colleagues(work: UnitOfWork, case: Case, caseworker: Caseworker) -> list[Caseworker]:
    recused = recused_in(work.session, case.id)
    found = colleagues_of(work.session, caseworker)
    return [one for one in found if one.id not in recused and may("read_case", one.roles, one.units)]
