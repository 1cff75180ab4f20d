"""Finds what has been published: the releases, what each of them changed, and the one that waits for its instant."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, selectinload

from processes.errors import ReleaseNotFound
from processes.models import Release
from processes.queries.diagrams import unpack_files
from processes.queries.process_drafts import Transaction

MOST_RELEASES = 200


def all_releases(work: Transaction) -> Sequence[Release]:
    """The releases, newest first, with what each of them changed; their files are left unread."""
    return work.session.scalars(
        select(Release)
        .options(
            defer(Release.files),
            joinedload(Release.proposed_by),
            joinedload(Release.approved_by),
            joinedload(Release.called_off_by),
            joinedload(Release.again).defer(Release.files),
            selectinload(Release.versions),
        )
        .order_by(Release.number.desc())
        .limit(MOST_RELEASES)
    ).all()


def get_release(work: Transaction, number: int) -> Release:
    """The release with this number. Raises ReleaseNotFound."""
    release = work.session.scalars(select(Release).where(Release.number == number)).one_or_none()
    if release is None:
        raise ReleaseNotFound(str(number))
    return release


def files_of_release(release: Release) -> dict[str, bytes]:
    """Every file of the release."""
    return unpack_files(release.files)


def find_waiting_release(work: Transaction) -> Release | None:
    """The release that is published and waits for its instant."""
    return work.session.scalars(
        select(Release).where(Release.took_effect_at.is_(None), Release.called_off_at.is_(None))
    ).first()


def find_release_from_folder(work: Transaction) -> Release | None:
    """The last release of the files that came with the program."""
    return work.session.scalars(
        select(Release)
        .where(Release.origin == "folder", Release.took_effect_at.is_not(None))
        .order_by(Release.number.desc())
        .limit(1)
    ).first()
