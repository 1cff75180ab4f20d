"""What the signs of the expression language do, kept within bounds so that no calculation can grow without end."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Final

Scalar = str | int | float | bool | None
Value = Scalar | tuple[Scalar, ...]
"""What an expression can be about: a plain value, or a list of plain values to the right of `in`."""

LARGEST_NUMBER: Final = 10**15
LONGEST_RESULT: Final = 2_000
"""Characters in a text put together with `+`."""


class ExpressionFailed(Exception):
    """The expression is well written but the values at hand do not fit it."""


def is_number(value: object) -> bool:
    """Whether `value` can be calculated with; yes and no are not numbers."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def truth(value: Value) -> bool:
    """Yes or no; not known (None) counts as no, and a text or a number is no answer to a question."""
    if value is None or isinstance(value, bool):
        return bool(value)
    raise ExpressionFailed(f"{value!r} is neither yes nor no")


def _arithmetic(sign: str, calculate: Callable[..., int | float]) -> Callable[[Value, Value], Value]:
    def apply(left: Value, right: Value) -> Value:
        if sign == "+" and isinstance(left, str) and isinstance(right, str):
            if len(left) + len(right) > LONGEST_RESULT:
                raise ExpressionFailed("the text becomes too long")
            return left + right
        if not (is_number(left) and is_number(right)):
            raise ExpressionFailed(f"{left!r} {sign} {right!r} is not a calculation with two numbers")
        try:
            result = calculate(left, right)
        except ZeroDivisionError as error:
            raise ExpressionFailed("division by zero") from error
        if abs(result) > LARGEST_NUMBER:
            raise ExpressionFailed("the number becomes too large")
        return result

    return apply


BINARY: Final[dict[type[ast.operator], Callable[[Value, Value], Value]]] = {
    ast.Add: _arithmetic("+", operator.add),
    ast.Sub: _arithmetic("-", operator.sub),
    ast.Mult: _arithmetic("*", operator.mul),
    ast.Div: _arithmetic("/", operator.truediv),
    ast.FloorDiv: _arithmetic("//", operator.floordiv),
    ast.Mod: _arithmetic("%", operator.mod),
}


def same(left: Value, right: Value) -> bool:
    """Equality that never takes yes for one or no for zero."""
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def _ordered(sign: str, compare: Callable[..., bool]) -> Callable[[Value, Value], bool]:
    def apply(left: Value, right: Value) -> bool:
        if (is_number(left) and is_number(right)) or (isinstance(left, str) and isinstance(right, str)):
            return bool(compare(left, right))
        raise ExpressionFailed(f"{left!r} and {right!r} cannot be put in order ({sign})")

    return apply


def is_member(value: Value, members: Value) -> bool:
    """Whether the value is one of the members of the list."""
    if not isinstance(members, tuple):
        raise ExpressionFailed(f"{members!r} is not a list")
    return any(same(value, member) for member in members)


COMPARISONS: Final[dict[type[ast.cmpop], Callable[[Value, Value], bool]]] = {
    ast.Eq: same,
    ast.NotEq: lambda left, right: not same(left, right),
    ast.Lt: _ordered("<", operator.lt),
    ast.LtE: _ordered("<=", operator.le),
    ast.Gt: _ordered(">", operator.gt),
    ast.GtE: _ordered(">=", operator.ge),
    ast.In: is_member,
    ast.NotIn: lambda value, members: not is_member(value, members),
}
