"""Publishes all files of all processes together, as a release that new cases use from an instant on.

A release is numbered, keeps every file whole, and says which processes got a new version. Only one waits for its
instant at a time, so that nothing is published on top of what is not in use yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from processes.actions.versions import lock_versions, make_current, store_version
from processes.diagrams.files import files_of_process, startable_keys
from processes.errors import ReleaseNotFound, ReleaseNotWaiting, ReleaseWaits
from processes.models import Caseworker, Release, ReleasedVersion
from processes.queries.diagrams import current_versions, pack_files
from processes.queries.process_drafts import content_hash, files_of_versions, newest_release
from processes.queries.releases import find_waiting_release
from processes.unit_of_work import UnitOfWork

JOB = "releases"
"""The worker's job that lets a release take effect when its instant comes."""


def release_files(
    work: UnitOfWork,
    files: Mapping[str, bytes],
    *,
    origin: str,
    note: str,
    proposed_by_id: int | None = None,
    approved_by_id: int | None = None,
    takes_effect_at: datetime | None = None,
) -> Release:
    """Publish these files as the next release, from now on or from a later instant.

    Raises ReleaseWaits while another waits for its instant, and DiagramRefused for files that cannot be run.
    """
    lock_versions(work)
    must_not_wait(work)
    digest = content_hash(files)
    release = Release(
        number=(work.session.scalar(select(func.max(Release.number))) or 0) + 1,
        origin=origin,
        note=note,
        content_hash=digest,
        files=pack_files(files),
        again_id=_released_before(work, digest),
        proposed_by_id=proposed_by_id,
        approved_by_id=approved_by_id,
        published_at=work.now,
        takes_effect_at=max(takes_effect_at or work.now, work.now),
    )
    work.session.add(release)
    work.session.flush()
    _store_versions(work, release, files)
    if release.takes_effect_at == work.now:
        take_effect(work, release)
    else:
        work.leave_for(JOB, release.takes_effect_at)
    return release


def must_not_wait(work: UnitOfWork) -> None:
    """Raises ReleaseWaits while a release waits for its instant."""
    waiting = find_waiting_release(work)
    if waiting is not None:
        raise ReleaseWaits(waiting.number)


def take_effect(work: UnitOfWork, release: Release) -> None:
    """Let new cases use the release; those that run stay on their versions."""
    for one in release.versions:
        make_current(work, one.process_key, one.version)
    release.took_effect_at = work.now
    work.session.flush()


def let_due_release_take_effect(work: UnitOfWork) -> int | None:
    """Let the release whose instant has come take effect; answers its number, None if there is none."""
    lock_versions(work)
    waiting = find_waiting_release(work)
    if waiting is None or waiting.takes_effect_at > work.now:
        return None
    take_effect(work, waiting)
    return waiting.number


def call_off(work: UnitOfWork, release_id: int, person: Caseworker) -> Release:
    """Stop a release that waits for its instant. Raises ReleaseNotFound and ReleaseNotWaiting."""
    lock_versions(work)
    release = work.session.get(Release, release_id, populate_existing=True)
    if release is None:
        raise ReleaseNotFound(str(release_id))
    if not release.is_waiting:
        raise ReleaseNotWaiting(str(release.number))
    release.called_off_at, release.called_off_by_id = work.now, person.id
    work.session.flush()
    return release


def first_release(work: UnitOfWork) -> Release:
    """The release in use; a database that is older than releases gets its first one, of what is current."""
    release = newest_release(work)
    if release is None:
        release = release_files(
            work, files_of_versions(work), origin="folder", note="Det som gällde när utgåvorna började."
        )
    return release


def _store_versions(work: UnitOfWork, release: Release, files: Mapping[str, bytes]) -> None:
    before = current_versions(work.session)
    keys = startable_keys(files)
    for key in keys:
        version = store_version(work, key, files_of_process(files, key))
        if before.get(key) != version:
            _add_version(work, release, key, version, before.get(key))
    for key in sorted(before.keys() - set(keys)):
        _add_version(work, release, key, None, before[key])
    work.session.flush()
    work.session.refresh(release, ["versions"])


def _add_version(
    work: UnitOfWork, release: Release, key: str, version: str | None, before: str | None
) -> None:
    work.session.add(ReleasedVersion(release_id=release.id, process_key=key, version=version, before=before))


def _released_before(work: UnitOfWork, digest: str) -> int | None:
    """The newest release of exactly these files, if they were in use once."""
    return work.session.scalar(
        select(Release.id)
        .where(Release.content_hash == digest, Release.took_effect_at.is_not(None))
        .order_by(Release.number.desc())
        .limit(1)
    )
