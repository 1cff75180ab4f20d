"""Finds who was not let in: the list for who keeps the system or its logs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from processes.models import Caseworker, RefusedSignIn
from processes.queries.access import must_be_allowed
from processes.queries.places import row_number

NOBODYS = ""
"""The administration of a try with a name that no account has."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """Some rows, the newest first, and where the next page begins."""

    rows: Sequence[RefusedSignIn]
    next_after: str | None


def refused_sign_ins(
    session: Session, caseworker: Caseworker, *, after: str | None = None, size: int = 100
) -> Refusals:
    """Who was not let in to the person's administration, and tries with names that nobody has.

    Raises NotAllowed for who keeps neither the system nor its logs.
    """
    must_be_allowed("read_sign_ins", caseworker)
    seen = select(RefusedSignIn).where(
        RefusedSignIn.administration_key.in_((caseworker.administration_key, NOBODYS))
    )
    if after:
        seen = seen.where(RefusedSignIn.id < row_number(after))
    newest = seen.options(joinedload(RefusedSignIn.caseworker)).order_by(RefusedSignIn.id.desc())
    rows = session.scalars(newest.limit(size + 1)).unique().all()
    return Refusals(rows[:size], str(rows[size - 1].id) if len(rows) > size else None)


def newest_refusal(session: Session, *, address: str, caseworker_id: int | None) -> RefusedSignIn | None:
    """The latest row of this address about this account, or about none."""
    return session.scalars(
        select(RefusedSignIn)
        .where(RefusedSignIn.address == address, RefusedSignIn.caseworker_id == caseworker_id)
        .order_by(RefusedSignIn.id.desc())
        .limit(1)
    ).first()
