"""The page on which somebody notes that a record is wrong, or that a person says so; the record itself stays."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.journal import Told, Words
from app.labels import label
from app.redisplay import shows_again
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.corrections import get_record, note_correction
from processes.errors import AnswersRefused
from processes.models import Event, Person, Task
from processes.queries.access import must_be_allowed
from processes.queries.cases import get_case
from processes.queries.choices import choices_in
from processes.queries.corrections import About, notes_in
from processes.queries.persons_seen import sight_of
from processes.queries.tasks import tasks_of_case
from processes.rules.event_corrections import CORRECTABLE

pages = Blueprint("corrections", __name__, url_prefix="/arenden")


PATHS = tuple(f"/<id:case_id>/{folder}/rattelse" for folder in (
    "personer/<id:person_id>", "uppgifter/<id:task_id>", "handelser/<id:event_id>"
))  # fmt: skip


@pages.get(PATHS[0])
@pages.get(PATHS[1])
@pages.get(PATHS[2])
def show(case_id: int, **record: int) -> str:
    """What was recorded, what has been said of it, and the form for a note."""
    return _page(case_id, _about(record))


@pages.post(PATHS[0])
@pages.post(PATHS[1])
@pages.post(PATHS[2])
def note(case_id: int, **record: int) -> Response | tuple[str, int]:
    """Put the note beside the record."""
    try:
        with running_system().transaction() as work:
            note_correction(
                work,
                caseworker=signed_in(work),
                case_id=case_id,
                kind=request.form.get("kind", ""),
                about=_about(record),
                text=request.form.get("text", ""),
                reason=request.form.get("reason", ""),
                person_id=request.form.get("person", None, int),
            )
    except AnswersRefused as refused:
        return _page(case_id, _about(record), problems=refused.problems), 400
    flash(t("Anteckningen står nu bredvid uppgiften, som finns kvar som den skrevs."))
    return redirect(url_for("cases.show", case_id=case_id, _anchor="journal"))


@shows_again("corrections.note")
def _stale(case_id: int, trouble: str, **record: int) -> str:
    return _page(case_id, _about(record), trouble=trouble)


def _about(record: Mapping[str, int]) -> About:
    """`{"event_id": 12}` as the event with id 12."""
    [(name, record_id)] = record.items()
    return name.removesuffix("_id"), record_id


def _page(case_id: int, about: About, *, problems: dict[str, str] | None = None, trouble: str = "") -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        must_be_allowed("correct_records", caseworker)
        case = get_case(work.session, case_id, caseworker, work.now)
        record = get_record(work, case, about)
        sight = sight_of(work.session, case, caseworker, work.now, work.policy)
        words = Words(work, tasks_of_case(work.session, case.id), sight)
        return render_template(
            "persons/correction.html",
            case=case,
            sight=sight,
            title=_title(record),
            told=_told(record, words),
            at=_when(record),
            notes=notes_in(work.session, case.id).get(about, ()),
            choices=choices_in(work.session, case, caseworker, work.now),
            problems=problems or {},
            trouble=trouble,
            typed=request.form,
            take_back=_way_to_take_back(record),
        )


def _way_to_take_back(record: Event | Task | Person) -> str:
    """Where the record can be taken back altogether; empty for what can only have a note beside it."""
    if not isinstance(record, Event) or record.name not in CORRECTABLE or record.corrected_by_id is not None:
        return ""
    return url_for("event_corrections.show", case_id=record.case_id, event_id=record.id)


def _title(record: Event | Task | Person) -> str:
    if isinstance(record, Event):
        return label("event", record.name)
    return record.title if isinstance(record, Task) else record.name


def _told(record: Event | Task | Person, words: Words) -> Told:
    if isinstance(record, Event):
        return words.of_event(record)
    return words.of_task(record.id) if isinstance(record, Task) else ()


def _when(record: Event | Task | Person) -> object:
    if isinstance(record, Event):
        return record.at
    return record.ended_at if isinstance(record, Task) else record.recorded_at
