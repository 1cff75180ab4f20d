"""Asks of every exclusive choice whether exactly one of its ways is right, whatever the facts are."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from processes.engine.comparisons import literals_beside
from processes.engine.drawing import Drawing, Flow, Node
from processes.engine.expressions import Expression, compile_expression
from processes.engine.operators import ExpressionFailed, Value, truth
from processes.engine.refusals.refusal import Refusal, about, called
from processes.engine.samples import combinations_of, in_words, samples_of


def refused_conditions(drawing: Drawing) -> list[Refusal]:
    """Missing conditions, two that hold at the same time, and choices where none may hold."""
    return [
        about(drawing, node, message)
        for node in drawing.nodes
        if node.kind == "exclusiveGateway"
        for message in _wrong_choice(drawing, node)
    ]


def _wrong_choice(drawing: Drawing, gateway: Node) -> list[str]:
    flows = drawing.out_of(gateway.id)
    if len(flows) < 2:
        return (
            [] if flows[0].condition is None else [f"Det enda flödet från {called(gateway)} har ett villkor."]
        )
    ways = [flow for flow in flows if flow.id != gateway.default]
    nameless = [flow for flow in ways if flow.condition is None]
    if nameless:
        return [
            f"Flödet från {called(gateway)} till {_target(drawing, flow)} saknar villkor."
            for flow in nameless
        ]
    conditions = {flow.id: compile_expression(flow.condition or "") for flow in ways}
    cases = _cases(list(conditions.values()))
    if cases is None:
        if gateway.default is not None:
            return []
        return [
            f"Det går inte att avgöra om ett villkor efter {called(gateway)} alltid gäller; ange ett standardflöde."
        ]
    return _overlaps(drawing, gateway, ways, conditions, cases) + _gaps(gateway, conditions, cases)


def _cases(conditions: list[Expression]) -> list[dict[str, Value]] | None:
    """Every combination of values that the conditions can tell apart; None if that cannot be known."""
    samples: dict[str, list[Value]] = {}
    for condition in conditions:
        beside = literals_beside(condition)
        if beside is None:
            return None
        for name, literals in beside.items():
            samples.setdefault(name, []).extend(literals)
    combinations = combinations_of({name: samples_of(literals) for name, literals in samples.items()})
    return None if combinations is None else list(combinations)


def _overlaps(
    drawing: Drawing,
    gateway: Node,
    ways: list[Flow],
    conditions: Mapping[str, Expression],
    cases: list[dict[str, Value]],
) -> list[str]:
    found = []
    for one, other in itertools.combinations(ways, 2):
        for case in cases:
            if _holds(conditions[one.id], case) and _holds(conditions[other.id], case):
                names = conditions[one.id].names | conditions[other.id].names
                shown = in_words({name: value for name, value in case.items() if name in names})
                found.append(
                    f"Villkoren från {called(gateway)} till {_target(drawing, one)} och {_target(drawing, other)} "
                    f"gäller samtidigt när {shown}; skriv dem så att de utesluter varandra."
                )
                break
    return found


def _gaps(gateway: Node, conditions: Mapping[str, Expression], cases: list[dict[str, Value]]) -> list[str]:
    if gateway.default is not None:
        return []
    for case in cases:
        if not any(_holds(condition, case) for condition in conditions.values()):
            return [
                f"Inget villkor efter {called(gateway)} gäller när {in_words(case)}; ange ett standardflöde."
            ]
    return []


def _holds(condition: Expression, case: Mapping[str, Value]) -> bool:
    try:
        return truth(condition.evaluate(lambda name: case[name]))
    except ExpressionFailed:
        return False


def _target(drawing: Drawing, flow: Flow) -> str:
    return f"”{flow.name}”" if flow.name else called(drawing.by_id[flow.target])
