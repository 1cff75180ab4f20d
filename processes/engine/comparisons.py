"""Which values a condition compares each of its names with, as far as it compares them with written values only."""

from __future__ import annotations

import ast

from processes.engine.expressions import LITERAL_NAMES, Expression
from processes.engine.operators import Value


def literals_beside(expression: Expression) -> dict[str, list[Value]] | None:
    """The literals that stand beside each name; a name that stands alone is a question of yes or no.

    None if a name is compared with another name or calculated with, so that its values cannot be listed.
    """
    found: dict[str, list[Value]] = {}
    if not _collect(ast.parse(expression.text, mode="eval").body, found):
        return None
    return found


def _collect(node: ast.expr, found: dict[str, list[Value]]) -> bool:
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            if name not in LITERAL_NAMES:
                found.setdefault(name, []).extend([True, False])
            return True
        case ast.BoolOp(values=values):
            return all(_collect(value, found) for value in values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _collect(operand, found)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return all(_collect(part, found) for part in (test, body, orelse))
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            return _collect_comparison([left, *comparators], ops, found)
    return False


def _collect_comparison(parts: list[ast.expr], signs: list[ast.cmpop], found: dict[str, list[Value]]) -> bool:
    names = [part.id for part in parts if isinstance(part, ast.Name) and part.id not in LITERAL_NAMES]
    literals: list[Value] = []
    for part in parts:
        if isinstance(part, ast.Name) and part.id not in LITERAL_NAMES:
            continue
        values = _written(part)
        if values is None:
            return False
        literals += values
    if len(names) > 1 or (
        names and isinstance(parts[-1], ast.Name) and isinstance(signs[-1], ast.In | ast.NotIn)
    ):
        return False
    if names:
        equality = all(isinstance(sign, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for sign in signs)
        found.setdefault(names[0], []).extend([*literals, None] if equality else literals)
    return True


def _written(part: ast.expr) -> list[Value] | None:
    """The values that are written out: a literal, a negative number, or a list of them."""
    match part:
        case ast.Constant(value=value) if value is None or isinstance(value, str | int | float | bool):
            return [value]
        case ast.Name(id=name):
            return [LITERAL_NAMES[name]]
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return [-number]
        case ast.List(elts=elements):
            written = [_written(element) for element in elements]
            return None if None in written else [value for values in written if values for value in values]
    return None
