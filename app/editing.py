"""A file of a change proposal, opened in an editor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import url_for

from app.process_files import kind_of
from app.workshop import opened
from processes.errors import DraftFileNotFound, Invalid
from processes.models import ProcessDraft
from processes.queries.process_drafts import files_of_draft, revision_of
from processes.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file of a proposal, as an editor shows it."""

    draft: ProcessDraft
    path: str
    content: bytes
    revision: int
    files: Mapping[str, bytes]
    """Every file as it would be if the proposal were published."""

    @property
    def key(self) -> str:
        """The process that the file belongs to."""
        return self.path.split("/", 1)[0]

    @property
    def name(self) -> str:
        """The file's name without its folder and kind."""
        return self.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    @property
    def address(self) -> str:
        """Where the file is read and saved."""
        return url_for("workshop_files.content", draft_id=self.draft.id, path=self.path)

    @property
    def text(self) -> str:
        """The file's content as text; what is no UTF-8 is shown as it can be."""
        return self.content.decode("utf-8", "replace")

    def with_content(self, content: bytes) -> OpenFile:
        """The file as it would be with another content."""
        return replace(self, content=content, files={**self.files, self.path: content})


def open_file(work: UnitOfWork, draft_id: int, path: str, *kinds: str) -> OpenFile:
    """The file for whoever may change processes, of one of these kinds if any are named.

    Raises NotAllowed, DraftNotFound, DraftFileNotFound, and Invalid for a file of another kind.
    """
    draft = opened(work, draft_id)
    if kinds and kind_of(path) not in kinds:
        raise Invalid(f"{path} is of another kind")
    files = files_of_draft(work, draft)
    if path not in files:
        raise DraftFileNotFound(path)
    return OpenFile(draft, path, files[path], revision_of(work, draft, path), files)
