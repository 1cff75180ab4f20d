"""Keeps the versions of each process: stores a new one, and says which of them new cases use."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, text, update

from processes.diagrams.files import is_safe_path
from processes.engine import version_of
from processes.errors import DiagramRefused
from processes.models import DiagramVersion
from processes.queries.diagrams import open_version, pack_files
from processes.unit_of_work import UnitOfWork


def lock_versions(work: UnitOfWork) -> None:
    """Let two who publish at once take turns; SQLite has one writer anyway."""
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(text("LOCK TABLE diagram_versions IN SHARE ROW EXCLUSIVE MODE"))


def store_version(work: UnitOfWork, process_key: str, files: Mapping[str, bytes]) -> str:
    """Keep these files as a version of the process, not yet used by anything; answers it. Raises DiagramRefused."""
    unsafe = [name for name in files if not is_safe_path(name)]
    if unsafe:
        raise DiagramRefused(f"no names for files of a diagram: {unsafe[:5]!r}")
    version = version_of(files)
    if _known_version(work, process_key, version) is None:
        opened = open_version(process_key, files)
        work.session.add(
            DiagramVersion(
                process_key=process_key,
                version=version,
                title=opened.bundle.title if opened.parsed else process_key,
                files=pack_files(files),
                published_at=work.now,
                is_current=False,
            )
        )
        work.session.flush()
    return version


def make_current(work: UnitOfWork, process_key: str, version: str | None) -> None:
    """Let new cases use this stored version of the process; None lets no new case use the process."""
    of_process = DiagramVersion.process_key == process_key
    work.forget_versions()
    work.session.execute(
        update(DiagramVersion).where(of_process, DiagramVersion.is_current).values(is_current=False)
    )
    if version is not None:
        work.session.execute(
            update(DiagramVersion)
            .where(of_process, DiagramVersion.version == version)
            .values(is_current=True)
        )


def _known_version(work: UnitOfWork, process_key: str, version: str) -> int | None:
    return work.session.scalar(
        select(DiagramVersion.id).where(
            DiagramVersion.process_key == process_key, DiagramVersion.version == version
        )
    )
