"""The workshop: the proposals to change the processes, and each proposal with what it changes and what remains."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.failures import sentence_about
from app.process_files import ProcessFile, by_process, described
from app.redisplay import shows_again
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.draft_bases import take_in_newest
from processes.actions.examinations import ask_for_examination
from processes.actions.process_drafts import create_draft, describe_draft, discard_draft, reopen_draft
from processes.errors import AnswersRefused, Conflict, Refusal
from processes.models import DraftFile, ProcessDraft
from processes.queries.access import must_be_allowed
from processes.queries.process_drafts import (
    base_files,
    changed_files,
    files_of_draft,
    finished_drafts,
    get_draft,
    newest_release,
    saves_of,
    unfinished_drafts,
)
from processes.queries.readiness import readiness_of
from processes.queries.releases import find_waiting_release
from processes.unit_of_work import UnitOfWork

SHOWN_STEPS = 12
"""So much of a proposal's history stands on its page; the rest has a page of its own."""

pages = Blueprint("workshop", __name__, url_prefix="/verkstad")


@pages.get("")
def show() -> str:
    """Every proposal, and the release in use."""
    return _list_page()


@pages.post("")
def begin() -> Response | tuple[str, int]:
    """Begin a proposal."""
    try:
        with running_system().transaction() as work:
            draft_id = create_draft(
                work,
                title=request.form.get("title", ""),
                purpose=request.form.get("purpose", ""),
                person=signed_in(work),
            ).id
    except AnswersRefused as refused:
        return _list_page(problems=refused.problems), 400
    return redirect(url_for("workshop.proposal", draft_id=draft_id))


@pages.get("/<id:draft_id>")
def proposal(draft_id: int) -> str:
    """One proposal: what it changes, what the checks say, and what remains before it can be published."""
    return proposal_page(draft_id)


@pages.post("/<id:draft_id>/beskrivning")
def describe(draft_id: int) -> Response | tuple[str, int]:
    """Say anew what the proposal is called and why it is made."""
    try:
        with running_system().transaction() as work:
            describe_draft(
                work,
                draft_id=draft_id,
                title=request.form.get("title", ""),
                purpose=request.form.get("purpose", ""),
                person=signed_in(work),
            )
    except AnswersRefused as refused:
        return proposal_page(draft_id, problems=refused.problems), 400
    flash(t("Sparat."))
    return redirect(url_for("workshop.proposal", draft_id=draft_id))


@pages.post("/<id:draft_id>/kontrollera")
def examine(draft_id: int) -> Response:
    """Let the worker check the proposal as it is now."""
    with running_system().transaction() as work:
        must_be_allowed("edit_diagrams", signed_in(work))
        ask_for_examination(work, files_of_draft(work, get_draft(work, draft_id)))
    flash(t("Förslaget kontrolleras. Det tar några sekunder; ladda om sidan för att se vad som hittades."))
    return redirect(url_for("workshop.proposal", draft_id=draft_id))


@pages.post("/<id:draft_id>/hamta-in")
def take_in(draft_id: int) -> Response:
    """Lay the proposal over the release in use."""
    with running_system().transaction() as work:
        both = take_in_newest(work, draft_id=draft_id, person=signed_in(work))
        ask_for_examination(work, files_of_draft(work, get_draft(work, draft_id)))
    if both:
        flash(t("Den nya utgåvan är inhämtad. Välj vad som ska gälla i {files}.", files=", ".join(both)))
    else:
        flash(t("Den nya utgåvan är inhämtad. Ingen fil hade ändrats på båda hållen."))
    return redirect(url_for("workshop.proposal", draft_id=draft_id))


@pages.post("/<id:draft_id>/kasta")
def discard(draft_id: int) -> Response:
    """Put the proposal aside."""
    with running_system().transaction() as work:
        discard_draft(work, draft_id=draft_id, person=signed_in(work))
    flash(t("Förslaget är kastat. Det finns kvar under Avslutade förslag och kan tas upp igen."))
    return redirect(url_for("workshop.show"))


@pages.post("/<id:draft_id>/ta-upp")
def reopen(draft_id: int) -> Response:
    """Take up a discarded proposal again."""
    with running_system().transaction() as work:
        reopen_draft(work, draft_id=draft_id, person=signed_in(work))
    return redirect(url_for("workshop.proposal", draft_id=draft_id))


@pages.get("/<id:draft_id>/historik")
def history(draft_id: int) -> str:
    """Everything that was done with the proposal."""
    with running_system().reading() as work:
        draft = opened(work, draft_id)
        return render_template("workshop/history.html", draft=draft, steps=saves_of(work, draft))


@pages.get("/<id:draft_id>/filer")
def all_files(draft_id: int) -> str:
    """Every file as the proposal has it, to find the one to change."""
    with running_system().reading() as work:
        draft = opened(work, draft_id)
        changed = changed_files(work, draft)
        return render_template(
            "workshop/files.html",
            draft=draft,
            processes=by_process(files_of_draft(work, draft)),
            changed=changed,
            gone=[described(path, None) for path, row in changed.items() if row.content is None],
        )


@shows_again("workshop.begin")
def _stale_list(trouble: str) -> str:
    return _list_page(trouble=trouble)


@shows_again("workshop.describe")
def _stale_proposal(draft_id: int, trouble: str) -> str:
    return proposal_page(draft_id, trouble=trouble)


def opened(work: UnitOfWork, draft_id: int) -> ProcessDraft:
    """The proposal, for whoever may change processes. Raises NotAllowed and DraftNotFound."""
    must_be_allowed("edit_diagrams", signed_in(work))
    return get_draft(work, draft_id)


def _list_page(*, problems: dict[str, str] | None = None, trouble: str = "") -> str:
    with running_system().reading() as work:
        must_be_allowed("edit_diagrams", signed_in(work))
        return render_template(
            "workshop/list.html",
            drafts=unfinished_drafts(work),
            finished=finished_drafts(work),
            release=newest_release(work),
            waiting=find_waiting_release(work),
            problems=problems or {},
            trouble=trouble,
            typed=request.form,
        )


def proposal_page(draft_id: int, *, problems: dict[str, str] | None = None, trouble: str = "") -> str:
    """The page of the proposal, with what was wrong in what was sent and what was typed."""
    with running_system().reading() as work:
        draft = opened(work, draft_id)
        moving = draft.state not in ("published", "discarded")
        return render_template(
            "workshop/proposal.html",
            draft=draft,
            changes=_changes(work, draft),
            ready=readiness_of(work, draft) if moving else None,
            steps=saves_of(work, draft)[:SHOWN_STEPS],
            needs_second=work.policy.release_needs_approval,
            problems=problems or {},
            trouble=trouble,
            typed=request.form,
        )


def refused_proposal(draft_id: int, refused: Refusal) -> tuple[str, int]:
    """The page of the proposal again with why something could not be done; what was typed stands there still."""
    if isinstance(refused, AnswersRefused):
        return proposal_page(draft_id, problems=dict(refused.problems)), 400
    return proposal_page(draft_id, trouble=sentence_about(refused)), 409 if isinstance(
        refused, Conflict
    ) else 403


def _changes(work: UnitOfWork, draft: ProcessDraft) -> list[dict[str, Any]]:
    """What the proposal changes, one row for each file."""
    published = base_files(work, draft)
    return [
        {"file": _shown(row, published.get(path)), "row": row, "kind": _change(row, published.get(path))}
        for path, row in changed_files(work, draft).items()
    ]


def _shown(row: DraftFile, published: bytes | None) -> ProcessFile:
    return described(row.path, row.content if row.content is not None else published)


def _change(row: DraftFile, published: bytes | None) -> str:
    if row.content is None:
        return "removed"
    return "added" if published is None else "changed"
