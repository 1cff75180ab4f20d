"""How a legal rule points at what happens in a process: a step, an effect that some step has, or a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from processes.diagrams.check_automatic import literal
from processes.diagrams.shelf import Shelf
from processes.engine.drawing import Drawing, Node
from processes.engine.operators import Value


@dataclass(frozen=True, slots=True)
class What:
    """Something that can happen, as a rule names it."""

    kind: str
    """step, records, writes, starts, sets, gate or message."""
    name: str
    answers: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    """Only when the step is completed with one of these answers."""

    def __hash__(self) -> int:
        return hash((self.kind, self.name, tuple(sorted(self.answers))))

    def is_in(self, shelf: Shelf, drawing: Drawing, node: Node) -> bool:
        """Whether the step is one that makes it happen."""
        match self.kind:
            case "step":
                return node.id == self.name
            case "records":
                form = shelf.form_of(drawing, node) if node.kind == "userTask" else None
                return _says(node, "record_event", "name", self.name) or (
                    form is not None and self.name in form.event_names
                )
            case "writes":
                return _says(node, "prepare_letter", "letter", self.name)
            case "starts":
                return _says(node, "start_process", "key", self.name)
            case "sets":
                return node.operation == self.name
            case "gate":
                return node.kind == "userTask" and self.name in node.properties.get("gate", "").split()
        return False


def _says(node: Node, operation: str, parameter: str, value: str) -> bool:
    return node.operation == operation and literal(node.parameters.get(parameter, "''")) == value


def step(name: str, **answers: Value | tuple[Value, ...]) -> What:
    """The step is done, where answers are given with one of these answers."""
    listed = {key: value if isinstance(value, tuple) else (value,) for key, value in answers.items()}
    return What("step", name, listed)


def records(event: str) -> What:
    """A step records the case event, by itself or with its form."""
    return What("records", event)


def writes(letter: str) -> What:
    """A step writes the letter."""
    return What("writes", letter)


def starts(process: str) -> What:
    """A step starts the process beside this one."""
    return What("starts", process)


def carries_out(operation: str) -> What:
    """A step carries out the operation, such as `set_outcome`."""
    return What("sets", operation)


def task_behind(gate: str) -> What:
    """A task behind the gate is done."""
    return What("gate", gate)


def message(name: str) -> What:
    """The message comes and somebody listens."""
    return What("message", name)
