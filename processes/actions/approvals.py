"""Takes a proposal from its makers over a second pair of eyes to a release, and back to an earlier release.

A proposal is sent with a release note, another process owner approves it, and then it is published, from now or from a
chosen instant. On each step exactly these files must have passed every check; whatever changes a file starts anew.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from processes.actions.examinations import ask_for_examination
from processes.actions.process_drafts import create_draft, open_draft, put_file, write_step
from processes.actions.releases import call_off, must_not_wait, release_files
from processes.errors import AnotherOwnerNeeded, AnswersRefused, DraftNotOpen, DraftNotReady
from processes.models import Caseworker, ProcessDraft, Release
from processes.models.releases import APPROVED, OPEN, PUBLISHED, SENT
from processes.queries.access import must_be_allowed
from processes.queries.process_drafts import (
    base_files,
    files_of_draft,
    find_draft_of,
    get_draft_for_update,
)
from processes.queries.readiness import Readiness, readiness_of
from processes.queries.releases import files_of_release, get_release
from processes.unit_of_work import UnitOfWork

SHORTEST_NOTE = 10
LONGEST_NOTE = 5_000
LATEST = timedelta(days=366)


def send_for_approval(
    work: UnitOfWork, *, draft_id: int, note: str, reservation: str = "", person: Caseworker
) -> None:
    """Ask another process owner to approve the proposal, with what is to be said of the release.

    `reservation` says what is known of legal rules that the checks could not prove on every way. Where no second person
    is needed the proposal is approved at once. Raises DraftNotFound, NotAllowed, DraftNotOpen, AnswersRefused, and
    DraftNotReady.
    """
    draft = open_draft(work, draft_id, person)
    ready = _must_be_ready(work, draft)
    problems = {}
    if len(note.strip()) < SHORTEST_NOTE:
        problems["note"] = "Skriv vad som är nytt och varför, så att kollegerna förstår det."
    if ready.unproven and len(reservation.strip()) < SHORTEST_NOTE:
        problems["reservation"] = (
            "Skriv varför reglerna ändå följs; kontrollen kunde inte visa det hela vägen."
        )
    if problems:
        raise AnswersRefused(problems)
    draft.note = note.strip()[:LONGEST_NOTE]
    draft.reservation = reservation.strip()[:LONGEST_NOTE] if ready.unproven else ""
    draft.sent_at, draft.sent_by_id = work.now, person.id
    draft.state = SENT if work.policy.release_needs_approval else APPROVED
    draft.changed_at = work.now
    write_step(work, draft, "sent", person, draft.note)


def approve_draft(work: UnitOfWork, *, draft_id: int, person: Caseworker) -> None:
    """Approve what somebody else has sent. Raises DraftNotOpen unless it is sent, AnotherOwnerNeeded, DraftNotReady."""
    draft = _draft_in(work, draft_id, person, SENT)
    if draft.sent_by_id == person.id and work.policy.release_needs_approval:
        raise AnotherOwnerNeeded(f"proposal {draft.id}")
    _must_be_ready(work, draft)
    draft.state, draft.changed_at = APPROVED, work.now
    draft.approved_at, draft.approved_by_id = work.now, person.id
    write_step(work, draft, "approved", person)


def return_draft(work: UnitOfWork, *, draft_id: int, words: str, person: Caseworker) -> None:
    """Open a sent or approved proposal for changes again; who did not send it says why. Raises as `approve_draft`."""
    draft = _draft_in(work, draft_id, person, SENT, APPROVED)
    is_own = draft.sent_by_id == person.id
    if not is_own and len(words.strip()) < SHORTEST_NOTE:
        raise AnswersRefused({"words": "Skriv vad som behöver ändras."})
    _open_again(draft, work.now)
    write_step(work, draft, "withdrawn" if is_own else "returned", person, words.strip()[:LONGEST_NOTE])


def publish_draft(
    work: UnitOfWork, *, draft_id: int, person: Caseworker, takes_effect_at: datetime | None = None
) -> Release:
    """Make the approved proposal the next release, for new cases from now or from `takes_effect_at`.

    Raises DraftNotOpen unless it is approved, DraftNotReady, ReleaseWaits, AnotherOwnerNeeded, and AnswersRefused for
    an instant that has passed or is too far away.
    """
    draft = _draft_in(work, draft_id, person, APPROVED)
    if draft.approved_by_id is None and work.policy.release_needs_approval:
        raise AnotherOwnerNeeded(f"proposal {draft.id}")
    if takes_effect_at is not None and not work.now < takes_effect_at <= work.now + LATEST:
        raise AnswersRefused({"takes_effect_at": "Välj en tid som inte har varit, högst ett år fram."})
    must_not_wait(work)
    _must_be_ready(work, draft)
    note = "\n\n".join(words for words in (draft.note, draft.reservation) if words)
    release = release_files(
        work,
        files_of_draft(work, draft),
        origin="workshop",
        note=note,
        proposed_by_id=draft.sent_by_id,
        approved_by_id=draft.approved_by_id,
        takes_effect_at=takes_effect_at,
    )
    draft.state, draft.release_id, draft.changed_at = PUBLISHED, release.id, work.now
    write_step(work, draft, "published", person, str(release.number))
    work.session.refresh(draft, ["release"])
    return release


def call_release_off(work: UnitOfWork, *, number: int, person: Caseworker) -> None:
    """Stop a release that waits for its instant; its proposal is open again. Raises NotAllowed, ReleaseNotWaiting."""
    must_be_allowed("edit_diagrams", person)
    release = get_release(work, number)
    call_off(work, release.id, person)
    draft = find_draft_of(work, release)
    if draft is not None:
        draft.release_id = None
        _open_again(draft, work.now)
        write_step(work, draft, "called_off", person, str(release.number))


def propose_going_back(work: UnitOfWork, *, number: int, person: Caseworker) -> ProcessDraft:
    """Begin a proposal with the files of an earlier release; it goes the same way as every other.

    Raises NotAllowed, ReleaseNotFound, and DraftNotReady when everything is as it was then already.
    """
    release = get_release(work, number)
    draft = create_draft(
        work,
        title=f"Tillbaka till utgåva {number}",
        purpose=f"Det som utgåva {number} hade ska gälla igen för nya ärenden.",
        person=person,
    )
    then, now = files_of_release(release), base_files(work, draft)
    differing = [path for path in sorted(then.keys() | now.keys()) if then.get(path) != now.get(path)]
    if not differing:
        raise DraftNotReady(("nothing_changed",))
    for path in differing:
        put_file(work, draft, path, then.get(path), person, what="saved")
    ask_for_examination(work, files_of_draft(work, draft))
    return draft


def _draft_in(work: UnitOfWork, draft_id: int, person: Caseworker, *states: str) -> ProcessDraft:
    """The proposal, locked and in one of these states. Raises DraftNotFound, NotAllowed and DraftNotOpen."""
    must_be_allowed("edit_diagrams", person)
    draft = get_draft_for_update(work, draft_id)
    if draft.state not in states:
        raise DraftNotOpen(f"proposal {draft.id} is {draft.state}")
    return draft


def _must_be_ready(work: UnitOfWork, draft: ProcessDraft) -> Readiness:
    ready = readiness_of(work, draft)
    if ready.remains:
        raise DraftNotReady(ready.remains)
    return ready


def _open_again(draft: ProcessDraft, now: datetime) -> None:
    draft.state, draft.changed_at = OPEN, now
    draft.sent_at = draft.sent_by_id = draft.approved_at = draft.approved_by_id = None
