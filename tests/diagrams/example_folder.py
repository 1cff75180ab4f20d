"""A small folder of diagrams with nothing wrong in it, and ways to put one thing wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from processes.diagrams.check import problems_in
from processes.diagrams.files import read_folder
from processes.diagrams.names import Names, Parameters

FOLDER = Path(__file__).parent / "example"
PROVA = "prova/prova.bpmn"
DELPROV = "delprov/delprov.bpmn"
FORM = "prova/forms/kontakta_hyresvarden.json"

NAMES = Names(
    facts=frozenset({"known_debt", "next_attempt_at"}),
    events=frozenset({"svar.inkom", "fraga.aterkallad"}),
    gates=frozenset({"landlord-question", "may-lead-to-measure"}),
    hard_gates=frozenset({"landlord-question"}),
    due_rules=frozenset({"in_days_7", "same_day"}),
    operations={
        "record_event": Parameters(frozenset({"name"}), any_more=True),
        "set_phase": Parameters(frozenset({"phase"})),
        "start_process": Parameters(frozenset({"key"})),
        "prepare_letter": Parameters(frozenset({"letter", "recipient"}), frozenset({"purpose", "contents"})),
    },
    lanes={"Vuxenenheten": "vuxen", "Enhetschef": "enhetschef"},
)


def example() -> dict[str, bytes]:
    """The files, to be changed at will."""
    return read_folder(FOLDER)


def changed(*changes: tuple[str, str], file: str = PROVA) -> dict[str, bytes]:
    """The files with pieces of one file replaced; every piece must be there."""
    files = example()
    text = files[file].decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    files[file] = text.encode()
    return files


def told(files: Mapping[str, bytes]) -> list[str]:
    """Every sentence that the check says about the files."""
    return [problem.message for problem in problems_in(files, NAMES)]


def shape(element: str) -> str:
    """The drawing of a step, to be replaced."""
    return _drawing("BPMNShape", element)


def edge(element: str) -> str:
    """The drawing of a flow, to be replaced."""
    return _drawing("BPMNEdge", element)


def _drawing(kind: str, element: str) -> str:
    for file in (PROVA, DELPROV):
        text = example()[file].decode()
        found = re.search(rf'<bpmndi:{kind} [^>]*bpmnElement="{element}".*?</bpmndi:{kind}>', text, re.DOTALL)
        if found:
            return str(found[0])
    raise AssertionError(element)


def moved(drawing: str, x: int = 0, y: int = 0) -> str:
    """The drawing of a step somewhere else; its text stays."""
    first = re.search(r'<dc:Bounds x="(-?\d+)" y="(-?\d+)"', drawing)
    assert first
    return drawing.replace(first[0], f'<dc:Bounds x="{int(first[1]) + x}" y="{int(first[2]) + y}"', 1)


def through(drawing: str, *points: tuple[int, int]) -> str:
    """The drawing of a flow by way of other points; its ends stay."""
    ends: list[str] = re.findall(r"<di:waypoint [^>]*/>", drawing)
    between = "".join(f'<di:waypoint x="{x}" y="{y}" />' for x, y in points)
    start = drawing[: drawing.index(ends[0])]
    rest = drawing[drawing.rindex(ends[-1]) + len(ends[-1]) :]
    return start + ends[0] + between + ends[-1] + rest
