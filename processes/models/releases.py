"""What process owners propose to change, every step on the way, and what has been published: the releases."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.organisation import Caseworker

OPEN, SENT, APPROVED, PUBLISHED, DISCARDED = "open", "sent", "approved", "published", "discarded"


class Release(Base):
    """All files of all processes as they were published together (sv. utgåva).

    New cases use it from `takes_effect_at`; cases that run stay on the versions that they began with.
    """

    __tablename__ = "releases"
    __table_args__ = (UniqueConstraint("number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[int]
    """From 1, without gaps."""
    origin: Mapped[str]
    """workshop: a proposal; folder: the files that came with the program."""
    note: Mapped[str]
    """What is new and why, in the words of who proposed it."""
    content_hash: Mapped[str]
    """SHA-256 over all files, in hexadecimal."""
    files: Mapped[bytes] = mapped_column(LargeBinary)
    """Every file, scenarios and READMEs too, packed as in `DiagramVersion`."""
    again_id: Mapped[int | None] = mapped_column(ForeignKey("releases.id"))
    """The earlier release whose files these are: somebody has gone back to it."""
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    """None where no second person was needed."""
    published_at: Mapped[datetime]
    takes_effect_at: Mapped[datetime]
    took_effect_at: Mapped[datetime | None]
    """None while it waits for its instant."""
    called_off_at: Mapped[datetime | None]
    """It was stopped before its instant, and never took effect."""
    called_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))

    again: Mapped[Release | None] = relationship(remote_side="Release.id")
    proposed_by: Mapped[Caseworker | None] = relationship(foreign_keys=[proposed_by_id])
    approved_by: Mapped[Caseworker | None] = relationship(foreign_keys=[approved_by_id])
    called_off_by: Mapped[Caseworker | None] = relationship(foreign_keys=[called_off_by_id])
    versions: Mapped[list[ReleasedVersion]] = relationship(order_by="ReleasedVersion.process_key")

    @property
    def is_waiting(self) -> bool:
        """Is it published from an instant that has not come?"""
        return self.took_effect_at is None and self.called_off_at is None


class ReleasedVersion(Base):
    """A process that a release gave a new version, or took away (sv. utgåvans processversion)."""

    __tablename__ = "released_versions"
    __table_args__ = (UniqueConstraint("release_id", "process_key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("releases.id"), index=True)
    process_key: Mapped[str]
    version: Mapped[str | None]
    """None: the release has no such process any more."""
    before: Mapped[str | None]
    """The version that new cases used until then; None for a new process."""


class ProcessDraft(Base):
    """A proposal to change the processes (sv. ändringsförslag): files laid over those of a release."""

    __tablename__ = "process_drafts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    title: Mapped[str]
    purpose: Mapped[str]
    """Why, in the words of who made it."""
    state: Mapped[str]
    """open, sent (for approval), approved, published or discarded."""
    base_id: Mapped[int] = mapped_column(ForeignKey("releases.id"))
    """The release that the files are laid over."""
    revision: Mapped[int]
    """Counts every change of a file in the proposal."""
    base_revision: Mapped[int]
    """What `revision` was when the base was last exchanged: the revision of every file that is not changed here."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    """None for what an upgrade of the program laid out."""
    source_hash: Mapped[str | None]
    """The content hash of the folder that an upgrade brought, so that it is laid out once."""
    changed_at: Mapped[datetime]
    note: Mapped[str]
    """What is to be said of the release."""
    reservation: Mapped[str]
    """What is said of legal rules that the checks could not settle; empty where all are proven."""
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    release_id: Mapped[int | None] = mapped_column(ForeignKey("releases.id"))
    """The release that it became."""

    base: Mapped[Release] = relationship(foreign_keys=[base_id])
    release: Mapped[Release | None] = relationship(foreign_keys=[release_id])
    created_by: Mapped[Caseworker | None] = relationship(foreign_keys=[created_by_id])
    sent_by: Mapped[Caseworker | None] = relationship(foreign_keys=[sent_by_id])
    approved_by: Mapped[Caseworker | None] = relationship(foreign_keys=[approved_by_id])

    @property
    def is_open(self) -> bool:
        """May its files be changed?"""
        return self.state == OPEN


class DraftFile(Base):
    """A file as a proposal has it (sv. ändrad fil)."""

    __tablename__ = "draft_files"
    __table_args__ = (UniqueConstraint("draft_id", "path"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("process_drafts.id"))
    path: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    """None: the proposal takes the file away."""
    revision: Mapped[int]
    """What the proposal's revision became when this was saved."""
    is_unsettled: Mapped[bool]
    """The same file was published in another shape meanwhile, and nobody has said which is to hold."""
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))

    saved_by: Mapped[Caseworker | None] = relationship()


class DraftSave(Base):
    """Something that was done with a proposal (sv. förslagets historik): a save of a file, or a step to its release."""

    __tablename__ = "draft_saves"
    __table_args__ = (Index("ix_draft_saves_of_file", "draft_id", "path"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("process_drafts.id"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    what: Mapped[str]
    """saved, removed, undone, settled, updated, restored, uploaded, translated; created, sent, returned, withdrawn,
    approved, published, called_off, discarded, reopened."""
    path: Mapped[str]
    """Empty where it is about the whole proposal."""
    revision: Mapped[int]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The file as it was saved, compressed; None where there is none."""
    words: Mapped[str]
    """What the person said to it."""

    by: Mapped[Caseworker | None] = relationship()
