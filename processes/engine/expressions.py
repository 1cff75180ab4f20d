"""The tiny language of conditions, dates and parameters in a diagram: it can ask and compare, and nothing else.

Allowed are texts, numbers, `True`/`False`/`None` (also `true`/`false`/`null`), names of facts and answers,
`and or not`, comparisons, `in [..]`, `+ - * / // %`, parentheses and `x if condition else y`. There are no calls, no
attributes, no indexes and no loops, so that nothing written in a diagram can reach Python, read a file or take long.
Two walls: first the characters and words are read one by one by a tokeniser of our own, then the syntax tree is
translated node by node into plain functions. Python's `eval` is never used.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

from processes.engine.operators import BINARY, COMPARISONS, ExpressionFailed, Scalar, Value, truth
from processes.errors import ExpressionRefused

__all__ = [
    "Expression",
    "ExpressionFailed",
    "ExpressionRefused",
    "Lookup",
    "Value",
    "compile_expression",
    "names_in",
]

Lookup = Callable[[str], Value]
"""Gives the value of a name; raises whatever the caller wants if there is none."""
Meaning = Callable[[Lookup], Value]

LONGEST_TEXT: Final = 1_000
"""Characters in one expression."""
LONGEST_LITERAL: Final = 200
"""Characters in one quoted text."""
DEEPEST: Final = 40
"""Levels of parentheses and operators inside each other."""
MOST_NODES: Final = 200

LITERAL_NAMES: Final[dict[str, Value]] = {"true": True, "false": False, "null": None}
_WORDS: Final = {"and", "or", "not", "in", "if", "else", "True", "False", "None", "true", "false", "null"}
_DEEPER: Final = {"(": 1, "[": 1, ")": -1, "]": -1}
_FORBIDDEN_WORDS: Final = {
    "lambda", "is", "for", "while", "import", "from", "def", "class", "return", "yield", "await", "async", "with",
    "as", "del", "global", "nonlocal", "pass", "raise", "try", "except", "finally", "assert", "break", "continue",
    "elif", "exec", "print",
}  # fmt: skip
_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<text>'[^'\\\n\r]*'|"[^"\\\n\r]*")
      | (?P<number>\d{1,15}(?:\.\d{1,6})?(?![\w.]))
      | (?P<name>[^\W\d]\w*(?!['"\w]))
      | (?P<operator>==|!=|<=|>=|//|[<>+\-*/%()\[\],])
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression: its text, the names it asks for, and its meaning."""

    text: str
    names: frozenset[str]
    meaning: Meaning

    def evaluate(self, lookup: Lookup) -> Value:
        """The value, with names looked up by `lookup`; raises ExpressionFailed if the values do not fit."""
        return self.meaning(lookup)


@lru_cache(maxsize=4096)
def compile_expression(text: str) -> Expression:
    """Read `text` once; raises ExpressionRefused with what is wrong and where."""
    names = _read_tokens(text)
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionRefused(f"'{text[:80]}' is not a complete expression") from error
    meaning = _Translation(text).of(tree.body, 0)
    return Expression(text.strip(), frozenset(names), meaning)


def names_in(text: str) -> frozenset[str]:
    """The facts and answers that the expression asks for."""
    return compile_expression(text).names


def _read_tokens(text: str) -> set[str]:
    """The first wall: only known signs and words, never two values beside each other that Python would join."""
    end = len(text.rstrip())
    if not 0 < end <= LONGEST_TEXT:
        raise ExpressionRefused(f"an expression has 1 to {LONGEST_TEXT} characters")
    names: set[str] = set()
    at, depth, after_text = 0, 0, False
    while at < end:
        token = _TOKEN.match(text, at)
        if token is None:
            raise ExpressionRefused(f"'{text[at : at + 20].strip()}' is not part of the language of diagrams")
        at = token.end()
        if token["name"] is not None:
            _read_word(token["name"], names)
        if token["text"] is not None:
            _check_text(token["text"], after_text=after_text)
        after_text = token["text"] is not None
        depth += _DEEPER.get(token["operator"], 0)
        if depth > DEEPEST:
            raise ExpressionRefused("the parentheses are nested too deeply")
    return names


def _check_text(text: str, *, after_text: bool) -> None:
    if after_text:
        raise ExpressionRefused("two texts stand beside each other without an operator")
    if len(text) > LONGEST_LITERAL + 2:
        raise ExpressionRefused(f"a quoted text is longer than {LONGEST_LITERAL} characters")


def _read_word(word: str, names: set[str]) -> None:
    if word in _WORDS:
        return
    if word in _FORBIDDEN_WORDS:
        raise ExpressionRefused(f"the word '{word}' is not part of the language of diagrams")
    if word.startswith("_") or "__" in word or not word.isascii() or len(word) > 80:
        raise ExpressionRefused(f"'{word[:80]}' cannot be the name of a fact or an answer")
    names.add(word)


class _Translation:
    """The second wall: each node of the syntax tree becomes a function, and unknown nodes are refused."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._nodes = 0

    def of(self, node: ast.expr, depth: int) -> Meaning:
        self._nodes += 1
        if depth > DEEPEST or self._nodes > MOST_NODES:
            raise ExpressionRefused("the expression is too large; let a fact or a decision table say it")
        match node:
            case ast.Constant(value=value) if value is None or isinstance(value, bool | int | float | str):
                return lambda _lookup: value
            case ast.Name(id=name):
                return self._name(name)
            case ast.BoolOp(op=op, values=values):
                return self._joined(op, [self.of(value, depth + 1) for value in values])
            case ast.UnaryOp(op=sign, operand=operand):
                return self._unary(sign, self.of(operand, depth + 1))
            case ast.BinOp(left=left, op=sign, right=right):
                return self._binary(sign, self.of(left, depth + 1), self.of(right, depth + 1))
            case ast.Compare():
                return self._compared(node, depth)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self._chosen(*(self.of(part, depth + 1) for part in (test, body, orelse)))
        raise ExpressionRefused(
            f"'{self._text[:80]}' uses something that the language of diagrams does not have"
        )

    @staticmethod
    def _name(name: str) -> Meaning:
        if name in LITERAL_NAMES:
            value = LITERAL_NAMES[name]
            return lambda _lookup: value
        return lambda lookup: lookup(name)

    @staticmethod
    def _joined(op: ast.boolop, parts: list[Meaning]) -> Meaning:
        if isinstance(op, ast.And):
            return lambda lookup: all(truth(part(lookup)) for part in parts)
        return lambda lookup: any(truth(part(lookup)) for part in parts)

    @staticmethod
    def _unary(sign: ast.unaryop, operand: Meaning) -> Meaning:
        if isinstance(sign, ast.Not):
            return lambda lookup: not truth(operand(lookup))
        if isinstance(sign, ast.USub):
            minus = BINARY[ast.Sub]
            return lambda lookup: minus(0, operand(lookup))
        raise ExpressionRefused("a plus sign must stand between two values")

    @staticmethod
    def _binary(sign: ast.operator, left: Meaning, right: Meaning) -> Meaning:
        operator = BINARY.get(type(sign))
        if operator is None:
            raise ExpressionRefused("the language of diagrams calculates only with + - * / // %")
        return lambda lookup: operator(left(lookup), right(lookup))

    def _compared(self, node: ast.Compare, depth: int) -> Meaning:
        first = self.of(node.left, depth + 1)
        steps: list[tuple[Callable[[Value, Value], bool], Meaning]] = []
        for sign, right in zip(node.ops, node.comparators, strict=True):
            holds = COMPARISONS.get(type(sign))
            if holds is None:
                raise ExpressionRefused(
                    f"'{self._text[:80]}' compares in a way that the language does not have"
                )
            listed = isinstance(sign, ast.In | ast.NotIn)
            steps.append((holds, self._members(right, depth + 1) if listed else self.of(right, depth + 1)))

        def compare(lookup: Lookup) -> bool:
            left = first(lookup)
            for holds, right in steps:
                other = right(lookup)
                if not holds(left, other):
                    return False
                left = other
            return True

        return compare

    def _members(self, node: ast.expr, depth: int) -> Meaning:
        """What stands to the right of `in`: a written list, or the name of an answer that is a list."""
        if isinstance(node, ast.Name) and node.id not in LITERAL_NAMES:
            return self.of(node, depth)
        if isinstance(node, ast.List):
            parts = [self.of(element, depth + 1) for element in node.elts]
            return lambda lookup: tuple(cast(Scalar, part(lookup)) for part in parts)
        raise ExpressionRefused("to the right of 'in' stands a list in brackets, or a name")

    @staticmethod
    def _chosen(test: Meaning, body: Meaning, orelse: Meaning) -> Meaning:
        return lambda lookup: body(lookup) if truth(test(lookup)) else orelse(lookup)
