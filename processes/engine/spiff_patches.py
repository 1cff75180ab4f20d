"""The one place where SpiffWorkflow itself is changed: how far ahead it guesses, what it looks at again, its log.

SpiffWorkflow draws up every path that a case may still take, and behind each join once more for each branch: a
diagram with six splits in a row becomes thousands of guessed tasks, and a loop without an exclusive gateway an endless
recursion (measured: 8 splits of 4 branches give 393 215 tasks and 11 seconds). Nothing that we allow in a diagram needs
a guess, so each step here draws up its followers when it is run.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, Final

from SpiffWorkflow import task as task_module
from SpiffWorkflow import workflow as workflow_module
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.util.task import TaskState

WRITTEN_FOR: Final = "3.2.0"

_library_run = TaskSpec._run


def _predict(self: Any, my_task: Any, *_seen: Any, mask: int = TaskState.PREDICTED_MASK) -> None:
    """Draw up the task's own followers, once, and nothing behind them."""
    if my_task.has_state(mask) and not my_task.has_state(TaskState.FINISHED_MASK) and not my_task._children:
        self._predict_hook(my_task)


def _update(self: Any, my_task: Any) -> None:
    """The turn has come to the task: see whether it may run."""
    if self._update_hook(my_task):
        my_task._ready()


def _run(self: Any, my_task: Any) -> Any:
    """Draw up the task's followers, then run it."""
    self._predict(my_task, mask=TaskState.NOT_FINISHED_MASK)
    return _library_run(self, my_task)


def _set_state(self: Any, value: int) -> None:
    """The original reads the computer's clock and collects what to log of every change, even when nothing is logged.

    When a task changed last decides only in what order the data of branches are merged, and they have none: answers
    belong to the process (scripts.py).
    """
    self._state = value


def _update_waiting_tasks(self: Any) -> None:
    """Let every task that waits see whether it still must, in the order of the tree.

    The same as the original, which spends most of a case's time here: its iterator keeps account of depths.
    """
    for task in _waiting(self):
        task.task_spec._update(task)


def _waiting(workflow: Any) -> Iterator[Any]:
    tasks, ahead = workflow.tasks, [workflow.task_tree]
    while ahead:
        task = ahead.pop()
        if task._children and task._state >= TaskState.FUTURE:
            ahead.extend([tasks[child] for child in reversed(task._children)])
        if task._state == TaskState.WAITING:
            yield task


def _new_id() -> str:
    """A name that no other task has: a random UUID's 32 digits, which are found faster than a UUID."""
    return os.urandom(16).hex()


def apply_patches() -> None:
    """Change SpiffWorkflow; refuses a version that the changes were not written for."""
    if version("spiffworkflow") != WRITTEN_FOR:
        raise RuntimeError(
            f"processes/engine is written for SpiffWorkflow {WRITTEN_FOR}; test before raising the pin"
        )
    TaskSpec._predict = _predict
    TaskSpec._update = _update
    TaskSpec._run = _run
    task_module.Task._set_state = _set_state
    task_module.uuid4 = _new_id
    workflow_module.Workflow.update_waiting_tasks = _update_waiting_tasks
    for name in ("spiff", "spiff.task", "spiff.workflow", "spiff.data", "spiff.dmn"):
        logging.getLogger(name).setLevel(logging.WARNING)  # they test their own level, not the effective one


apply_patches()
