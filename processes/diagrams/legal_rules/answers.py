"""Which answers a person can give at each step, as far as the conditions of the processes can tell them apart."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterable, Mapping

from processes.diagrams.legal_rules.happenings import What
from processes.diagrams.names import Names
from processes.diagrams.shelf import Shelf
from processes.engine.comparisons import literals_beside
from processes.engine.drawing import Node
from processes.engine.expressions import compile_expression
from processes.engine.game_board import Board
from processes.engine.operators import Value
from processes.engine.readings import UNKNOWN, written
from processes.forms import Field, Form, Kind

MOST_COMBINATIONS = 200
"""More at one step are not told apart: the answers are then taken to be unknown."""
CANNOT = "cannot_be_done"

Answers = Mapping[str, tuple[Mapping[str, str], ...]]


def answers_at(
    shelf: Shelf, board: Board, follow: Collection[str], names: Names, mentioned: Iterable[What]
) -> Answers:
    """For every step of the board that is completed by a person: each combination of the followed answers."""
    if not follow:
        return {}
    telling = _told_apart(board, mentioned)
    found: dict[str, tuple[Mapping[str, str], ...]] = {}
    for square in board.squares.values():
        drawing = shelf.reading.drawings[square.process]
        if square.node.kind == "userTask":
            form = shelf.form_of(drawing, square.node)
            combinations = _at_task(form, follow, telling, is_hard=_has_hard_gate(square.node, names))
        elif square.node.id in board.closed:
            given = {name for name in follow if _is_answered_in(shelf, square.node.called or "", name, names)}
            combinations = [dict.fromkeys(sorted(given), UNKNOWN)]
        else:
            continue
        if combinations != [{}]:
            found[square.node.id] = tuple(combinations)
    return found


def _told_apart(board: Board, mentioned: Iterable[What]) -> dict[str, set[Value]]:
    """Name -> the values that some condition, or the rule itself, compares it with."""
    telling: dict[str, set[Value]] = {}
    for text in board.conditions:
        for name, values in (literals_beside(compile_expression(text)) or {}).items():
            telling.setdefault(name, set()).update(values)
    for what in mentioned:
        for name, wanted in what.answers.items():
            telling.setdefault(name, set()).update(wanted)
    return telling


def _at_task(
    form: Form | None, follow: Collection[str], telling: Mapping[str, set[Value]], *, is_hard: bool
) -> list[Mapping[str, str]]:
    fields = {} if form is None else {name: form.fields[name] for name in form.fields if name in follow}
    apart = {name: telling.get(name, set()) | _asked_after(name, fields) for name in fields}
    choices = {name: _values(field, apart[name]) for name, field in fields.items()}
    if math.prod(len(values) for values in choices.values()) > MOST_COMBINATIONS:
        choices = {name: [UNKNOWN] for name in choices}
    combinations: list[Mapping[str, str]] = []
    for values in itertools.product(*choices.values()):
        given = dict(zip(choices, values, strict=True))
        if all(_can_be(field, given) for field in fields.values()):
            combinations.append(given)
    if CANNOT in follow and is_hard:
        done = [{**one, CANNOT: written(False)} for one in combinations]
        combinations = [*done, {**dict.fromkeys(choices, written(None)), CANNOT: written(True)}]
    return combinations


def _has_hard_gate(node: Node, names: Names) -> bool:
    return bool(names.hard_gates & set(node.properties.get("gate", "").split()))


def _values(field: Field, telling: set[Value]) -> list[str]:
    """What can be answered; of several that nothing tells apart only one. An unasked question has no answer."""
    if field.kind is Kind.CHOICE:
        every = [option.value for option in field.options]
        told = [value for value in every if value in telling]
        found: list[Value] = [*told, *[value for value in every if value not in telling][:1]]
    elif field.kind in (Kind.YES_NO, Kind.TICK):
        found = [True, False]
    else:
        return [UNKNOWN]
    if field.when or not field.required:
        found.append(None)
    return [written(value) for value in found]


def _asked_after(name: str, fields: Mapping[str, Field]) -> set[Value]:
    """The values of an answer on which it depends whether another question is asked."""
    return {value for field in fields.values() for value in _wanted(field, name)}


def _wanted(field: Field, name: str) -> tuple[Value, ...]:
    wanted = field.when.get(name, ())
    return tuple(wanted) if isinstance(wanted, tuple | list | frozenset | set) else (wanted,)


def _can_be(field: Field, given: Mapping[str, str]) -> bool:
    """A question that is not asked has no answer, and one that must be answered has one."""
    answer = given[field.name]
    if answer == UNKNOWN:
        return True
    followed = [name for name in field.when if given.get(name, UNKNOWN) != UNKNOWN]
    is_asked = all(given[name] in map(written, _wanted(field, name)) for name in followed)
    if not is_asked:
        return answer == written(None)
    is_certain = len(followed) == len(field.when)
    return not (is_certain and field.required and answer == written(None))


def _is_answered_in(shelf: Shelf, key: str, name: str, names: Names) -> bool:
    for drawing in shelf.used_by(key):
        for node in drawing.nodes:
            form = shelf.form_of(drawing, node) if node.kind == "userTask" else None
            if form is not None and name in form.scalar_names:
                return True
            if name == CANNOT and node.kind == "userTask" and _has_hard_gate(node, names):
                return True
            if node.script is not None and f"{name} " in f"{node.script} ":
                return True
    return False


def not_offered(form: Form | None, answers: Mapping[str, tuple[Value, ...]]) -> str:
    """The first of these answers that nobody can give in the form; empty if each can be given."""
    for name, values in answers.items():
        field = form.fields.get(name) if form is not None else None
        if name == CANNOT:
            continue
        if field is None:
            return name
        offered = {option.value for option in field.options}
        lacking = [value for value in values if field.kind is Kind.CHOICE and value not in offered]
        if lacking:
            return f"{name} = {lacking[0]}"
    return ""
