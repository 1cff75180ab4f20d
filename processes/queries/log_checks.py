"""Finds out whether the logs were sound when they were last checked."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.models import Caseworker, LogCheck
from processes.rules.permissions import may


def newest_log_check(session: Session) -> LogCheck | None:
    """The latest check of the logs; None before the first."""
    return session.scalars(select(LogCheck).order_by(LogCheck.id.desc()).limit(1)).first()


def logs_are_doubted(session: Session, caseworker: Caseworker) -> bool:
    """Whether the person is to be told that somebody has tampered with the logs; nobody else is asked to mind."""
    if not may("read_sign_ins", caseworker.roles, caseworker.units):
        return False
    newest = newest_log_check(session)
    return newest is not None and newest.flaws > 0
