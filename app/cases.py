"""The page of a case: everything about one household, and the forms for what happens between the tasks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.deadline_words import words_of
from app.drafts import draft_to_show, saved, thrown_away, typed_in_request
from app.failures import sentence_about
from app.filled_form import FilledForm
from app.finding_words import teller
from app.journal import as_stated, journal_of
from app.journal_page import journal_page_of
from app.lookups import process_titles
from app.onward import done_and_next, say
from app.reads import FROM_A_SEARCH, state_purpose
from app.redisplay import shows_again
from app.texts import t
from app.web import place_in_list, running_system, signed_in
from processes.actions.drafts import place_of_event, throw_draft_away
from processes.actions.drafts import save_draft as save_draft_of
from processes.actions.events import event_form, record_event
from processes.clock import swedish_day
from processes.errors import AnswersRefused, Conflict
from processes.queries.access import stands_in_for
from processes.queries.cases import get_case, get_case_file, open_cases
from processes.queries.choices import choices_in
from processes.queries.corrections import notes_in
from processes.queries.findings import open_findings_of_case
from processes.queries.people import staff_names
from processes.queries.persons_seen import sight_of
from processes.queries.tasks import may_do, tasks_of_case
from processes.queries.waiting import cannot_be_said, drawn_parts, outlook_of
from processes.rules.events import EVENTS, CaseEvent
from processes.unit_of_work import UnitOfWork

THEMES: dict[str, tuple[str, ...]] = {
    "Kontakt och samtycke": (
        "kontaktforsok.",
        "besok.",
        "samtycke.",
        "uppgift.",
        "hyresvard.",
        "sekretessgrund.",
    ),
    "Hyra och hyresvärd": ("hyra.", "underlag.", "atagande.", "hyresnamnden."),
    "Kronofogden": ("kfm.", "nycklar."),
    "Hushållet": ("person.", "boende.", "barn.", "skydd.", "flytt", "avliden", "overflyttning."),
    "Stöd och ansökningar": ("ansokan.", "bistand.", "hembesok.", "orosanmalan.", "aterkoppling."),
}
"""Under which heading an event stands, by how its name begins; the others stand last."""
OTHER_THEME = "Annat"
MOST_USED = (
    "anteckning",
    "kontaktforsok.gjort",
    "samtycke.givet",
    "hyra.betald",
    "underlag.andrat",
    "besok.bokat",
)
"""Events that stand first and always open; the others lie folded under their headings."""
NEWEST_LINES = 60
"""How many lines of the journal the page of the case shows; the rest stands on a page of its own."""
SEARCH = "sok"
"""Stands in the address of a case that was opened from what a search found."""

pages = Blueprint("cases", __name__, url_prefix="/arenden")


@pages.get("")
def all_cases() -> str | Response:
    """The administration's open cases; a search for a whole case number goes straight to the case."""
    search = request.args.get("sok", "").strip()[:60]
    with running_system().reading() as work:
        caseworker = signed_in(work)
        page = open_cases(
            work.session, caseworker, work.now, search=search, after=place_in_list(request.args.get("efter"))
        )
        if search and len(page.cases) == 1:
            return redirect(url_for("cases.show", case_id=page.cases[0].id, via=SEARCH))
        return render_template("cases/list.html", page=page, search=search)


@pages.get("/<id:case_id>")
def show(case_id: int) -> str:
    """The case."""
    if request.args.get("via") == SEARCH:
        state_purpose(FROM_A_SEARCH)
    with running_system().reading() as work:
        caseworker = signed_in(work)
        case = get_case(work.session, case_id, caseworker, work.now)
        file = get_case_file(work.session, case, caseworker, work.now, journal_lines=NEWEST_LINES)
        choices = choices_in(work.session, case, caseworker, work.now)
        sight = sight_of(work.session, case, caseworker, work.now, work.policy)
        standing_in_for = stands_in_for(work.session, caseworker, work.now)
        return render_template(
            "cases/case.html",
            case=case,
            file=file,
            open_tasks=sorted(
                file.open_tasks, key=lambda task: (task.due_at is None, task.due_at or work.now)
            ),
            mine={task.id for task in file.open_tasks if may_do(caseworker, task, standing_in_for)},
            names=staff_names(work.session, case.administration_key),
            persons={person.id: person for person in case.persons},
            by_hand=events_by_hand(without=cannot_be_said(file)),
            most_used=[EVENTS[name] for name in MOST_USED],
            process_title=process_titles(work),
            sight=sight,
            outlook=outlook_of(work.session, work.diagrams, file, work.now),
            parts=drawn_parts(work.session, work.diagrams, file, tasks_of_case(work.session, case.id)),
            journal=journal_of(work, file, sight),
            notes=notes_in(work.session, case.id),
            stated={notice.id: as_stated(work, notice, sight) for notice in file.notices},
            choices=choices,
            today=swedish_day(work.now),
            deadline_words=words_of(work, file, sight),
            findings=list(map(teller(work), open_findings_of_case(work.session, case, caseworker, work.now))),
        )


@pages.get("/<id:case_id>/journal")
def journal(case_id: int) -> str:
    """The journal: what was done, by whom and when, as far as is asked for."""
    with running_system().reading() as work:
        return journal_page_of(work, get_case(work.session, case_id, signed_in(work), work.now))


@pages.get("/<id:case_id>/handelser/<name>")
def event(case_id: int, name: str) -> str:
    """The form in which something that happened is recorded."""
    with running_system().reading() as work:
        return _event_page(work, case_id, name)


@pages.post("/<id:case_id>/handelser/<name>")
def record(case_id: int, name: str) -> Response | tuple[str, int] | str:
    """Record what happened."""
    if "_add" in request.form:
        with running_system().reading() as work:
            typed = _typed(work, case_id, name)
            return _event_page(work, case_id, name, typed=typed, extra_row=request.form["_add"])
    try:
        with running_system().transaction() as work:
            typed = _typed(work, case_id, name)
            caseworker = signed_in(work)
            record_event(work, case_id=case_id, name=name, payload=typed, caseworker=caseworker)
            throw_draft_away(work, place=place_of_event(case_id, name), caseworker=caseworker)
            told = done_and_next(
                work, t("Antecknat: {label}.", label=EVENTS[name].label), case_id, caseworker
            )
    except AnswersRefused as refused:
        with running_system().reading() as work:
            typed = _typed(work, case_id, name)
            return _event_page(work, case_id, name, typed=typed, problems=refused.problems), 400
    except Conflict as refused:
        with running_system().reading() as work:
            typed = _typed(work, case_id, name)
            return _event_page(work, case_id, name, typed=typed, trouble=sentence_about(refused)), 409
    say(told)
    return redirect(url_for("cases.show", case_id=case_id))


@pages.post("/<id:case_id>/handelser/<name>/utkast")
def save_draft(case_id: int, name: str) -> Response | tuple[str, int]:
    """Keep what is typed, without recording anything."""
    with running_system().transaction() as work:
        caseworker = signed_in(work)
        get_case(work.session, case_id, caseworker, work.now)
        event_form(work, name)
        typed = typed_in_request()
        place = place_of_event(case_id, name)
        save_draft_of(work, place=place, case_id=case_id, caseworker=caseworker, typed=typed)
    return saved(url_for("cases.event", case_id=case_id, name=name))


@pages.post("/<id:case_id>/handelser/<name>/utkast/kasta")
def throw_draft(case_id: int, name: str) -> Response:
    """Begin anew with an empty form."""
    with running_system().transaction() as work:
        caseworker = signed_in(work)
        get_case(work.session, case_id, caseworker, work.now)
        thrown_away(work, place_of_event(case_id, name), caseworker)
    return redirect(url_for("cases.event", case_id=case_id, name=name))


@shows_again("cases.record")
def _stale(case_id: int, name: str, trouble: str) -> str:
    with running_system().reading() as work:
        return _event_page(work, case_id, name, typed=_typed(work, case_id, name), trouble=trouble)


def events_by_hand(without: Collection[str] = ()) -> list[tuple[str, list[CaseEvent]]]:
    """The events that a caseworker may record, under their headings."""
    grouped: dict[str, list[CaseEvent]] = {heading: [] for heading in (*THEMES, OTHER_THEME)}
    for one in EVENTS.values():
        if one.by_hand and one.name not in without:
            heading = next(
                (key for key, starts in THEMES.items() if one.name.startswith(starts)), OTHER_THEME
            )
            grouped[heading].append(one)
    return [(heading, events) for heading, events in grouped.items() if events]


def _typed(work: UnitOfWork, case_id: int, name: str) -> dict[str, Any]:
    caseworker = signed_in(work)
    case = get_case(work.session, case_id, caseworker, work.now)
    return event_form(work, name).from_html(
        request.form, choices_in(work.session, case, caseworker, work.now)
    )


def _event_page(
    work: UnitOfWork,
    case_id: int,
    name: str,
    *,
    typed: dict[str, Any] | None = None,
    problems: dict[str, str] | None = None,
    trouble: str = "",
    extra_row: str = "",
) -> str:
    caseworker = signed_in(work)
    case = get_case(work.session, case_id, caseworker, work.now)
    choices = choices_in(work.session, case, caseworker, work.now)
    form = event_form(work, name)
    draft, begun = None, None
    if typed is None:
        draft, begun = draft_to_show(work, place_of_event(case_id, name), caseworker)
        typed = form.from_html(begun, choices) if begun is not None else {}
    filled = FilledForm(form, typed, problems or {}, choices, extra_row)
    return render_template(
        "cases/event.html",
        case=case,
        event=EVENTS[name],
        filled=filled,
        trouble=trouble,
        draft=draft,
        sight=sight_of(work.session, case, caseworker, work.now, work.policy),
    )
