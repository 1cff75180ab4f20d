"""Asks whether every step can be reached and can lead to an end, and whether something waits in every circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from processes.engine.drawing import Drawing
from processes.engine.refusals.refusal import Refusal, about, called

WAITS: Final = {"userTask", "intermediateCatchEvent", "eventBasedGateway", "callActivity", "boundaryEvent"}
"""Steps where the case rests until a person, a message or a date; a call rests unless the called process does not."""


def refused_paths(drawing: Drawing) -> list[Refusal]:
    """Steps that nobody reaches, steps that lead to no end, and circles that would go round for ever.

    A branch may watch without an end of its own where a terminating end can end the whole process.
    """
    followers = followers_of(drawing)
    starts = [node.id for node in drawing.nodes if node.kind == "startEvent"]
    ends = [node.id for node in drawing.nodes if node.kind == "endEvent"]
    reached = reachable(starts, followers)
    ending = reachable(ends, _reversed(followers))
    ended_by_another = any(node.kind == "endEvent" and node.definitions for node in drawing.nodes)
    found = []
    for node in drawing.nodes:
        if node.id not in reached:
            found.append(about(drawing, node, f"{called(node)} går inte att nå från starten."))
        elif ends and not ended_by_another and node.id not in ending:
            found.append(about(drawing, node, f"Från {called(node)} går det inte att komma till ett slut."))
    for node_id in sorted(_restless(drawing, followers)):
        node = drawing.by_id[node_id]
        found.append(
            about(
                drawing,
                node,
                f"{called(node)} ingår i en cirkel där ingenting väntar; den skulle aldrig ta slut.",
            )
        )
    return found


def followers_of(drawing: Drawing) -> dict[str, list[str]]:
    """Which steps can come directly after each; the events on a step's border come after the step."""
    followers: dict[str, list[str]] = {node.id: [] for node in drawing.nodes}
    for flow in drawing.flows:
        followers[flow.source].append(flow.target)
    for node in drawing.nodes:
        if node.kind == "boundaryEvent" and node.attached_to in followers:
            followers[node.attached_to].append(node.id)
    return followers


def reachable(starts: Iterable[str], followers: Mapping[str, list[str]]) -> set[str]:
    """Every step that can be reached from the starts, themselves included."""
    reached: set[str] = set()
    waiting = list(starts)
    while waiting:
        step = waiting.pop()
        if step not in reached:
            reached.add(step)
            waiting += followers[step]
    return reached


def _reversed(followers: Mapping[str, list[str]]) -> dict[str, list[str]]:
    before: dict[str, list[str]] = {step: [] for step in followers}
    for step, after in followers.items():
        for follower in after:
            before[follower].append(step)
    return before


def _restless(drawing: Drawing, followers: Mapping[str, list[str]]) -> set[str]:
    """The steps of circles in which nothing waits."""
    moving = {
        step: [follower for follower in after if drawing.by_id[follower].kind not in WAITS]
        for step, after in followers.items()
        if drawing.by_id[step].kind not in WAITS
    }
    return {step for step, after in moving.items() if step in reachable(after, moving)}
