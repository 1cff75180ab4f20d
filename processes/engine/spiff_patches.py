"""The one place where SpiffWorkflow itself is changed: how far ahead it guesses, and how much it logs.

SpiffWorkflow draws up every path that a case may still take, and behind each join once more for each branch: a
diagram with six splits in a row becomes thousands of guessed tasks, and a loop without an exclusive gateway an endless
recursion (measured: 8 splits of 4 branches give 393 215 tasks and 11 seconds). Nothing that we allow in a diagram needs
guesses further ahead than the next step, so each step here draws up its followers when its own turn comes.
"""

from __future__ import annotations

import logging
from importlib.metadata import version
from typing import Any, Final

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.util.task import TaskState

WRITTEN_FOR: Final = "3.2.0"


def _predict(self: Any, my_task: Any, *_seen: Any, mask: int = TaskState.PREDICTED_MASK) -> None:
    """Draw up the task's own followers, once, and nothing behind them."""
    if my_task.has_state(mask) and not my_task.has_state(TaskState.FINISHED_MASK) and not my_task._children:
        self._predict_hook(my_task)


def _update(self: Any, my_task: Any) -> None:
    """The turn has come to the task: draw up its followers, then see whether it may run."""
    self._predict(my_task, mask=TaskState.NOT_FINISHED_MASK)
    if self._update_hook(my_task):
        my_task._ready()


def apply_patches() -> None:
    """Change SpiffWorkflow; refuses a version that the changes were not written for."""
    if version("spiffworkflow") != WRITTEN_FOR:
        raise RuntimeError(
            f"processes/engine is written for SpiffWorkflow {WRITTEN_FOR}; test before raising the pin"
        )
    TaskSpec._predict = _predict
    TaskSpec._update = _update
    for name in ("spiff", "spiff.task", "spiff.workflow", "spiff.data", "spiff.dmn"):
        logging.getLogger(name).setLevel(logging.WARNING)  # they test their own level, not the effective one


apply_patches()
