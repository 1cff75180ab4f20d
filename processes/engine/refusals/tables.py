"""Asks whether every decision that a diagram needs has a table, and whether the table always has exactly one answer."""

from __future__ import annotations

from processes.engine.reading import Reading
from processes.engine.refusals.refusal import Refusal, about, called


def refused_tables(reading: Reading) -> list[Refusal]:
    """Missing tables, and tables with gaps or contradictions."""
    found = [
        about(drawing, node, f"Beslutstabellen {node.decision} för {called(node)} finns inte.")
        for drawing in reading.used
        for node in drawing.nodes
        if node.kind == "businessRuleTask" and node.decision and node.decision not in reading.tables
    ]
    for table in reading.used_tables():
        found += [Refusal(table.key, flaw) for flaw in table.flaws()]
    return found
