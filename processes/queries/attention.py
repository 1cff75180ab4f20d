"""Counts what the head of every page says waits for somebody: in one statement, for every page asks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session

from processes.models import Caseworker
from processes.queries.jobs import count_given_up
from processes.queries.log_checks import flaws_found_last
from processes.queries.notifications import count_unseen
from processes.queries.process_drafts import count_to_approve
from processes.rules.permissions import may


@dataclass(frozen=True, slots=True)
class Attention:
    """What waits for a person who looks at any page."""

    unseen: int = 0
    """Notifications for the person or the units (queries/notifications.py)."""
    given_up: int = 0
    """What the system could not do and leaves to somebody who looks after operations; 0 for everybody else."""
    proposals: int = 0
    """Proposals to change the processes that wait for another process owner than who sent them."""
    logs_are_sound: bool = True
    """False for who watches over the logs, when somebody has tampered with them; nobody else is asked to mind."""


def attention_of(session: Session, caseworker: Caseworker) -> Attention:
    """What waits for the caseworker."""
    asked: dict[str, ScalarSelect[Any]] = {"unseen": count_unseen(caseworker)}
    if may("see_operations", caseworker.roles, caseworker.units):
        asked["given_up"] = count_given_up(caseworker)
    if may("read_sign_ins", caseworker.roles, caseworker.units):
        asked["flaws"] = flaws_found_last()
    if may("edit_diagrams", caseworker.roles, caseworker.units):
        asked["proposals"] = count_to_approve(caseworker)
    found = session.execute(select(*(one.label(name) for name, one in asked.items()))).mappings().one()
    return Attention(
        found["unseen"],
        found.get("given_up", 0),
        found.get("proposals", 0),
        logs_are_sound=not found.get("flaws"),
    )
