"""Which notices tell of children whom nobody has named: reckoned from the bare rows, apart from the product's rules."""

from __future__ import annotations

from typing import Any

from processes.clock import swedish_day
from processes.models import Event, Notice, Person
from tests.any_order.picture import Picture


def unnamed_children(picture: Picture, case_id: int) -> list[Any]:
    """Kronofogden's notices of the case that know of children of whom none is entered and that nobody ruled out."""
    ruled_out = {
        number
        for event in picture.of(Event, case_id=case_id, name="barn.uteslutet", corrected_by_id=None)
        for number in event.payload["notices"]
    }
    children = [
        one for one in picture.of(Person, case_id=case_id) if {"child", "contact_child"} & set(one.roles)
    ]
    return [
        notice
        for notice in picture.of(Notice, case_id=case_id)
        if notice.as_stated.get("children_known_to_kfm")
        and notice.id not in ruled_out
        and not any(_was_one(child, notice) for child in children)
    ]


def _was_one(child: Any, notice: Any) -> bool:
    came_on = swedish_day(notice.received_at)
    if child.died_on is not None and child.died_on <= came_on:
        return False
    if child.born_on is None:
        return True
    had_birthday = (came_on.month, came_on.day) >= (child.born_on.month, child.born_on.day)
    return bool(came_on.year - child.born_on.year - (not had_birthday) < 18)
