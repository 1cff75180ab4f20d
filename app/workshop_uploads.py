"""Files that come from elsewhere into a proposal: one file, a folder as a zip file, a diagram of another tool."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.failures import sentence_about
from app.process_files import by_process, described
from app.texts import t
from app.uploads import Kind, Upload, take_upload
from app.web import running_system, signed_in
from app.workshop import opened
from app.workshop_files import clash_page
from processes.actions.draft_uploads import take_files, take_translated
from processes.actions.process_drafts import save_file
from processes.diagrams.archives import ArchiveRefused, open_archive
from processes.diagrams.files import LARGEST_FILE, is_safe_path, process_keys
from processes.diagrams.foreign import Translation, as_utf_8, explain, suggested_key, translate
from processes.diagrams.names import Names, known_names
from processes.engine.reading import read_files
from processes.engine.xml_input import FileRefused
from processes.errors import DraftClash, DraftFileRefused, Invalid, UploadRefused
from processes.models import ProcessDraft
from processes.operations import OPERATIONS
from processes.queries.process_drafts import file_of_draft, files_of_draft, get_draft, revision_of
from processes.unit_of_work import UnitOfWork

ANY = Kind((".bpmn", ".xml", ".dmn", ".json", ".md", ".yaml", ".yml", ".zip"), LARGEST_FILE, is_text=False)
FOLDERS = {".json": "forms/", ".md": "letters/", ".yaml": "scenarios/", ".yml": "scenarios/", ".dmn": ""}
"""Where in a process's folder a file lies, by how its name ends."""

pages = Blueprint("workshop_uploads", __name__, url_prefix="/verkstad/<id:draft_id>")


@pages.get("/ladda-upp")
def start(draft_id: int) -> str:
    """Where a file is chosen."""
    return _start_page(draft_id)


@pages.post("/ladda-upp")
def take(draft_id: int) -> Response | str | tuple[str, int]:
    """Take the file into the proposal."""
    with running_system().reading() as work:
        opened(work, draft_id)
    try:
        sent = take_upload("fil", ANY)
        ending = "." + sent.name.rsplit(".", 1)[-1].lower()
        if ending == ".zip":
            return _take_folder(draft_id, sent)
        if ending in (".bpmn", ".xml"):
            return _take_diagram(draft_id, sent)
        return _take_file(draft_id, sent, ending)
    except DraftClash as clash:
        return clash_page(clash), 409
    except (UploadRefused, DraftFileRefused) as refused:
        return _start_page(draft_id, sentence_about(refused)), 400
    except (FileRefused, ArchiveRefused) as refused:
        return _start_page(draft_id, str(refused)), 400


@pages.get("/forklaring/<path:path>")
def explanation(draft_id: int, path: str) -> str:
    """What in the diagram cannot be run as it is, element by element."""
    with running_system().reading() as work:
        draft = opened(work, draft_id)
        return _explanation_page(work, draft, path)


def _take_folder(draft_id: int, sent: Upload) -> Response:
    files = open_archive(sent.content)
    with running_system().transaction() as work:
        taken = take_files(
            work,
            draft_id=draft_id,
            files=files,
            seen_revision=_seen(),
            missing="remove_in_folders" if "ta-bort" in request.form else "keep",
            person=signed_in(work),
        )
    flash(
        t(
            "{changed} filer är ändrade, {removed} tas bort och {unchanged} var redan likadana.",
            changed=len(taken.changed),
            removed=len(taken.removed),
            unchanged=taken.unchanged,
        )
    )
    return redirect(url_for("workshop.proposal", draft_id=draft_id))


def _take_file(draft_id: int, sent: Upload, ending: str) -> Response:
    name = "README.md" if sent.name == "README.md" else FOLDERS[ending] + sent.name
    path = f"{_chosen_process()}/{name}"
    with running_system().transaction() as work:
        draft = opened(work, draft_id)
        save_file(
            work,
            draft_id=draft_id,
            path=path,
            content=as_utf_8(sent.content),
            expected_revision=_expected(work, draft, path),
            person=signed_in(work),
        )
    flash(t("{path} är sparad i förslaget.", path=path))
    return redirect(url_for("workshop.proposal", draft_id=draft_id))


def _take_diagram(draft_id: int, sent: Upload) -> str:
    key = request.form.get("process", "") or suggested_key(sent.content, sent.name)
    path = f"{key}/{key}.bpmn"
    if not is_safe_path(path):
        raise Invalid("no name for a process")
    with running_system().transaction() as work:
        draft = opened(work, draft_id)
        translated = _translated(sent.content, key, files_of_draft(work, draft))
        take_translated(
            work,
            draft_id=draft_id,
            path=path,
            original=as_utf_8(sent.content),
            translated=translated.files,
            expected_revision=_expected(work, draft, path),
            person=signed_in(work),
        )
    with running_system().reading() as work:
        return _explanation_page(work, get_draft(work, draft_id), path, translated)


def _translated(content: bytes, key: str, files: Mapping[str, bytes]) -> Translation:
    """The diagram as it can be run here, or as it came where nobody wants it changed."""
    path = f"{key}/{key}.bpmn"
    if "oversatt" not in request.form:
        return Translation(path, {path: as_utf_8(content)}, ())
    others = read_files({name: text for name, text in files.items() if name != path}, "")
    taken = frozenset(node.id for drawing in others.drawings.values() for node in drawing.nodes)
    return translate(content, key, taken)


def _explanation_page(
    work: UnitOfWork, draft: ProcessDraft, path: str, translated: Translation | None = None
) -> str:
    content = file_of_draft(work, draft, path)
    if not path.endswith(".bpmn"):
        raise Invalid("only a diagram is explained")
    explanation = explain(files_of_draft(work, draft), path, content, names_here())
    groups: dict[tuple[str, str | None], list[str]] = {}
    for remark in explanation.remarks:
        if remark.is_error:
            groups.setdefault((remark.name, remark.element), []).append(remark.message)
    return render_template(
        "workshop/explanation.html",
        draft=draft,
        file=described(path, content),
        explanation=explanation,
        groups=groups,
        translated=translated,
    )


@cache
def names_here() -> Names:
    """Every name that a diagram may use in this program."""
    return known_names(OPERATIONS)


def _start_page(draft_id: int, trouble: str = "") -> str:
    with running_system().reading() as work:
        draft = opened(work, draft_id)
        files = files_of_draft(work, draft)
        folders = set(process_keys(files)) | {path.split("/", 1)[0] for path in files}
        titles = {rows[0].folder: title for title, rows in by_process(files).items()}
        return render_template(
            "workshop/upload.html",
            draft=draft,
            processes=sorted(((titles[key], key) for key in folders), key=lambda one: one[0].casefold()),
            trouble=trouble,
            typed=request.form,
        )


def _chosen_process() -> str:
    chosen = request.form.get("process", "")
    if not chosen:
        raise UploadRefused(t("Välj vilken process filen hör till."))
    return chosen


def _seen() -> int:
    typed = request.form.get("revision", "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 18:
        raise Invalid("the proposal's revision is missing")
    return int(typed)


def _expected(work: UnitOfWork, draft: ProcessDraft, path: str) -> int:
    """The file's revision, unless it was saved since the page was opened: then what was seen, which clashes."""
    return min(revision_of(work, draft, path), _seen())
