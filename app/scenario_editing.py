"""Scenarios of a proposal as text: a new one, a changed one, and one that is taken away; every fault with its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.compared import process_title
from app.failures import sentence_about
from app.redisplay import shows_again
from app.scenario_pages import scenario_in, story_or_faults
from app.texts import t
from app.web import running_system, signed_in
from app.workshop import opened
from app.workshop_files import clash_page
from processes.actions.process_drafts import remove_file, save_file
from processes.diagrams.files import process_keys
from processes.diagrams.shelf import read_shelf
from processes.errors import DraftClash, DraftFileRefused, Invalid
from processes.queries.process_drafts import files_of_draft, revision_of
from processes.scenarios.faults import Fault, line_of
from processes.scenarios.unknown_names import unknown_names
from processes.scenarios.vocabulary import vocabulary_of

LONGEST_NAME = 60
BEGUN = """\
id: {id}
title: {title}
about: >
  Vad scenariot visar, i ett par meningar.
requirements: []
starts: 2026-03-09 08:00

steps:
  - at: 2026-03-09 09:00
    who: siv
    notice:
      kind: A
      received_at: 2026-03-09T08:40
      channel: registered_post
      informant: landlord
      posted_on: 2026-03-06
      posted_registered: true
      amount_due: "9450.00"
      landlord_name: Exempelbo AB
      address: Provgatan 1
      contract_kind: first_hand
      persons:
        - {{name: F-99 Påhittad, role: contract_holder, protection: none}}
    as: brevet
    expect:
      open: [ta_stallning]
"""
"""What a new scenario begins with: a notice, without which nothing can happen."""

pages = Blueprint("scenario_editing", __name__, url_prefix="/verkstad/<id:draft_id>/scenarier")


@dataclass(frozen=True, slots=True)
class LineFault:
    """A fault, and the line that it stands on."""

    line: int | None
    fault: Fault


@pages.get("/nytt")
def begin(draft_id: int) -> str:
    """Where a new scenario is named."""
    return _new_page(draft_id)


@pages.post("/nytt")
def create(draft_id: int) -> Response | tuple[str, int]:
    """Lay a new scenario that can be played as it is beside a process, ready to be changed."""
    number, title = (" ".join(request.form.get(name, "").split()) for name in ("id", "title"))
    key = request.form.get("process", "")
    problems = {}
    if not re.fullmatch(r"[A-ZÅÄÖ]{1,3}-\d{1,3}", number):
        problems["id"] = t("Skriv en bokstav, ett streck och ett tal, till exempel S-12.")
    if not title:
        problems["title"] = t("Skriv vad scenariot handlar om.")
    with running_system().reading() as work:
        files = files_of_draft(work, opened(work, draft_id))
    path = f"{key}/scenarios/{slug(number, title)}.yaml"
    if key not in process_keys(files):
        problems["process"] = t("Välj en process.")
    elif path in files:
        problems["title"] = t("Det finns redan ett scenario med det numret och namnet.")
    if problems:
        return _new_page(draft_id, problems), 400
    content = BEGUN.format(id=number, title=quoted(title)).encode()
    with running_system().transaction() as work:
        save_file(
            work,
            draft_id=draft_id,
            path=path,
            content=content,
            expected_revision=revision_of(work, opened(work, draft_id), path),
            person=signed_in(work),
        )
    return redirect(url_for("scenario_editing.edit", draft_id=draft_id, scenario=path))


def slug(number: str, title: str) -> str:
    """The name of the file: the number and the title, in small letters without accents."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-")
    return f"{number}-{words}".strip("-")


def quoted(title: str) -> str:
    """The title as YAML text, whatever signs stand in it."""
    escaped = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@pages.get("/andra/<path:scenario>")
def edit(draft_id: int, scenario: str) -> str:
    """The scenario as text, and the names that it may use."""
    with running_system().reading() as work:
        draft = opened(work, draft_id)
        content = scenario_in(files_of_draft(work, draft), scenario)
        revision = revision_of(work, draft, scenario)
    return _edit_page(draft_id, scenario, content, revision)


@pages.post("/andra/<path:scenario>")
def save(draft_id: int, scenario: str) -> Response | tuple[str, int]:
    """Save the text in the proposal if it is a scenario; otherwise say what is wrong, line by line."""
    with running_system().reading() as work:
        opened(work, draft_id)
    content = request.form.get("content", "").replace("\r\n", "\n").encode()
    revision = _typed_revision()
    if story_or_faults(content, scenario)[0] is None:
        return _edit_page(draft_id, scenario, content, revision), 400
    try:
        with running_system().transaction() as work:
            save_file(
                work,
                draft_id=draft_id,
                path=scenario,
                content=content,
                expected_revision=revision,
                person=signed_in(work),
            )
    except DraftClash as clash:
        return clash_page(clash), 409
    except DraftFileRefused as refused:
        return _edit_page(draft_id, scenario, content, revision, trouble=sentence_about(refused)), 400
    flash(t("Scenariot är sparat i förslaget. Kör det för att se hur det går."))
    return redirect(url_for("scenarios.read", draft_id=draft_id, scenario=scenario))


@pages.post("/bort/<path:scenario>")
def remove(draft_id: int, scenario: str) -> Response:
    """Take the scenario away from the proposal."""
    with running_system().transaction() as work:
        draft = opened(work, draft_id)
        scenario_in(files_of_draft(work, draft), scenario)
        remove_file(
            work,
            draft_id=draft_id,
            path=scenario,
            expected_revision=revision_of(work, draft, scenario),
            person=signed_in(work),
        )
    flash(t("Scenariot är borttaget i förslaget. Det finns kvar i historiken."))
    return redirect(url_for("scenarios.show", draft_id=draft_id))


@shows_again("scenario_editing.save")
def _stale_text(draft_id: int, scenario: str, trouble: str) -> str:
    content = request.form.get("content", "").replace("\r\n", "\n").encode()
    return _edit_page(draft_id, scenario, content, _typed_revision(), trouble=trouble)


@shows_again("scenario_editing.create")
def _stale_new(draft_id: int, trouble: str) -> str:
    return _new_page(draft_id, trouble=trouble)


def _new_page(draft_id: int, problems: dict[str, str] | None = None, *, trouble: str = "") -> str:
    with running_system().reading() as work:
        draft = opened(work, draft_id)
        files = files_of_draft(work, draft)
        keys = [key for key in process_keys(files) if f"{key}/{key}.bpmn" in files]
        titles = {key: process_title(key, files) or key for key in keys}
        return render_template(
            "scenarios/new.html",
            draft=draft,
            processes=dict(sorted(titles.items(), key=lambda one: one[1].casefold())),
            problems=problems or {},
            trouble=trouble,
            typed=request.form or request.args,
        )


def _edit_page(draft_id: int, path: str, content: bytes, revision: int, *, trouble: str = "") -> str:
    with running_system().reading() as work:
        draft = opened(work, draft_id)
        files = files_of_draft(work, draft)
        known = vocabulary_of(read_shelf(files))
        story, faults = story_or_faults(content, path)
        unknown = unknown_names({"steps": story.steps}, known) if story else []
        return render_template(
            "scenarios/edit.html",
            draft=draft,
            path=path,
            process=process_title(path.split("/", 1)[0], files),
            text=content.decode(errors="replace"),
            revision=revision,
            faults=with_lines(content, faults),
            unknown=with_lines(content, unknown),
            known=known,
            trouble=trouble,
        )


def with_lines(content: bytes, faults: Iterable[Fault]) -> list[LineFault]:
    """Each fault with its line; one that is about the whole file has none."""
    return [LineFault(line_of(content, fault.path) if fault.path else None, fault) for fault in faults]


def _typed_revision() -> int:
    typed = request.form.get("revision", "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 18:
        raise Invalid("the file's revision is missing")
    return int(typed)
