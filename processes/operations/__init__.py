"""The Python behind service tasks: what a diagram can have done by itself, by the operation's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from processes.operations import flow, letters
from processes.operations.place import Place
from processes.unit_of_work import UnitOfWork

Operation = Callable[..., Mapping[str, Any] | None]

OPERATIONS: dict[str, Operation] = {
    function.__name__: function
    for function in (
        flow.record_event,
        flow.start_process,
        flow.start_watch,
        flow.connect_notice_to_case,
        flow.set_phase,
        flow.set_outcome,
        flow.notify,
        flow.notify_participants,
        letters.prepare_letter,
    )
}
"""Every operation by the name that a service task gives it."""


def carry_out(work: UnitOfWork, place: Place, name: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """Run the operation `name`; KeyError if there is none. What it returns becomes answers of the process."""
    return OPERATIONS[name](work, place, **parameters) or {}
