"""Keeps what somebody has begun to write in a form until it is sent or thrown away.

A draft is the writer's own and changes nothing in the case; whoever takes the task over may read it. Saving needs no
lock of the case: the last word of one writer replaces the earlier one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import cast

from sqlalchemy import Delete, Table, bindparam, delete

from processes.errors import Invalid
from processes.models import Caseworker, Draft, Task
from processes.queries.drafts import find_draft
from processes.unit_of_work import UnitOfWork

LARGEST_DRAFT = 200_000
"""Characters; a form of the handbook has a few thousand."""
MOST_FIELDS = 1000

Typed = Sequence[tuple[str, str]]


def place_of_task(task_id: int) -> str:
    """The form of a task."""
    return f"task:{task_id}"


def place_of_event(case_id: int, name: str) -> str:
    """The form of something that has happened in a case."""
    return f"event:{case_id}:{name}"


def place_of_notice(kind: str) -> str:
    """The form of a notice of one kind that is being taken in."""
    return f"notice:{kind}"


def save_draft(
    work: UnitOfWork, *, place: str, case_id: int | None, caseworker: Caseworker, typed: Typed
) -> None:
    """Keep what is typed; a form in which nothing stands is forgotten. Raises Invalid for too much."""
    said = [[name, text] for name, text in typed if text != ""]
    if len(said) > MOST_FIELDS or sum(len(name) + len(text) for name, text in said) > LARGEST_DRAFT:
        raise Invalid("a draft is too large to be kept")
    draft = find_draft(work.session, place, caseworker)
    if not said:
        if draft is not None:
            work.session.delete(draft)
        return
    if draft is None:
        draft = Draft(place=place, case_id=case_id, caseworker_id=caseworker.id)
        work.session.add(draft)
    draft.typed, draft.saved_at = said, work.now


def throw_draft_away(work: UnitOfWork, *, place: str, caseworker: Caseworker) -> None:
    """Forget the person's own draft of the form, if there is one."""
    draft = find_draft(work.session, place, caseworker)
    if draft is not None:
        work.session.delete(draft)


def forget_drafts_of_task(work: UnitOfWork, task: Task) -> None:
    """The task is done: what was begun in it, by anybody, stands in its answers now."""
    work.session.execute(_of_place(), {"forgotten": place_of_task(task.id)})


@cache
def _of_place() -> Delete:
    # Of the table and not of the rows: who completes a task holds no draft that would have to be told.
    table = cast(Table, Draft.__table__)
    return delete(table).where(table.c.place == bindparam("forgotten"))
