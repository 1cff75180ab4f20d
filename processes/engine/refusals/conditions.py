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
    conditions = [compile_expression(flow.condition or "") for flow in ways]
    cases = _cases(conditions)
    if cases is None:
        if gateway.default is not None:
            return []
        return [
            f"Det går inte att avgöra om något villkor efter {called(gateway)} gäller; ange ett standardflöde."
        ]
    holding = [
        {place for place, case in enumerate(cases) if _holds(condition, case)} for condition in conditions
    ]
    names = [condition.names for condition in conditions]
    found = []
    for one, other in itertools.combinations(range(len(ways)), 2):
        if both := holding[one] & holding[other]:
            case = {
                name: value for name, value in cases[min(both)].items() if name in names[one] | names[other]
            }
            targets = f"{_target(drawing, ways[one])} och {_target(drawing, ways[other])}"
            found.append(_overlap(gateway, targets, case))
    return found + _gaps(gateway, cases, set().union(*holding))


def _overlap(gateway: Node, targets: str, case: Mapping[str, Value]) -> str:
    return (
        f"Villkoren från {called(gateway)} till {targets} gäller samtidigt när {in_words(case)}; "
        "skriv dem så att de utesluter varandra."
    )


def _cases(conditions: list[Expression]) -> list[dict[str, Value]] | None:
    """Every combination of values that the conditions can tell apart; None if that cannot be known."""
    samples: dict[str, list[Value]] = {}
    for condition in conditions:
        beside = literals_beside(condition)
        if beside is None:
            return None
        for name, literals in beside.items():
            samples.setdefault(name, []).extend(literals)
    combinations = combinations_of(
        {name: samples_of(literals) for name, literals in samples.items()}, tries=len(conditions)
    )
    return None if combinations is None else list(combinations)


def _gaps(gateway: Node, cases: list[dict[str, Value]], holding: set[int]) -> list[str]:
    missing = (
        []
        if gateway.default is not None
        else [case for place, case in enumerate(cases) if place not in holding]
    )
    return [
        f"Inget villkor efter {called(gateway)} gäller när {in_words(case)}; ange ett standardflöde."
        for case in missing[:1]
    ]


def _holds(condition: Expression, case: Mapping[str, Value]) -> bool:
    try:
        return truth(condition.evaluate(lambda name: case[name]))
    except ExpressionFailed:
        return False


def _target(drawing: Drawing, flow: Flow) -> str:
    return f"”{flow.name}”" if flow.name else called(drawing.by_id[flow.target])
