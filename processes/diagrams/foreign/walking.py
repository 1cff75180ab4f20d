"""Goes through the elements of a BPMN file from any tool, sub-processes and all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from processes.engine.xml_input import BPMN, local_name, namespace

_HOLDERS: Final = {"subProcess", "adHocSubProcess", "transaction"}


def steps_of(process: Any) -> Iterator[Any]:
    """Every BPMN element of the process and of the sub-processes drawn inside it."""
    waiting = [process]
    while waiting:
        for child in waiting.pop():
            if namespace(child) != BPMN:
                continue
            yield child
            if local_name(child) in _HOLDERS:
                waiting.append(child)


def named(root: Any) -> dict[str, str]:
    """What a person calls each element, by id."""
    return {
        element.get("id"): " ".join(element.get("name").split())[:80]
        for element in root.iter()
        if element.get("id") and element.get("name") and namespace(element) == BPMN
    }


def extensions_of(element: Any) -> Iterator[Any]:
    """What a tool has added to the element beyond BPMN."""
    for child in element:
        if namespace(child) == BPMN and local_name(child) == "extensionElements":
            yield from child
