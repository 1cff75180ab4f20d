"""Small look-ups that several pages need to put names on things: titles of processes and of steps."""

from __future__ import annotations

from collections.abc import Callable

from processes.queries.diagrams import current_diagrams
from processes.queries.tasks import tasks_of_case
from processes.unit_of_work import UnitOfWork


def process_titles(work: UnitOfWork) -> Callable[[str], str]:
    """The published title of a process by its key; the key itself if there is none."""
    titles = {one.process_key: one.title for one in current_diagrams(work.session)}
    return lambda key: titles.get(key, key)


def step_names(work: UnitOfWork, case_id: int) -> Callable[[str], str]:
    """The name of a step of the case by its id; the id in plain words if it never was a task."""
    names = {task.step: task.title for task in tasks_of_case(work.session, case_id)}
    return lambda step: names.get(step, step.replace("_", " ").replace("-", " ").capitalize())
