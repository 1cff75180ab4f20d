"""Finds what somebody has begun to write in a form."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from processes.models import Caseworker, Draft


def find_draft(session: Session, place: str, caseworker: Caseworker) -> Draft | None:
    """The person's own draft of this form."""
    return session.scalars(
        select(Draft).where(Draft.place == place, Draft.caseworker_id == caseworker.id)
    ).one_or_none()


def find_colleagues_draft(session: Session, place: str, caseworker: Caseworker) -> Draft | None:
    """The newest draft that somebody else has left in the form, for who has taken the task over."""
    left = select(Draft).where(Draft.place == place, Draft.caseworker_id != caseworker.id)
    return session.scalars(
        left.options(joinedload(Draft.caseworker)).order_by(Draft.saved_at.desc()).limit(1)
    ).first()
