"""Two sets of process files side by side: the drawings with what has changed marked, and every change in words."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response, g, render_template, request

from app.compared import options_for, put_side_by_side, title_of
from app.web import running_system, signed_in
from processes.errors import DraftFileNotFound
from processes.models import Release
from processes.queries.access import must_be_allowed
from processes.queries.compared_files import Side, as_comparable, get_side, versions_of
from processes.queries.process_drafts import get_draft, newest_release, unfinished_drafts
from processes.queries.releases import all_releases
from processes.unit_of_work import UnitOfWork

pages = Blueprint("differences", __name__, url_prefix="/verkstad")


@pages.get("/<id:draft_id>/jamfor")
def proposal(draft_id: int) -> str:
    """A proposal beside the release that it is laid over, or beside what is published now."""
    with running_system().reading() as work:
        must_be_allowed("edit_diagrams", signed_in(work))
        draft = get_draft(work, draft_id)
        published = newest_release(work)
        base = draft.base if request.args.get("mot") != "publicerat" or published is None else published
        return _compared(work, f"utgava-{base.number}", f"forslag-{draft.id}", published=published)


@pages.get("/jamfor")
def any_two() -> str:
    """Any two proposals, releases, or versions of one process."""
    with running_system().reading() as work:
        must_be_allowed("edit_diagrams", signed_in(work))
        asked = [request.args.get(name, "") for name in ("fran", "till")]
        return _compared(work, asked[0], asked[1], process=request.args.get("process", ""))


@pages.get("/ritning/<token>/<path:path>")
def drawing(token: str, path: str) -> Response:
    """A diagram of one side, to be drawn by the browser."""
    with running_system().reading() as work:
        must_be_allowed("edit_diagrams", signed_in(work))
        content = get_side(work, token).files.get(path)
        if content is None or not path.endswith(".bpmn"):
            raise DraftFileNotFound(path)
        return Response(content, mimetype="application/xml")


def _compared(
    work: UnitOfWork, fran: str, till: str, *, process: str = "", published: Release | None = None
) -> str:
    g.draws_diagrams = True
    sides: list[Side] = [get_side(work, token) for token in (fran, till) if token]
    found = put_side_by_side(*as_comparable(*sides)) if len(sides) == 2 else None
    of_process = process or next((side.process_key for side in sides if side.process_key), "")
    draft = sides[-1].draft if sides else None
    counted = Counter(
        change.kind
        for one in found or ()
        for file in one.files
        for change in (*(row.change for row in file.rows), *file.moved)
    )
    return render_template(
        "differences/page.html",
        sides=sides,
        titles=[title_of(side) for side in sides],
        processes=found,
        counted=counted,
        draft=draft,
        published=published,
        options=options_for(
            all_releases(work), unfinished_drafts(work), versions_of(work, of_process) if of_process else ()
        ),
        chosen=(fran, till),
        of_process=of_process,
    )
