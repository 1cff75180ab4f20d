"""Finds what checking a set of process files showed, and what still waits to be checked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import orjson
import zstandard
from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.diagrams.examination import Examination, examiner
from processes.engine import version_of
from processes.models import ExaminedFiles, PlayedScenario

MOST_PLAYED = 20
"""So many earlier plays of a scenario are looked through for one on the same files."""


def examination_hash(files: Mapping[str, bytes]) -> str:
    """What the answer depends on: every file, and the checks as this version of the program has them."""
    return hashlib.sha256(f"{version_of(files)} {examiner()}".encode()).hexdigest()


def find_examined(session: Session, files: Mapping[str, bytes]) -> ExaminedFiles | None:
    """The row of these very files, if anybody has asked for them to be checked."""
    wanted = select(ExaminedFiles).where(ExaminedFiles.content_hash == examination_hash(files))
    return session.scalars(wanted).first()


def find_examination(session: Session, files: Mapping[str, bytes]) -> Examination | None:
    """What checking these files showed; None while it is not known."""
    row = find_examined(session, files)
    return None if row is None or row.examined_at is None else Examination.from_json(row.result)


def waiting_examinations(session: Session, limit: int) -> Sequence[int]:
    """Ids of what is to be checked, what was asked for last first: that is what somebody looks at."""
    waiting = select(ExaminedFiles.id).where(ExaminedFiles.examined_at.is_(None))
    return session.scalars(waiting.order_by(ExaminedFiles.asked_at.desc()).limit(limit)).all()


def played_before(session: Session, scenario_hash: str) -> Sequence[PlayedScenario]:
    """How the scenario went earlier, the latest first."""
    played = select(PlayedScenario).where(PlayedScenario.scenario_hash == scenario_hash)
    return session.scalars(played.order_by(PlayedScenario.played_at.desc()).limit(MOST_PLAYED)).all()


def pack_any(files: Mapping[str, bytes]) -> bytes:
    """The files as one compressed text, also those that are no text at all."""
    return zstandard.compress(
        orjson.dumps({path: content.decode("latin-1") for path, content in files.items()})
    )


def unpack_any(packed: bytes) -> dict[str, bytes]:
    """The files that `pack_any` packed."""
    texts: dict[str, str] = orjson.loads(zstandard.decompress(packed))
    return {path: text.encode("latin-1") for path, text in texts.items()}
