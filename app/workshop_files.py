"""The files of a proposal: read, saved and taken back one at a time, with both texts when two have changed the same."""

from __future__ import annotations

import difflib
import json
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import PreconditionRequired
from werkzeug.wrappers import Response as AnyResponse

from app.failures import sentence_about
from app.problems import problem
from app.process_files import described
from app.texts import t
from app.web import running_system, signed_in
from app.workshop import opened
from processes.actions.draft_bases import settle_file
from processes.actions.process_drafts import remove_file, restore_save, save_file, undo_file
from processes.errors import DraftClash, DraftFileNotFound, DraftFileRefused, Invalid
from processes.models import ProcessDraft
from processes.queries.process_drafts import (
    base_files,
    content_of,
    file_of_draft,
    find_file,
    get_save,
    revision_of,
    saves_of,
)
from processes.unit_of_work import UnitOfWork

CONTEXT = 3
"""Lines around a difference."""

pages = Blueprint("workshop_files", __name__, url_prefix="/verkstad/<id:draft_id>")


@pages.get("/filer/<path:path>")
def content(draft_id: int, path: str) -> Response:
    """The file as the proposal has it; its revision stands in the ETag."""
    with running_system().reading() as work:
        draft = opened(work, draft_id)
        answer = Response(file_of_draft(work, draft, path), mimetype="text/plain")
        answer.set_etag(str(revision_of(work, draft, path)))
    if "ladda-ner" in request.args:
        name = path.rsplit("/", 1)[-1]
        answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@pages.put("/filer/<path:path>")
def put(draft_id: int, path: str) -> Response:
    """Save the file, if it still has the revision that `If-Match` names; 409 with both texts if not."""
    try:
        with running_system().transaction() as work:
            opened(work, draft_id)
            revision = save_file(
                work,
                draft_id=draft_id,
                path=path,
                content=request.get_data(),
                expected_revision=_named_revision(),
                person=signed_in(work),
            )
    except DraftClash as clash:
        return _told_of_clash(clash)
    except (DraftFileRefused, DraftFileNotFound) as refused:
        return problem(400, t("Filen kan inte vara med"), sentence_about(refused))
    answer = jsonify(revision=revision)
    answer.set_etag(str(revision))
    return answer


@pages.get("/fil/<path:path>")
def file(draft_id: int, path: str) -> str:
    """One file: its text, what is published, and every save of it."""
    with running_system().reading() as work:
        return _file_page(work, opened(work, draft_id), path)


@pages.post("/fil/<path:path>")
def write(draft_id: int, path: str) -> AnyResponse | tuple[str, int]:
    """Save what was written in the page's own box; when somebody else saved first, show both."""
    written = _typed_text()
    try:
        with running_system().transaction() as work:
            opened(work, draft_id)
            save_file(
                work,
                draft_id=draft_id,
                path=path,
                content=written,
                expected_revision=_typed_revision(),
                person=signed_in(work),
            )
    except DraftClash as clash:
        return clash_page(clash), 409
    except DraftFileRefused as refused:
        return _written_page(draft_id, path, sentence_about(refused)), 400
    flash(t("{path} är sparad i förslaget.", path=path))
    return redirect(url_for("workshop.proposal", draft_id=draft_id))


@pages.post("/andra/<path:path>")
def change(draft_id: int, path: str) -> AnyResponse:
    """Remove the file, take the change back, or say which of two shapes is to hold."""
    with running_system().transaction() as work:
        opened(work, draft_id)
        asked: dict[str, Any] = {
            "draft_id": draft_id,
            "path": path,
            "expected_revision": _typed_revision(),
            "person": signed_in(work),
        }
        match request.form.get("vad"):
            case "remove":
                remove_file(work, **asked)
                said = t("{path} tas bort när förslaget publiceras.", path=path)
            case "undo":
                undo_file(work, **asked)
                said = t("{path} är som den publicerade igen.", path=path)
            case "mine" | "published" as keep:
                settle_file(work, keep=keep, **asked)
                said = t("{path} är avgjord.", path=path)
            case _:
                raise Invalid("nothing to do with the file")
    flash(said)
    return redirect(url_for("workshop.proposal", draft_id=draft_id))


@pages.get("/sparning/<id:save_id>")
def earlier(draft_id: int, save_id: int) -> Response:
    """The file as it was at an earlier save, to keep or to look at."""
    with running_system().reading() as work:
        save = get_save(work, opened(work, draft_id), save_id)
        saved = content_of(save)
        if saved is None:
            raise DraftFileNotFound(save.path)
        answer = Response(saved, mimetype="text/plain")
        name = save.path.rsplit("/", 1)[-1]
        answer.headers.set("Content-Disposition", "attachment", filename=name)
        return answer


@pages.post("/sparning/<id:save_id>")
def restore(draft_id: int, save_id: int) -> AnyResponse:
    """Let the file be as it was at an earlier save."""
    with running_system().transaction() as work:
        draft = opened(work, draft_id)
        path = get_save(work, draft, save_id).path
        restore_save(
            work,
            draft_id=draft_id,
            save_id=save_id,
            expected_revision=_typed_revision(),
            person=signed_in(work),
        )
    flash(
        t("{path} är som vid den sparningen. Det som fanns dessförinnan står kvar i historiken.", path=path)
    )
    return redirect(url_for("workshop_files.file", draft_id=draft_id, path=path))


def lines_changed(before: bytes | None, after: bytes | None) -> list[tuple[str, str]]:
    """What differs, line by line: a sign (+, - or a blank, @ between two places) and the line."""
    was, now = ((one or b"").decode("utf-8", "replace").splitlines() for one in (before, after))
    found = list(difflib.unified_diff(was, now, lineterm="", n=CONTEXT))[2:]
    return [("@", "") if line.startswith("@@") else (line[0], line[1:]) for line in found]


def _named_revision() -> int:
    """The revision in If-Match; a save that names none could write over anything."""
    named = request.headers.get("If-Match", "").removeprefix("W/").strip('"')
    if not named.isascii() or not named.isdigit() or len(named) > 18:
        raise PreconditionRequired
    return int(named)


def _typed_revision() -> int:
    typed = request.form.get("revision", "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 18:
        raise Invalid("the file's revision is missing")
    return int(typed)


def _typed_text() -> bytes:
    """What stands in the box; browsers send line breaks as on a typewriter."""
    return request.form.get("content", "").replace("\r\n", "\n").encode()


def _told_of_clash(clash: DraftClash) -> Response:
    answer = problem(409, t("Någon annan har sparat filen"), sentence_about(clash), name="DraftClash")
    document: dict[str, object] = answer.get_json()
    document |= {
        "revision": clash.revision,
        "saved_by": clash.saved_by,
        "saved_at": clash.saved_at.isoformat() if clash.saved_at else None,
        "theirs": None if clash.theirs is None else clash.theirs.decode("utf-8", "replace"),
    }
    answer.set_data(json.dumps(document))
    return answer


def clash_page(clash: DraftClash) -> str:
    """Both texts side by side in words, mine ready to be saved on top of theirs or mended first."""
    with running_system().reading() as work:
        return render_template(
            "workshop/clash.html",
            draft=opened(work, clash.draft_id),
            clash=clash,
            file=described(clash.path, clash.theirs or clash.mine),
            mine=clash.mine.decode("utf-8", "replace"),
            lines=lines_changed(clash.theirs, clash.mine),
        )


def _written_page(draft_id: int, path: str, trouble: str) -> str:
    with running_system().reading() as work:
        draft = opened(work, draft_id)
        return _file_page(work, draft, path, trouble=trouble, written=_typed_text())


def _file_page(
    work: UnitOfWork, draft: ProcessDraft, path: str, *, trouble: str = "", written: bytes | None = None
) -> str:
    row, published = find_file(work, draft, path), base_files(work, draft).get(path)
    now = published if row is None else row.content
    saves = saves_of(work, draft, path)
    if now is None and published is None and not saves and written is None:
        raise DraftFileNotFound(path)
    shown = written if written is not None else now
    return render_template(
        "workshop/file.html",
        draft=draft,
        file=described(path, shown or published),
        row=row,
        revision=revision_of(work, draft, path),
        text=None if shown is None else shown.decode("utf-8", "replace"),
        lines=lines_changed(published, now) if row is not None else [],
        saves=saves,
        trouble=trouble,
    )
