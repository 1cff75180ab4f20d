"""Publishes diagrams: a new version for new cases, while running cases stay on the one that they began with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select, text, update

from processes.diagrams.check import problems_in
from processes.diagrams.files import files_of_process, is_safe_path, read_folder, startable_keys
from processes.diagrams.names import known_names
from processes.diagrams.problems import errors
from processes.engine import version_of
from processes.errors import DiagramRefused
from processes.models import DiagramVersion
from processes.operations import OPERATIONS
from processes.queries.diagrams import open_version, pack_files
from processes.unit_of_work import UnitOfWork


def publish_folder(work: UnitOfWork, folder: Path) -> list[str]:
    """Publish every process in the folder whose files have changed; answers the keys of those that had.

    Raises DiagramRefused with everything that is wrong in the folder, if anything is; then nothing is published.
    """
    files = read_folder(folder)
    published = [key for key in startable_keys(files) if publish(work, key, files_of_process(files, key))]
    if published:
        _refuse_what_is_wrong(files)
    return published


def _refuse_what_is_wrong(files: Mapping[str, bytes]) -> None:
    wrong = errors(problems_in(files, known_names(OPERATIONS)))
    if wrong:
        raise DiagramRefused("\n".join(str(problem) for problem in wrong))


def _refuse_unsafe_names(files: Mapping[str, bytes]) -> None:
    unsafe = [name for name in files if not is_safe_path(name)]
    if unsafe:
        raise DiagramRefused(f"no names for files of a diagram: {unsafe[:5]!r}")


def publish(work: UnitOfWork, process_key: str, files: Mapping[str, bytes]) -> bool:
    """Publish these files as the process's current version; False if they are that. Raises DiagramRefused."""
    _refuse_unsafe_names(files)
    version = version_of(files)
    if work.session.get_bind().dialect.name == "postgresql":
        # Two who publish at once take turns; SQLite has one writer anyway.
        work.session.execute(text("LOCK TABLE diagram_versions IN SHARE ROW EXCLUSIVE MODE"))
    current = work.session.scalar(
        select(DiagramVersion.version).where(
            DiagramVersion.process_key == process_key, DiagramVersion.is_current
        )
    )
    if current == version:
        return False
    opened = open_version(process_key, files)
    work.session.execute(
        update(DiagramVersion).where(DiagramVersion.process_key == process_key).values(is_current=False)
    )
    known = _known_version(work, process_key, version)
    if known is not None:
        known.is_current = True
        return True
    work.session.add(
        DiagramVersion(
            process_key=process_key,
            version=version,
            title=opened.bundle.title if opened.parsed else process_key,
            files=pack_files(files),
            published_at=work.now,
            is_current=True,
        )
    )
    work.session.flush()
    return True


def _known_version(work: UnitOfWork, process_key: str, version: str) -> DiagramVersion | None:
    return work.session.scalars(
        select(DiagramVersion).where(
            DiagramVersion.process_key == process_key, DiagramVersion.version == version
        )
    ).first()
