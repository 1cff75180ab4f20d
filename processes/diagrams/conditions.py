"""Says a condition in Swedish: the questions that it asks, and which answers it wants."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from processes.forms import Form
from processes.forms.form import GATE_SECTIONS
from processes.rules.facts import FACTS

_COMPARED = {
    ast.Lt: "mindre än",
    ast.LtE: "högst",
    ast.Gt: "mer än",
    ast.GtE: "minst",
    ast.Eq: "",
    ast.Is: "",
    ast.NotEq: "inte",
    ast.IsNot: "inte",
    ast.In: "",
    ast.NotIn: "varken",
}
"""What stands before the wanted answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a name in a condition asks."""

    words: str
    answers: Mapping[str, str] = field(default_factory=dict)
    """The words of each answer that can be chosen."""


def questions_of(forms: Mapping[str, Form]) -> dict[str, Question]:
    """What each fact asks, and each field of the forms."""
    found = {name: Question(fact.question) for name, fact in FACTS.items()}
    gate_fields = [asked for section in GATE_SECTIONS.values() for asked in section.fields]
    for each in [*gate_fields, *(asked for form in forms.values() for asked in form.fields.values())]:
        options = {str(option.value): option.title for option in each.options}
        found.setdefault(each.name, Question(each.label, options))
    return found


def condition_in_words(text: str, questions: Mapping[str, Question]) -> str:
    """The condition in Swedish; what has no words stands as it is written."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError:
        return text
    return _told(tree, questions)


def _told(node: ast.expr, questions: Mapping[str, Question]) -> str:
    match node:
        case ast.BoolOp(op=op, values=values):
            between = " och " if isinstance(op, ast.And) else " eller "
            return between.join(_part(value, questions) for value in values)
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=name)):
            return f"{_asked(name, questions)} nej"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return f"inte ({_told(operand, questions)})"
        case ast.Name(id=name):
            return f"{_asked(name, questions)} ja"
        case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[wanted]) if type(op) in _COMPARED:
            return _compared(name, op, wanted, questions)
        case _:
            return ast.unparse(node)


def _part(node: ast.expr, questions: Mapping[str, Question]) -> str:
    told = _told(node, questions)
    return f"({told})" if isinstance(node, ast.BoolOp) else told


def _compared(name: str, op: ast.cmpop, wanted: ast.expr, questions: Mapping[str, Question]) -> str:
    if (
        isinstance(op, ast.NotEq | ast.IsNot)
        and isinstance(wanted, ast.Constant)
        and isinstance(wanted.value, bool)
    ):
        return f"{_asked(name, questions)} {'nej' if wanted.value else 'ja'}"
    answers = questions[name].answers if name in questions else {}
    values = wanted.elts if isinstance(wanted, ast.List | ast.Tuple) else [wanted]
    words = " eller ".join(_value(value, answers) for value in values)
    return " ".join(filter(None, (_asked(name, questions), _COMPARED[type(op)], words)))


def _value(node: ast.expr, answers: Mapping[str, str]) -> str:
    if not isinstance(node, ast.Constant):
        return ast.unparse(node)
    if isinstance(node.value, bool):
        return "ja" if node.value else "nej"
    return answers.get(str(node.value), str(node.value)) if node.value is not None else "okänt"


def _asked(name: str, questions: Mapping[str, Question]) -> str:
    """The question, with a sign after it that leads to the answer."""
    words = questions[name].words if name in questions else name
    return words if words.endswith("?") else f"{words}:"
