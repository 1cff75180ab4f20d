"""Asks whether the files can be read at all, and whether they are named as the processes they draw."""

from __future__ import annotations

from collections import Counter
from typing import Final

from processes.engine.drawing import Drawing
from processes.engine.reading import Reading
from processes.engine.refusals.refusal import Refusal

MOST_STEPS: Final = 150
"""Steps in one process; the library reads a process step inside step and would run out of depth."""
MOST_FLOWS: Final = 600
"""Arrows in one process."""


def refused_files(reading: Reading) -> list[Refusal]:
    """Broken, missing, misnamed or repeated files."""
    found = [Refusal(name, message, name) for name, message in reading.broken.items()]
    if reading.key not in reading.drawings:
        found.append(Refusal(reading.key, f"Det finns inget diagram för processen {reading.key}."))
    found += [Refusal(key, f"Processen {key} är ritad flera gånger.") for key in reading.repeated]
    for drawing in reading.used:
        found += _refused_drawing(drawing)
    return found + _shared_ids(reading.used)


def is_too_large(drawing: Drawing) -> bool:
    """Whether nothing more is asked about the drawing than that it be divided."""
    return len(drawing.nodes) > MOST_STEPS or len(drawing.flows) > MOST_FLOWS


def _refused_drawing(drawing: Drawing) -> list[Refusal]:
    found = []
    if drawing.file != f"{drawing.key}/{drawing.key}.bpmn":
        found.append(f"Processens id {drawing.key} ska vara samma som mappens och filens namn.")
    if not drawing.executable:
        found.append("Processen är inte markerad som körbar (isExecutable).")
    if is_too_large(drawing):
        found.append(f"Diagrammet har fler än {MOST_STEPS} steg; dela upp det med anropsaktiviteter.")
    if "childLaneSet" in drawing.odd:
        found.append("En simbana har simbanor inuti sig; bara den innersta skulle gälla.")
    return [Refusal(drawing.key, message, drawing.file) for message in found]


def _shared_ids(drawings: list[Drawing]) -> list[Refusal]:
    """A step's id is its name for ever, in the journal and in the forms, so that no two steps may share one."""
    counted = Counter(node.id for drawing in drawings for node in drawing.nodes if node.id)
    return [
        Refusal(node.id, f"Två steg har samma id: {node.id}.", drawing.file)
        for drawing in drawings
        for node in drawing.nodes
        if counted[node.id] > 1
    ]
