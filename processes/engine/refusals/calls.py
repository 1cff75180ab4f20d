"""Asks whether every called process exists, ends the chain of calls, and makes its caller wait."""

from __future__ import annotations

from collections import Counter

from processes.engine.drawing import Drawing
from processes.engine.reading import Reading
from processes.engine.refusals.paths import WAITS, reachable
from processes.engine.refusals.refusal import Refusal, about, called


def refused_calls(reading: Reading) -> list[Refusal]:
    """Calls to what does not exist, calls that lead back to themselves, and circles around calls that never wait."""
    followers = {
        drawing.key: [
            node.called for node in drawing.nodes if node.called and node.called in reading.drawings
        ]
        for drawing in reading.used
    }
    found = []
    for drawing in reading.used:
        for node in drawing.nodes:
            if node.kind != "callActivity" or not node.called:
                continue
            if node.called not in reading.drawings:
                found.append(
                    about(drawing, node, f"Processen {node.called}, som {called(node)} anropar, finns inte.")
                )
            elif drawing.key in reachable([node.called], followers):
                found.append(
                    about(drawing, node, f"{called(node)} anropar en process som leder tillbaka hit.")
                )
    return found + _endless(reading) or _circles_of_quick_calls(reading)


def _endless(reading: Reading) -> list[Refusal]:
    """A process may watch for ever if another has called it and can end it; one that runs by itself may not."""
    supervised = {node.called for drawing in reading.drawings.values() for node in drawing.nodes}
    return [
        Refusal(drawing.key, "Processen har inget slut, och ingen annan process anropar den.", drawing.file)
        for drawing in reading.used
        if drawing.key not in supervised and not any(node.kind == "endEvent" for node in drawing.nodes)
    ]


def _circles_of_quick_calls(reading: Reading) -> list[Refusal]:
    """A called process in which nothing waits is over at once, so that a circle around the call never rests."""
    quick = _quick_processes(reading.used)
    found = []
    for drawing in reading.used:
        moving = _moving(drawing, quick)
        for node in drawing.nodes:
            if node.called in quick and node.id in reachable(moving[node.id], moving):
                message = f"{called(node)} ingår i en cirkel där ingenting väntar; den skulle aldrig ta slut."
                found.append(about(drawing, node, message))
    return found


def _quick_processes(drawings: list[Drawing]) -> set[str]:
    """The processes that can run from their start to an end without waiting."""
    quick: set[str] = set()
    while True:
        more = {drawing.key for drawing in drawings if drawing.key not in quick and _is_quick(drawing, quick)}
        if not more:
            return quick
        quick |= more


def _is_quick(drawing: Drawing, quick: set[str]) -> bool:
    passed = _passed_at_once(drawing, _moving(drawing, quick))
    return any(drawing.by_id[step].kind == "endEvent" for step in passed)


def _passed_at_once(drawing: Drawing, moving: dict[str, list[str]]) -> set[str]:
    """The steps that a fresh process passes before it first waits; a join is passed when all its branches are."""
    needed = {
        node.id: len(drawing.into(node.id)) if node.kind == "parallelGateway" else 1 for node in drawing.nodes
    }
    arrived: Counter[str] = Counter()
    waiting = [node.id for node in drawing.nodes if node.kind == "startEvent"]
    passed: set[str] = set()
    while waiting:
        step = waiting.pop()
        arrived[step] += 1
        if step in moving and step not in passed and arrived[step] >= needed[step]:
            passed.add(step)
            waiting += moving[step]
    return passed


def _moving(drawing: Drawing, quick: set[str]) -> dict[str, list[str]]:
    """Which steps follow each other without a wait in between."""
    resting = {node.id for node in drawing.nodes if node.kind in WAITS and node.called not in quick}
    moving: dict[str, list[str]] = {node.id: [] for node in drawing.nodes if node.id not in resting}
    for flow in drawing.flows:
        if flow.source in moving and flow.target in moving:
            moving[flow.source].append(flow.target)
    return moving
