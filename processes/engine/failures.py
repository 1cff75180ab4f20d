"""Every way the engine can refuse to move a case on, named after what stood in the way."""

from __future__ import annotations

from processes.errors import Conflict, Invalid, Refusal


class StepNotOpen(Conflict):
    """The step is not open: it was completed, withdrawn or never reached."""


class AnswerRefused(Invalid):
    """An answer is not a plain value (text, number, yes/no or nothing) under a plain name."""


class StepFailed(Refusal):
    """A step that runs by itself could not be carried out; the case stays where it was before the request."""

    def __init__(self, step_id: str, why: str) -> None:
        super().__init__(f"{step_id}: {why}")
        self.step_id = step_id
        self.why = why


class StateUnreadable(Refusal):
    """The stored state is not of this format, or belongs to another version of the diagram."""


class InstanceSpent(Refusal):
    """The instance failed half-way in memory and must be restored from its stored state before it is used again."""
