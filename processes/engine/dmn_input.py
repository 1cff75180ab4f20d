"""Reads a DMN file into a decision table, and says in Swedish what it cannot read."""

from __future__ import annotations

from typing import Any, Final

from processes.engine.dmn import AGGREGATIONS, POLICIES, DecisionTable, Input, Rule
from processes.engine.expressions import Expression, compile_expression
from processes.engine.feel import CellRefused, read_cell
from processes.engine.operators import ExpressionFailed, Value
from processes.engine.xml_input import FileRefused, local_name, namespace, read_xml
from processes.errors import ExpressionRefused

MOST_RULES: Final = 200
MOST_INPUTS: Final = 12
_TYPES: Final[dict[str, type | tuple[type, ...]]] = {
    "string": str, "boolean": bool, "number": (int, float), "integer": int, "long": int, "double": (int, float),
}  # fmt: skip


def read_table(content: bytes) -> DecisionTable:
    """The one decision table of the file; raises FileRefused."""
    root = read_xml(content)
    if local_name(root) != "definitions" or "omg.org/spec/DMN" not in (namespace(root) or ""):
        raise FileRefused("Filen är ingen DMN-fil.")
    decisions = _all(root, "decision")
    if len(decisions) != 1:
        raise FileRefused(f"En DMN-fil ska ha ett enda beslut; den här har {len(decisions)}.")
    decision = decisions[0]
    if _all(decision, "informationRequirement") or _all(root, "businessKnowledgeModel"):
        raise FileRefused("Beslut som bygger på andra beslut (DRD) stöds inte.")
    tables = _all(decision, "decisionTable")
    if len(tables) != 1 or not decision.get("id"):
        raise FileRefused("Beslutet ska ha ett id och en beslutstabell.")
    return _table(decision, tables[0])


def _table(decision: Any, table: Any) -> DecisionTable:
    policy, aggregation = table.get("hitPolicy", "UNIQUE"), table.get("aggregation", "")
    if policy not in POLICIES or aggregation not in AGGREGATIONS or (aggregation and policy != "COLLECT"):
        raise FileRefused(
            f"Träffregeln {policy} {aggregation} stöds inte; använd UNIQUE, FIRST, ANY eller COLLECT."
        )
    inputs = tuple(_input(element) for element in _all(table, "input"))
    outputs = tuple(element.get("name", "") for element in _all(table, "output"))
    types = [element.get("typeRef", "") for element in _all(table, "output")]
    if not inputs or len(inputs) > MOST_INPUTS:
        raise FileRefused(f"En beslutstabell ska ha en till {MOST_INPUTS} frågor (input).")
    if not outputs or len(set(outputs)) < len(outputs) or not all(_is_name(name) for name in outputs):
        raise FileRefused("Varje svar (output) i beslutstabellen ska ha ett eget namn med små bokstäver.")
    rows = _all(table, "rule")
    if not rows or len(rows) > MOST_RULES:
        raise FileRefused(f"En beslutstabell ska ha en till {MOST_RULES} rader.")
    rules = tuple(_rule(number, row, len(inputs), types) for number, row in enumerate(rows, start=1))
    return DecisionTable(
        decision.get("id"), decision.get("name", ""), policy, aggregation, inputs, outputs, rules
    )


def _input(element: Any) -> Input:
    expressions = _all(element, "inputExpression")
    text = _text(expressions[0]) if expressions else ""
    question = _expression(text, f"frågan ”{element.get('label', text)}”")
    allowed: tuple[Value, ...] = ()
    for listed in _all(element, "inputValues"):
        try:
            allowed = read_cell(_text(listed)).mentions
        except CellRefused as refused:
            raise FileRefused(f"Tillåtna värden går inte att läsa: {refused}.") from refused
    return Input(element.get("label") or text, question, allowed)


def _rule(number: int, row: Any, width: int, types: list[str]) -> Rule:
    cells, outputs = _all(row, "inputEntry"), _all(row, "outputEntry")
    if len(cells) != width or len(outputs) != len(types):
        raise FileRefused(f"Rad {number} har inte lika många celler som tabellen har kolumner.")
    try:
        conditions = tuple(read_cell(_text(cell)) for cell in cells)
    except CellRefused as refused:
        raise FileRefused(f"Rad {number}: {refused}.") from refused
    answers = tuple(_expression(_text(cell), f"svaret på rad {number}") for cell in outputs)
    for answer, kind in zip(answers, types, strict=True):
        _check_type(number, answer, kind)
    return Rule(conditions, answers)


def _check_type(number: int, answer: Expression, kind: str) -> None:
    expected = _TYPES.get(kind)
    if expected is None or answer.names:
        return
    try:
        value = answer.evaluate(lambda _name: None)
    except ExpressionFailed as failed:
        raise FileRefused(f"Svaret {answer.text} på rad {number} går inte att räkna ut.") from failed
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
        raise FileRefused(f"Svaret {answer.text} på rad {number} är inte av typen {kind}.")


def _expression(text: str, what: str) -> Expression:
    try:
        return compile_expression(text)
    except ExpressionRefused as refused:
        raise FileRefused(f"Uttrycket ”{text[:60]}” i {what} går inte att läsa.") from refused


def _is_name(name: str) -> bool:
    return name.isidentifier() and name.isascii() and name == name.lower() and not name.startswith("_")


def _all(element: Any, name: str) -> list[Any]:
    return [child for child in element if local_name(child) == name]


def _text(element: Any) -> str:
    """The text of the element's `text` child."""
    return "".join(child.text or "" for child in _all(element, "text")).strip()
