"""What a notice says, as the intake form has read it: the row that is kept, and what tells it from another notice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from processes.models import Notice
from processes.rules.notice_kinds import NOTICE_KINDS


def stated(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said, as it is kept unchanged."""
    return {key: value for key, value in said.items() if value is not None}


def marks_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What tells notices of one case apart: two that agree in all of it are the same notice (E-10)."""
    return {
        "kind": said["kind"],
        "kfm_case_number": said.get("kfm_case_number") or None,
        "eviction_at": datetime.fromisoformat(said["eviction_at"]) if said.get("eviction_at") else None,
        "amount_due": Decimal(said["amount_due"]) if said.get("amount_due") else None,
        "notice_dated_on": _day(said.get("notice_dated_on")),
        "posted_on": _day(said.get("posted_on")),
        "received_at": datetime.fromisoformat(said["received_at"]),
    }


def notice_stating(said: Mapping[str, Any]) -> Notice:
    """The notice as a row that belongs to no case yet."""
    return Notice(
        **marks_of(said),
        grounds=sorted(NOTICE_KINDS[said["kind"]].grounds | set(said.get("grounds") or [])),
        channel=said["channel"],
        informant=said["informant"],
        informant_name=said.get("informant_name") or "",
        posted_registered=bool(said.get("posted_registered")),
        served_on=_day(said.get("served_on")),
        must_move_anyway=bool(said.get("must_move_anyway")),
        eviction_has_time=not said.get("eviction_time_unknown"),
        as_stated=stated(said),
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
