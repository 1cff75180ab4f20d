"""What has been moved on a drawing, so that it looks different and means the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from processes.diagrams.differences.parts import Difference, unquoted
from processes.diagrams.differences.xml_meaning import meaning_of, without
from processes.engine.xml_input import local_name, read_xml

_DRAWN: Final = "http://www.omg.org/spec/BPMN/20100524/DI"


def moved(path: str, before: bytes, after: bytes, names: Mapping[str, str]) -> list[Difference]:
    """Each element that both files draw, and draw differently."""
    was, now = _drawn(before), _drawn(after)
    return [
        Difference(
            path=path,
            element=element,
            element_name=unquoted(names[element]),
            kind="moved",
            what=_how(names[element], was[element], place),
            sort="ritning",
        )
        for element, place in now.items()
        if element in was and element in names and _look(was[element]) != _look(place)
    ]


def _drawn(content: bytes) -> dict[str, Any]:
    return {
        element.get("bpmnElement", ""): element
        for element in read_xml(content).iter(f"{{{_DRAWN}}}BPMNShape", f"{{{_DRAWN}}}BPMNEdge")
    }


def _look(element: Any) -> tuple[Any, ...]:
    return meaning_of(_without_ids(element))


def _without_ids(element: Any) -> Any:
    bare = without(element)
    for each in bare.iter():
        each.attrib.pop("id", None)
        for name in ("x", "y", "width", "height"):
            if name in each.attrib:
                each.set(name, _number(each.get(name)))
    return bare


def _number(text: str) -> str:
    try:
        return f"{float(text):g}"
    except ValueError:
        return text


def _how(called: str, was: Any, now: Any) -> str:
    if local_name(now) == "BPMNEdge":
        return f"{called} är draget på ett annat sätt."
    old, new = (_bounds(_without_ids(one)) for one in (was, now))
    if old == new:
        return f"{called} ser annorlunda ut på ritningen."
    if old[:2] == new[:2]:
        return f"{called} har fått en annan storlek på ritningen."
    return f"{called} har flyttats på ritningen."


def _bounds(shape: Any) -> tuple[str | None, ...]:
    for child in shape:
        if local_name(child) == "Bounds":
            return tuple(child.get(name) for name in ("x", "y", "width", "height"))
    return (None,) * 4
