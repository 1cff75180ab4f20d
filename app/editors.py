"""The editors of the workshop: the page in which one file of a change proposal is drawn or written.

Every editor saves through the address of the file itself (app/workshop_files.py), with the number of the revision that
it read, so that nobody's change is lost. While somebody draws or writes, what stands on the screen is checked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.catalogue import catalogue
from app.editing import OpenFile, open_file
from app.file_check import as_told
from app.form_editor import changed_form, field_in, form_page, preview_of
from app.letter_editor import MEANINGS, sample_letter, sample_pdf
from app.letters import block_kind, runs
from app.process_files import kind_of
from app.redisplay import shows_again
from app.texts import t
from app.web import running_system, signed_in
from app.workshop import opened
from processes.actions.process_drafts import save_file
from processes.diagrams.shelf import read_shelf
from processes.engine.drawing import Drawing, Node
from processes.errors import AnswersRefused, DraftClash
from processes.forms import FormRefused
from processes.queries.process_drafts import files_of_draft
from processes.unit_of_work import UnitOfWork

pages = Blueprint("editors", __name__, url_prefix="/verkstad/<id:draft_id>")


@pages.get("/redigera/<path:path>")
def edit(draft_id: int, path: str) -> str:
    """The editor of the file."""
    with running_system().reading() as work:
        file = open_file(work, draft_id, path)
        return EDITORS[kind_of(path)](file)


def _diagram(file: OpenFile) -> str:
    g.draws_diagrams = True
    drawing = read_shelf({file.path: file.content}).reading.drawings.get(file.key)
    return render_template(
        "editors/diagram.html",
        opened=file,
        title=drawing.name if drawing else file.key,
        lanes=tasks_by_lane(drawing) if drawing else {},
    )


def _table(file: OpenFile) -> str:
    g.draws_diagrams = g.writes_styles = True
    table = read_shelf({file.path: file.content}).table_in(file.path)
    return render_template("editors/table.html", opened=file, title=table.name if table else file.name)


def _letter(file: OpenFile) -> str:
    return render_template("editors/letter.html", opened=file, meanings=MEANINGS, **_as_set(file))


def _text(file: OpenFile) -> str:
    return render_template("editors/text.html", opened=file)


EDITORS: dict[str, Callable[[OpenFile], str]] = {
    "diagram": _diagram,
    "table": _table,
    "form": form_page,
    "letter": _letter,
    "scenario": _text,
    "readme": _text,
}
"""The editor of each kind of file."""


def tasks_by_lane(drawing: Drawing) -> dict[str, list[Node]]:
    """The tasks of people under the unit that does them, for who cannot see or draw the diagram."""
    lanes: dict[str, list[Node]] = {}
    for node in drawing.nodes:
        if node.kind == "userTask":
            lanes.setdefault(node.lane or "", []).append(node)
    return lanes


@pages.post("/redigera/<path:path>")
def change(draft_id: int, path: str) -> AnyResponse | tuple[AnyResponse | str, int]:
    """Change a form as its page asks, and save it."""
    try:
        with running_system().transaction() as work:
            file = open_file(work, draft_id, path, "form")
            content, shown = changed_form(file.content, request.form)
            revision = save_file(
                work,
                draft_id=draft_id,
                path=path,
                content=content,
                expected_revision=_posted_revision(),
                person=signed_in(work),
            )
    except DraftClash:
        trouble = t(
            "Någon annan har ändrat formuläret under tiden. Det du skrev står kvar: se efter och spara igen."
        )
        return _again(draft_id, path, trouble), 409
    except (AnswersRefused, FormRefused) as refused:
        told = refused.problems.values() if isinstance(refused, AnswersRefused) else refused.problems
        return _again(draft_id, path, " ".join(told)), 400
    if request.headers.get("X-Saves-Itself"):
        return jsonify(revision=revision)
    if request.form.get("gor") == "field":
        flash(t("Frågan är sparad."))
    return redirect(url_for("editors.edit", draft_id=draft_id, path=path, falt=shown or None))


@shows_again("editors.change")
def _stale(draft_id: int, path: str, trouble: str) -> str:
    answer = _again(draft_id, path, trouble)
    return answer if isinstance(answer, str) else answer.get_data(as_text=True)


def _again(draft_id: int, path: str, trouble: str) -> AnyResponse | str:
    """The page as it was filled in, or for a page that saves by itself the sentence alone."""
    if request.headers.get("X-Saves-Itself"):
        return jsonify(detail=trouble)
    typed = field_in(request.form) if request.form.get("gor") == "field" else None
    with running_system().reading() as work:
        return form_page(open_file(work, draft_id, path), trouble=trouble, typed=typed)


def _posted_revision() -> int:
    posted = request.form.get("revision", "")
    return int(posted) if posted.isascii() and posted.isdecimal() and len(posted) < 18 else -1


@pages.get("/katalog.json")
def choices(draft_id: int) -> Response:
    """What can be chosen in the diagram of the process that `process` names."""
    with running_system().reading() as work:
        files = files_of_draft(work, opened(work, draft_id))
        return jsonify(catalogue(read_shelf(files), request.args.get("process", "")))


@pages.post("/kontroll/<path:path>")
def check(draft_id: int, path: str) -> Response:
    """What is wrong with the file if it were as it is sent."""
    with running_system().reading() as work:
        file = open_file(work, draft_id, path).with_content(request.get_data())
        return jsonify(as_told(file.files, path))


@pages.post("/forhandsvisa/<path:path>")
def preview(draft_id: int, path: str) -> Response:
    """What the form or letter would look like as it is sent; a form's page sends its fields."""
    with running_system().reading() as work:
        file = _as_sent(work, draft_id, path)
        if kind_of(path) == "letter":
            return jsonify(
                html=render_template("editors/_letter.html", **_as_set(file)), rules="", problems=[]
            )
        shown = preview_of(file)
        return jsonify(
            html=render_template("editors/_form.html", preview=shown),
            rules=render_template("editors/_rules.css", filled=shown.filled) if shown.filled else "",
            problems=as_told(file.files, path)["problems"],
        )


def _as_sent(work: UnitOfWork, draft_id: int, path: str) -> OpenFile:
    file = open_file(work, draft_id, path, "form", "letter")
    if kind_of(path) == "letter":
        return file.with_content(request.get_data())
    try:
        return file.with_content(changed_form(file.content, request.form)[0])
    except (AnswersRefused, FormRefused):
        return file


@pages.get("/brev-som-pdf/<path:path>")
def letter_as_pdf(draft_id: int, path: str) -> Response:
    """The saved letter as it is printed, to somebody who does not exist."""
    with running_system().reading() as work:
        answer = Response(sample_pdf(open_file(work, draft_id, path, "letter")), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="forhandsvisning.pdf"'
    return answer


def _as_set(file: OpenFile) -> dict[str, Any]:
    """What the picture of a letter needs."""
    return {
        "letter": sample_letter(file),
        "dated": MEANINGS["datum"][1] if "{{ datum }}" in file.text else "",
        "block_kind": block_kind,
        "runs": runs,
    }
