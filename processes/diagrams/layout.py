"""Asks whether a diagram is drawn so that a caseworker can follow it: left to right, nothing crossing or covered."""

from __future__ import annotations

from processes.diagrams.layout_labels import wrong_labels
from processes.diagrams.layout_lines import wrong_lines
from processes.diagrams.layout_shapes import wrong_shapes
from processes.diagrams.picture import read_picture
from processes.diagrams.problems import Problem
from processes.engine.xml_input import FileRefused


def layout_problems(bpmn: bytes, file: str = "") -> list[Problem]:
    """What is wrong with how the BPMN file is drawn, in Swedish; a file that cannot be read is one problem."""
    try:
        picture = read_picture(bpmn)
    except FileRefused as refused:
        return [Problem(file, None, str(refused))]
    found = [*wrong_shapes(picture), *wrong_lines(picture), *wrong_labels(picture)]
    return [Problem(file, element or None, message) for element, message in dict.fromkeys(found)]
