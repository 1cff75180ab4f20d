"""Takes many files into a proposal at once: all of them, or none when one cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from processes.actions.process_drafts import must_be_a_file, must_be_newest, open_draft, put_file
from processes.errors import DraftFileRefused
from processes.models import Caseworker
from processes.queries.process_drafts import changed_files, files_of_draft
from processes.unit_of_work import UnitOfWork

MOST_NAMED = 5
Missing = Literal["keep", "remove_in_folders", "remove_all"]
"""Files that are not among those sent: they stay, they go from the processes that were sent, or they go altogether."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an upload changed in the proposal."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def take_files(
    work: UnitOfWork,
    *,
    draft_id: int,
    files: Mapping[str, bytes],
    seen_revision: int,
    missing: Missing,
    person: Caseworker,
) -> Taken:
    """Save all these files; `missing` says what is to happen to those that the proposal has besides.

    `seen_revision` is the proposal's revision that the sender had in front of him or her: files that somebody has saved
    since are not written over. Raises as `save_file` does, and DraftFileRefused for all files that stand in the way.
    """
    draft = open_draft(work, draft_id, person)
    for path, content in files.items():
        must_be_a_file(path, content)
    wanted = _wanted(files_of_draft(work, draft), files, missing)
    rows = changed_files(work, draft)
    newer = [path for path in wanted if path in rows and rows[path].revision > seen_revision]
    if newer:
        raise DraftFileRefused(
            f"Någon har sparat {', '.join(newer[:MOST_NAMED])} sedan du öppnade sidan. Inget är ändrat; "
            "ladda om sidan, titta på det som är nytt och ladda upp igen."
        )
    for path, new in wanted.items():
        put_file(work, draft, path, new, person, what="removed" if new is None else "uploaded")
    return Taken(
        changed=tuple(sorted(path for path in wanted if path in files)),
        removed=tuple(sorted(path for path in wanted if path not in files)),
        unchanged=len(files) - sum(path in files for path in wanted),
    )


def _wanted(
    present: Mapping[str, bytes], files: Mapping[str, bytes], missing: Missing
) -> dict[str, bytes | None]:
    """What is to change: files with another content, and None for those that go."""
    wanted: dict[str, bytes | None] = {
        path: content for path, content in files.items() if present.get(path) != content
    }
    folders = {path.split("/", 1)[0] for path in files if missing != "keep"}
    for path in present:
        if path not in files and (missing == "remove_all" or path.split("/", 1)[0] in folders):
            wanted[path] = None
    return wanted


def take_translated(
    work: UnitOfWork,
    *,
    draft_id: int,
    path: str,
    original: bytes,
    translated: Mapping[str, bytes],
    expected_revision: int,
    person: Caseworker,
) -> int:
    """Save a file from another tool as it came and then as it was translated, so that both stand in the history.

    `translated` may hold further files that came out of it, such as forms; one that exists already is left alone.
    Answers the file's revision. Raises as `save_file` does.
    """
    draft = open_draft(work, draft_id, person)
    must_be_a_file(path, original)
    must_be_newest(work, draft, path, translated.get(path, original), expected_revision)
    revision = put_file(work, draft, path, original, person, what="uploaded")
    present = files_of_draft(work, draft)
    for name, content in translated.items():
        must_be_a_file(name, content)
        if name == path:
            revision = put_file(work, draft, name, content, person, what="translated")
        elif name not in present:
            put_file(work, draft, name, content, person, what="translated")
    return revision
