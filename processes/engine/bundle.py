"""One version of a process with everything it calls and decides by: read once, then shared by all its instances."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import RLock
from types import MappingProxyType
from typing import Any, Final

from processes.engine.assignments import read_assignments
from processes.engine.drawing import Drawing, Node
from processes.engine.expressions import names_in
from processes.engine.parsing import parse_processes
from processes.engine.reading import Reading, read_files
from processes.engine.refusals import refusals_of
from processes.errors import DiagramRefused

MOST_BUNDLES: Final = 64
"""Parsed bundles kept in memory; about a quarter of a megabyte each."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step (sv. steg) of a diagram: what the person who drew it said about it."""

    id: str
    name: str
    kind: str
    """The element's BPMN name: `userTask`, `serviceTask`, `callActivity`, `exclusiveGateway`, `boundaryEvent` ..."""
    process_key: str
    """The process that the step is drawn in, which may be one that the bundle's process calls."""
    lane: str | None
    documentation: str
    properties: Mapping[str, str]
    attached_to: str | None = None
    """For an event on the border of a step: that step."""
    called: str | None = None
    """For a call: the key of the called process."""
    message: str | None = None
    """For an event that waits for a message: its name."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A process as it runs. Nothing in it changes, so that threads and instances share it."""

    key: str
    version: str
    """SHA-256 of all its files, in hexadecimal."""
    title: str
    """What the process is called in its diagram."""
    steps: Mapping[str, Step]
    messages: frozenset[str]
    """Every message that some step can wait for."""
    names: frozenset[str]
    """Every fact and answer that some condition, date, parameter or decision asks for."""
    process: Any = field(repr=False, compare=False)
    called: Mapping[str, Any] = field(repr=False, compare=False)


_BUNDLES: OrderedDict[tuple[str, str], Bundle] = OrderedDict()
_LOCK = RLock()


def parse_bundle(key: str, files: Mapping[str, bytes]) -> Bundle:
    """The process `key` from its files (paths relative to bpmn-diagrams; the called processes and decision tables
    included). Raises DiagramRefused with the reasons in Swedish. The same files are read only once.
    """
    version = version_of(files)
    with _LOCK:
        known = _BUNDLES.get((key, version))
        if known is None:
            known = _parse(key, files, version)
            _BUNDLES[key, version] = known
            while len(_BUNDLES) > MOST_BUNDLES:
                _BUNDLES.popitem(last=False)
        _BUNDLES.move_to_end((key, version))
        return known


def version_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the names and contents of the files, whatever order they come in."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        for part in (name.encode(), content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _parse(key: str, files: Mapping[str, bytes], version: str) -> Bundle:
    return build_bundle(sound_reading(key, files), version)


def sound_reading(key: str, files: Mapping[str, bytes]) -> Reading:
    """The files of the process, read; raises DiagramRefused with everything that is wrong with them."""
    reading = read_files(files, key)
    refusals = refusals_of(reading)
    if refusals:
        raise DiagramRefused("; ".join(f"{refusal.element}: {refusal.message}" for refusal in refusals))
    return reading


def build_bundle(reading: Reading, version: str) -> Bundle:
    """The bundle that a sound reading describes."""
    drawings = reading.used
    process, called = parse_processes(reading.key, drawings, reading.tables)
    return Bundle(
        key=reading.key,
        version=version,
        title=reading.drawings[reading.key].name or reading.key,
        steps=MappingProxyType(
            {node.id: _step(drawing, node) for drawing in drawings for node in drawing.nodes}
        ),
        messages=frozenset(node.message for drawing in drawings for node in drawing.nodes if node.message),
        names=names_asked_for(reading),
        process=process,
        called=MappingProxyType(called),
    )


def _step(drawing: Drawing, node: Node) -> Step:
    lane = node.lane
    if lane is None and node.attached_to is not None:
        lane = drawing.by_id[node.attached_to].lane
    return Step(
        id=node.id,
        name=node.name,
        kind=node.kind,
        process_key=drawing.key,
        lane=lane,
        documentation=node.documentation,
        properties=MappingProxyType(dict(node.properties)),
        attached_to=node.attached_to,
        called=node.called,
        message=node.message,
    )


def names_asked_for(reading: Reading) -> frozenset[str]:
    """The names in every expression of the diagrams and decision tables, except those that a script or table sets."""
    asked: set[str] = set()
    for drawing in reading.used:
        for use in expressions_of(drawing):
            asked |= names_in(use.text)
    for table in reading.used_tables():
        asked |= table.names
    return frozenset(asked)


@dataclass(frozen=True, slots=True)
class ExpressionUse:
    """An expression and the element that it is written on."""

    file: str
    process_key: str
    element: str
    purpose: str
    """`condition`, `date`, `parameter` or `assignment`."""
    text: str


def expressions_of(drawing: Drawing) -> list[ExpressionUse]:
    """Every expression of the drawing (those in decision tables are their own)."""
    found = [("condition", flow.id, flow.condition) for flow in drawing.flows if flow.condition is not None]
    for node in drawing.nodes:
        if node.timer is not None:
            found.append(("date", node.id, node.timer[1]))
        found += [("parameter", node.id, text) for text in node.parameters.values()]
        if node.script is not None:
            found += [("assignment", node.id, text) for _name, text in read_assignments(node.script)]
    return [
        ExpressionUse(drawing.file, drawing.key, element, purpose, text) for purpose, element, text in found
    ]
