"""Asks whether every condition, date and parameter names a fact, or an answer that somebody has given by then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from processes.diagrams.check_forms import names_of
from processes.diagrams.names import Names
from processes.diagrams.problems import Problem
from processes.diagrams.shelf import Shelf
from processes.engine.assignments import read_assignments
from processes.engine.drawing import Drawing, Node
from processes.errors import ExpressionRefused

_CANNOT_BE_DONE: Final = frozenset({"cannot_be_done"})


def wrong_questions(shelf: Shelf, names: Names, roots: Iterable[str]) -> list[Problem]:
    """Names that are nothing, or that are asked for before they are answered, for each process that can be started."""
    found = []
    for root in roots:
        drawings = shelf.used_by(root)
        for drawing in drawings:
            inside = _givers(shelf, drawing, names)
            outside = _answers_elsewhere(shelf, drawing, drawings, names)
            before = _steps_before(drawing)
            for element, step, purpose, asked in _questions(shelf, drawing):
                for name in sorted(asked - names.facts):
                    if purpose == "date":
                        found.append(Problem(drawing.file, element, f"Datumet {name} är inget faktum."))
                    elif name not in outside and not inside.get(name, set()) & (before[step] | {step}):
                        found.append(Problem(drawing.file, element, _unanswered(name, later=name in inside)))
    return found


def names_to_ask_about(
    shelf: Shelf, key: str, names: Names, roots: Iterable[str]
) -> dict[str, frozenset[str]]:
    """The answers that exist by each step of the process `key`, by the step's id; in every process that calls it."""
    drawing = shelf.reading.drawings.get(key)
    if drawing is None:
        return {}
    inside = _givers(shelf, drawing, names)
    before = _steps_before(drawing)
    around = [used for root in roots if drawing in (used := shelf.used_by(root))]
    outside = [_answers_elsewhere(shelf, drawing, used, names) for used in around]
    everywhere = frozenset.intersection(*outside) if outside else frozenset[str]()
    return {
        node.id: everywhere
        | {name for name, givers in inside.items() if givers & (before[node.id] | {node.id})}
        for node in drawing.nodes
    }


def _unanswered(name: str, *, later: bool) -> str:
    if later:
        return f"Svaret {name} ges först i ett senare steg."
    return f"Namnet {name} är varken ett faktum eller ett svar från ett steg i processen."


def _givers(shelf: Shelf, drawing: Drawing, names: Names) -> dict[str, set[str]]:
    """Name of an answer -> the steps of the drawing that give it; a call gives what the called process answers."""
    givers: dict[str, set[str]] = defaultdict(set)
    for node in drawing.nodes:
        for name in _answers_of(shelf, drawing, node, names):
            givers[name].add(node.id)
        for other in shelf.used_by(node.called) if node.called else ():
            for step in other.nodes:
                for name in _answers_of(shelf, other, step, names):
                    givers[name].add(node.id)
    return givers


def _answers_elsewhere(
    shelf: Shelf, drawing: Drawing, drawings: list[Drawing], names: Names
) -> frozenset[str]:
    """What the processes around this one answer; they may have done so before they called it."""
    below = {other.key for other in shelf.used_by(drawing.key)}
    return frozenset(
        name
        for other in drawings
        if other.key not in below
        for node in other.nodes
        for name in _answers_of(shelf, other, node, names)
    )


def _questions(shelf: Shelf, drawing: Drawing) -> Iterator[tuple[str, str, str, frozenset[str]]]:
    """Element, the step at which it is asked, what for, and the names asked for."""
    for flow in drawing.flows:
        yield flow.id, flow.source, "condition", names_of(flow.condition)
    for node in drawing.nodes:
        if node.timer is not None:
            yield node.id, node.id, "date", names_of(node.timer[1])
        for text in node.parameters.values():
            yield node.id, node.id, "parameter", names_of(text)
        set_before: set[str] = set()
        for name, text in _assignments(node):
            yield node.id, node.id, "assignment", names_of(text) - set_before
            set_before.add(name)
        table = shelf.reading.tables.get(node.decision or "")
        if table is not None:
            yield node.id, node.id, "decision", table.names


def _answers_of(shelf: Shelf, drawing: Drawing, node: Node, names: Names) -> frozenset[str]:
    """The names that have a value once the step is done."""
    answers = frozenset(name for name, _text in _assignments(node))
    form = shelf.form_of(drawing, node) if node.kind == "userTask" else None
    if form is not None:
        answers |= form.scalar_names
    if names.hard_gates & set(node.properties.get("gate", "").split()):
        answers |= _CANNOT_BE_DONE
    table = shelf.reading.tables.get(node.decision or "")
    return answers | frozenset(table.outputs) if table is not None else answers


def _assignments(node: Node) -> tuple[tuple[str, str], ...]:
    try:
        return read_assignments(node.script) if node.script is not None else ()
    except ExpressionRefused:
        return ()


def _steps_before(drawing: Drawing) -> dict[str, set[str]]:
    """For every step all steps that can have been taken before it."""
    into: dict[str, set[str]] = defaultdict(set)
    for flow in drawing.flows:
        into[flow.target].add(flow.source)
    for node in drawing.nodes:
        if node.attached_to:
            into[node.id].add(node.attached_to)
    found: dict[str, set[str]] = defaultdict(set)
    for node in drawing.nodes:
        waiting = list(into[node.id])
        while waiting:
            step = waiting.pop()
            if step not in found[node.id]:
                found[node.id].add(step)
                waiting += into[step]
    return found
