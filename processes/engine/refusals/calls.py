"""Asks whether every called process exists, ends the chain of calls, and makes its caller wait."""

from __future__ import annotations

from processes.engine.drawing import Drawing
from processes.engine.reading import Reading
from processes.engine.refusals.paths import WAITS, reachable
from processes.engine.refusals.refusal import Refusal, about, called


def refused_calls(reading: Reading) -> list[Refusal]:
    """Calls to what does not exist, calls that lead back to themselves, and circles around calls that never wait."""
    followers = {
        drawing.key: [node.called for node in drawing.nodes if node.called in reading.drawings]
        for drawing in reading.used
    }
    found = []
    for drawing in reading.used:
        for node in drawing.nodes:
            if node.kind != "callActivity" or not node.called:
                continue
            if node.called not in reading.drawings:
                found.append(about(drawing, node, f"Processen {node.called}, som {called(node)} anropar, finns inte."))
            elif drawing.key in reachable([node.called], followers):
                found.append(about(drawing, node, f"{called(node)} anropar en process som leder tillbaka hit."))
    return found or _circles_of_quick_calls(reading)


def _circles_of_quick_calls(reading: Reading) -> list[Refusal]:
    """A called process in which nothing waits is over at once, so that a circle around the call never rests."""
    quick = {drawing.key for drawing in reading.used if _has_quick_path(drawing, reading, frozenset())}
    found = []
    for drawing in reading.used:
        moving = _moving(drawing, quick)
        for node in drawing.nodes:
            if node.called in quick and node.id in moving and node.id in reachable(moving[node.id], moving):
                message = f"{called(node)} ingår i en cirkel där ingenting väntar; den skulle aldrig ta slut."
                found.append(about(drawing, node, message))
    return found


def _has_quick_path(drawing: Drawing, reading: Reading, callers: frozenset[str]) -> bool:
    """Whether the process can run from its start to an end without waiting."""
    if drawing.key in callers:
        return False
    quick = {
        node.called
        for node in drawing.nodes
        if node.called in reading.drawings
        and _has_quick_path(reading.drawings[node.called], reading, callers | {drawing.key})
    }
    moving = _moving(drawing, quick)
    starts = [node.id for node in drawing.nodes if node.kind == "startEvent"]
    return any(drawing.by_id[step].kind == "endEvent" for step in reachable(starts, moving))


def _moving(drawing: Drawing, quick: set[str]) -> dict[str, list[str]]:
    """Which steps follow each other without a wait in between."""
    resting = {node.id for node in drawing.nodes if node.kind in WAITS and node.called not in quick}
    moving: dict[str, list[str]] = {node.id: [] for node in drawing.nodes if node.id not in resting}
    for flow in drawing.flows:
        if flow.source in moving and flow.target in moving:
            moving[flow.source].append(flow.target)
    return moving
