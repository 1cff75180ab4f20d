"""Finds out whether the logs were sound when they were last checked."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session

from processes.models import LogCheck


def newest_log_check(session: Session) -> LogCheck | None:
    """The latest check of the logs; None before the first."""
    return session.scalars(select(LogCheck).order_by(LogCheck.id.desc()).limit(1)).first()


def flaws_found_last() -> ScalarSelect[int]:
    """Asks how many flaws the latest check found; NULL before the first."""
    return select(LogCheck.flaws).order_by(LogCheck.id.desc()).limit(1).scalar_subquery()
