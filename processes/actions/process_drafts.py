"""Changes a proposal: saves, removes and restores its files, so that nobody overwrites what somebody else has saved.

Every save names the revision that the writer had in front of him or her. If the file has another one by now, nothing
is saved and both texts come back (DraftClash). The history keeps every save.
"""

from __future__ import annotations

import re

import zstandard

from processes.actions.releases import first_release
from processes.diagrams.files import LARGEST_FILE, is_safe_path
from processes.errors import AnswersRefused, DraftClash, DraftFileRefused, DraftNotOpen
from processes.models import Caseworker, DraftFile, DraftSave, ProcessDraft, Release
from processes.models.releases import DISCARDED, OPEN
from processes.queries.access import must_be_allowed
from processes.queries.process_drafts import (
    base_files,
    content_of,
    find_file,
    get_draft_for_update,
    get_save,
)
from processes.unit_of_work import UnitOfWork

LONGEST_TITLE = 120
LONGEST_WORDS = 5_000
PLACES = re.compile(
    r"[a-z0-9][a-z0-9-]*/(?:[\w-]+\.(?:bpmn|dmn)|README\.md|forms/[\w.-]+\.json|letters/[\w.-]+\.md"
    r"|scenarios/[\w.-]+\.ya?ml)",
    re.ASCII,
)
"""Where a file of a process can lie."""


def create_draft(work: UnitOfWork, *, title: str, purpose: str, person: Caseworker) -> ProcessDraft:
    """Begin a proposal on top of what is published. Raises NotAllowed, and AnswersRefused without a title."""
    must_be_allowed("edit_diagrams", person)
    named = _checked_title(title)
    return begin_draft(
        work, base=first_release(work), title=named, purpose=purpose.strip()[:LONGEST_WORDS], person=person
    )


def begin_draft(
    work: UnitOfWork,
    *,
    base: Release,
    title: str,
    purpose: str,
    person: Caseworker | None,
    source_hash: str | None = None,
) -> ProcessDraft:
    """Begin a proposal on top of a release, without asking who may; nobody's when a folder of files is its source."""
    draft = ProcessDraft(
        title=title,
        purpose=purpose,
        state=OPEN,
        base_id=base.id,
        revision=0,
        base_revision=0,
        created_at=work.now,
        created_by_id=person.id if person else None,
        source_hash=source_hash,
        changed_at=work.now,
        note="",
        reservation="",
    )
    work.session.add(draft)
    work.session.flush()
    write_step(work, draft, "created", person)
    return draft


def _checked_title(title: str) -> str:
    if not title.strip():
        raise AnswersRefused({"title": "Skriv vad förslaget ska heta."})
    if len(title.strip()) > LONGEST_TITLE:
        raise AnswersRefused({"title": f"Använd högst {LONGEST_TITLE} tecken."})
    return title.strip()


def save_file(
    work: UnitOfWork,
    *,
    draft_id: int,
    path: str,
    content: bytes,
    expected_revision: int,
    person: Caseworker,
) -> int:
    """Save a file in the proposal; answers its new revision.

    Raises DraftNotFound, NotAllowed, DraftNotOpen, DraftFileRefused, and DraftClash when somebody saved it since.
    """
    draft = open_draft(work, draft_id, person)
    must_be_a_file(path, content)
    must_be_newest(work, draft, path, content, expected_revision)
    return put_file(work, draft, path, content, person, what="saved")


def remove_file(
    work: UnitOfWork, *, draft_id: int, path: str, expected_revision: int, person: Caseworker
) -> int:
    """Let the proposal take the file away; answers its new revision. Raises as `save_file` does."""
    draft = open_draft(work, draft_id, person)
    must_be_newest(work, draft, path, b"", expected_revision)
    return put_file(work, draft, path, None, person, what="removed")


def undo_file(
    work: UnitOfWork, *, draft_id: int, path: str, expected_revision: int, person: Caseworker
) -> int:
    """Let the file be as it is published; answers its new revision. Raises as `save_file` does."""
    draft = open_draft(work, draft_id, person)
    must_be_newest(work, draft, path, b"", expected_revision)
    return put_file(work, draft, path, base_files(work, draft).get(path), person, what="undone")


def restore_save(
    work: UnitOfWork, *, draft_id: int, save_id: int, expected_revision: int, person: Caseworker
) -> int:
    """Let the file be as it was at an earlier save; answers its new revision. Raises as `save_file` does."""
    draft = open_draft(work, draft_id, person)
    save = get_save(work, draft, save_id)
    content = content_of(save)
    must_be_newest(work, draft, save.path, content or b"", expected_revision)
    return put_file(work, draft, save.path, content, person, what="restored")


def describe_draft(work: UnitOfWork, *, draft_id: int, title: str, purpose: str, person: Caseworker) -> None:
    """Say anew what the proposal is called and why it is made. Raises as `create_draft` does, and DraftNotOpen."""
    draft = open_draft(work, draft_id, person)
    draft.title, draft.purpose = _checked_title(title), purpose.strip()[:LONGEST_WORDS]
    draft.changed_at = work.now


def discard_draft(work: UnitOfWork, *, draft_id: int, person: Caseworker) -> None:
    """Put the proposal aside; its history stays, and it can be taken up again. Raises as `save_file` does."""
    draft = open_draft(work, draft_id, person)
    draft.state, draft.changed_at = DISCARDED, work.now
    write_step(work, draft, "discarded", person)


def reopen_draft(work: UnitOfWork, *, draft_id: int, person: Caseworker) -> None:
    """Take up a discarded proposal again. Raises as `save_file` does; DraftNotOpen if it was not discarded."""
    must_be_allowed("edit_diagrams", person)
    draft = get_draft_for_update(work, draft_id)
    if draft.state != DISCARDED:
        raise DraftNotOpen(f"proposal {draft.id} is {draft.state}")
    draft.state, draft.changed_at = OPEN, work.now
    write_step(work, draft, "reopened", person)


def open_draft(work: UnitOfWork, draft_id: int, person: Caseworker) -> ProcessDraft:
    """The proposal, locked and open for changes. Raises DraftNotFound, NotAllowed and DraftNotOpen."""
    must_be_allowed("edit_diagrams", person)
    draft = get_draft_for_update(work, draft_id)
    if not draft.is_open:
        raise DraftNotOpen(f"proposal {draft.id} is {draft.state}")
    return draft


def must_be_a_file(path: str, content: bytes) -> None:
    """Raises DraftFileRefused for a file that no process has."""
    if not is_safe_path(path) or not PLACES.fullmatch(path):
        raise DraftFileRefused(
            f"”{path[:80]}” är ingen plats för en fil. En process har sitt diagram som namn/namn.bpmn, sina tabeller "
            "som namn/tabell.dmn och resten i mapparna forms, letters och scenarios."
        )
    if len(content) > LARGEST_FILE:
        raise DraftFileRefused(f"{path}: filen är större än {LARGEST_FILE // 1_000_000} MB.")
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise DraftFileRefused(f"{path}: filen är inte text i UTF-8.") from None
    if "\0" in text:
        raise DraftFileRefused(f"{path}: filen innehåller tecken som ingen text har.")


def put_file(
    work: UnitOfWork,
    draft: ProcessDraft,
    path: str,
    content: bytes | None,
    person: Caseworker | None,
    *,
    what: str,
) -> int:
    """Lay the file over the published one, write it into the history, and answer its revision."""
    row = find_file(work, draft, path)
    published = base_files(work, draft).get(path)
    before = published if row is None else row.content
    if content == before and what != "settled":
        return draft.base_revision if row is None else row.revision
    draft.revision += 1
    draft.changed_at = work.now
    _log(work, draft, what, person, path=path, content=content)
    if content == published:
        if row is not None:
            work.session.delete(row)
            work.session.flush()
        return draft.base_revision
    if row is None:
        row = DraftFile(draft_id=draft.id, path=path, is_unsettled=False)
        work.session.add(row)
    row.content, row.revision = content, draft.revision
    row.saved_at, row.saved_by_id = work.now, person.id if person else None
    work.session.flush()
    return row.revision


def write_step(
    work: UnitOfWork, draft: ProcessDraft, what: str, person: Caseworker | None, words: str = ""
) -> None:
    """Write into the history what was done with the whole proposal."""
    _log(work, draft, what, person, words=words)


def _log(
    work: UnitOfWork,
    draft: ProcessDraft,
    what: str,
    person: Caseworker | None,
    *,
    path: str = "",
    content: bytes | None = None,
    words: str = "",
) -> None:
    work.session.add(
        DraftSave(
            draft_id=draft.id,
            at=work.now,
            by_id=person.id if person else None,
            what=what,
            path=path,
            revision=draft.revision,
            content=None if content is None else zstandard.compress(content),
            words=words,
        )
    )
    work.session.flush()


def must_be_newest(
    work: UnitOfWork, draft: ProcessDraft, path: str, mine: bytes, expected_revision: int
) -> None:
    """Raises DraftClash, with both texts, when the file has another revision than the writer had."""
    row = find_file(work, draft, path)
    revision = draft.base_revision if row is None else row.revision
    if revision == expected_revision:
        return
    raise DraftClash(
        draft_id=draft.id,
        path=path,
        revision=revision,
        mine=mine,
        theirs=base_files(work, draft).get(path) if row is None else row.content,
        saved_by=row.saved_by.name if row is not None and row.saved_by else "",
        saved_at=row.saved_at if row is not None else None,
    )
