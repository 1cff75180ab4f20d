"""From a proposal to a release: sending, approving, publishing, the list of releases, and the way back."""

from __future__ import annotations

from datetime import date, datetime, time

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.redisplay import shows_again
from app.texts import t
from app.web import running_system, signed_in
from app.workshop import opened, proposal_page, refused_proposal
from processes.actions.approvals import (
    approve_draft,
    call_release_off,
    propose_going_back,
    publish_draft,
    return_draft,
    send_for_approval,
)
from processes.diagrams.archives import pack_archive
from processes.errors import (
    AnotherOwnerNeeded,
    AnswersRefused,
    DraftNotOpen,
    DraftNotReady,
    ReleaseWaits,
)
from processes.queries.access import must_be_allowed
from processes.queries.process_drafts import files_of_draft
from processes.queries.releases import all_releases, files_of_release, get_release
from processes.rules.calendar import instant_on

STOPPED = (AnswersRefused, DraftNotReady, DraftNotOpen, ReleaseWaits, AnotherOwnerNeeded)
"""What is told on the proposal's own page."""

pages = Blueprint("releases", __name__, url_prefix="/verkstad")


@pages.post("/<id:draft_id>/skicka")
def send(draft_id: int) -> AnyResponse | tuple[str, int]:
    """Ask another process owner to approve the proposal."""
    try:
        with running_system().transaction() as work:
            send_for_approval(
                work,
                draft_id=draft_id,
                note=request.form.get("note", ""),
                reservation=request.form.get("reservation", ""),
                person=signed_in(work),
            )
    except STOPPED as refused:
        return refused_proposal(draft_id, refused)
    flash(t("Förslaget är skickat. Inget i det kan ändras medan det väntar."))
    return _back(draft_id)


@pages.post("/<id:draft_id>/godkann")
def approve(draft_id: int) -> AnyResponse | tuple[str, int]:
    """Approve what somebody else has sent."""
    try:
        with running_system().transaction() as work:
            approve_draft(work, draft_id=draft_id, person=signed_in(work))
    except STOPPED as refused:
        return refused_proposal(draft_id, refused)
    flash(t("Förslaget är godkänt. Nu kan det publiceras."))
    return _back(draft_id)


@pages.post("/<id:draft_id>/lamna-tillbaka")
def give_back(draft_id: int) -> AnyResponse | tuple[str, int]:
    """Open the proposal for changes again."""
    try:
        with running_system().transaction() as work:
            words = request.form.get("words", "")
            return_draft(work, draft_id=draft_id, words=words, person=signed_in(work))
    except STOPPED as refused:
        return refused_proposal(draft_id, refused)
    flash(t("Förslaget kan ändras igen."))
    return _back(draft_id)


@pages.post("/<id:draft_id>/publicera")
def publish(draft_id: int) -> AnyResponse | tuple[str, int]:
    """Publish the approved proposal, now or from a chosen instant."""
    try:
        with running_system().transaction() as work:
            release = publish_draft(
                work, draft_id=draft_id, person=signed_in(work), takes_effect_at=_chosen_instant()
            )
            number, waits = release.number, release.is_waiting
    except STOPPED as refused:
        return refused_proposal(draft_id, refused)
    if waits:
        flash(t("Utgåva {number} är publicerad och börjar gälla på utsatt tid.", number=number))
    else:
        flash(
            t(
                "Utgåva {number} gäller nu för nya ärenden. Pågående ärenden ligger kvar på sina.",
                number=number,
            )
        )
    return redirect(url_for("releases.show", number=number))


@pages.get("/utgavor")
def all_of_them() -> str:
    """Every release, the newest first."""
    with running_system().reading() as work:
        must_be_allowed("edit_diagrams", signed_in(work))
        releases = all_releases(work)
        return render_template(
            "workshop/releases.html",
            releases=releases,
            in_use=next((one.number for one in releases if one.took_effect_at is not None), None),
        )


@pages.get("/utgavor/<id:number>")
def show(number: int) -> str:
    """One release: what it changed, who answers for it, and the way back to it."""
    with running_system().reading() as work:
        must_be_allowed("edit_diagrams", signed_in(work))
        release = get_release(work, number)
        later = [one for one in all_releases(work) if one.took_effect_at is not None]
        return render_template(
            "workshop/release.html",
            release=release,
            file_count=len(files_of_release(release)),
            is_in_use=bool(later) and later[0].number == number,
            before=next((one for one in later if one.number < number), None),
        )


@pages.get("/utgavor/<id:number>/utgava.zip")
def download(number: int) -> Response:
    """Every file of the release in one zip file."""
    with running_system().reading() as work:
        must_be_allowed("edit_diagrams", signed_in(work))
        files = files_of_release(get_release(work, number))
    return _zip_file(files, f"utgava-{number}.zip")


@pages.get("/<id:draft_id>/forslag.zip")
def download_proposal(draft_id: int) -> Response:
    """Every file as the proposal has it in one zip file."""
    with running_system().reading() as work:
        files = files_of_draft(work, opened(work, draft_id))
    return _zip_file(files, f"forslag-{draft_id}.zip")


@pages.post("/utgavor/<id:number>/stoppa")
def call_off(number: int) -> AnyResponse:
    """Stop a release that waits for its instant."""
    with running_system().transaction() as work:
        call_release_off(work, number=number, person=signed_in(work))
    flash(t("Utgåva {number} är stoppad. Förslaget kan ändras igen.", number=number))
    return redirect(url_for("releases.all_of_them"))


@pages.post("/utgavor/<id:number>/tillbaka")
def go_back(number: int) -> AnyResponse:
    """Begin a proposal with the files of this release."""
    with running_system().transaction() as work:
        draft_id = propose_going_back(work, number=number, person=signed_in(work)).id
    flash(
        t(
            "Förslaget har utgåva {number}:s filer. Skicka det som vanligt när kontrollen är klar.",
            number=number,
        )
    )
    return _back(draft_id)


@shows_again("releases.send")
@shows_again("releases.give_back")
@shows_again("releases.publish")
def _stale(draft_id: int, trouble: str) -> str:
    return proposal_page(draft_id, trouble=trouble)


def _back(draft_id: int) -> AnyResponse:
    return redirect(url_for("workshop.proposal", draft_id=draft_id))


def _zip_file(files: dict[str, bytes], name: str) -> Response:
    answer = Response(pack_archive(files), mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _chosen_instant() -> datetime | None:
    """The instant that was typed, in Swedish time; None for now. Raises AnswersRefused for what is no time."""
    if request.form.get("when") != "later":
        return None
    day, clock = request.form.get("day", "").strip(), request.form.get("clock", "").strip()
    try:
        return instant_on(date.fromisoformat(day), time.fromisoformat(clock))
    except ValueError:
        raise AnswersRefused({"takes_effect_at": t("Skriv dag som ÅÅÅÅ-MM-DD och tid som TT:MM.")}) from None
