"""Finds what carries a requirement: steps, forms, letters, decision tables, gates, support, deadlines, documents, code.

A step says so by its property `krav`, a form or a field by `x-krav`, a letter by its line in a README, a decision table
by any text in it, and Python by naming the number in a docstring.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from lxml import etree

from processes.handbook.documents import documents
from processes.handbook.requirements import numbers_in
from processes.rules.deadlines import DEADLINES
from processes.rules.gates import GATES
from processes.rules.support_catalogue import SUPPORT

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
PROPERTY = "{http://spiffworkflow.org/bpmn/schema/1.0/core}property"
LETTER_LINE = re.compile(r"letters/[\w.-]+")

DEADLINE_REQUIREMENTS: dict[str, tuple[str, ...]] = {
    "D-01": ("R-138",),
    "D-03": ("R-139",),
    "D-10": ("R-056", "R-167"),
    "D-11": ("R-168",),
    "D-12": ("R-169",),
    "D-13": ("R-170",),
    "D-14": ("R-171",),
    "D-15": ("R-165", "R-172"),
    "D-16": ("R-088",),
    "D-17": ("R-086", "R-087"),
    "D-18": ("R-151",),
    "D-20": ("R-155",),
    "D-24": ("R-176",),
    "D-27": ("R-180",),
    "D-28": ("R-014",),
    "D-29": ("R-148", "R-163"),
}
"""Which requirement each deadline is the time of."""


@dataclass(frozen=True, slots=True, order=True)
class Carrier:
    """One thing that carries a requirement."""

    requirement: str
    kind: str
    """steg, formulär, brev, beslutstabell, spärr, insats, frist, dokument or kod."""
    name: str


def carriers_in(root: Path) -> list[Carrier]:
    """Everything that carries a requirement in the repository at `root`, sorted."""
    diagrams = root / "bpmn-diagrams"
    found = {
        *(carrier for file in diagrams.rglob("*.bpmn") for carrier in carriers_in_diagram(file.read_bytes())),
        *(carrier for file in diagrams.glob("*/forms/*.json") for carrier in carriers_in_form(file)),
        *(carrier for file in diagrams.rglob("*.dmn") for carrier in _carriers_in_table(file)),
        *(carrier for file in diagrams.rglob("README.md") for carrier in carriers_in_letters(file)),
        *(carrier for carrier in carriers_in_code(root)),
        *carriers_in_rules(),
    }
    return sorted(found)


def carriers_in_diagram(content: bytes) -> Iterator[Carrier]:
    """The steps of a BPMN file with their property `krav`. An unreadable file carries nothing."""
    try:
        tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return
    for process in tree.iter(f"{BPMN}process"):
        key = process.get("id")
        for property_ in process.iter(PROPERTY):
            if property_.get("name") != "krav":
                continue
            owner = next((above.get("id") for above in property_.iterancestors() if above.get("id")), key)
            yield from _carriers("steg", f"{key}/{owner}", property_.get("value"))


def carriers_in_form(file: Path) -> Iterator[Carrier]:
    """A form and its fields with `x-krav`."""
    name = f"{file.parent.parent.name}/{file.stem}"
    try:
        form = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError:
        return
    for path, text in _krav_in(form, ""):
        yield from _carriers("formulär", f"{name}{path}", text)


def _krav_in(node: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every `x-krav` below the node, with the path of fields to it."""
    if isinstance(node, Mapping):
        if isinstance(node.get("x-krav"), str):
            yield path, node["x-krav"]
        for key, child in node.items():
            if key == "properties" and isinstance(child, Mapping):
                for field, definition in child.items():
                    yield from _krav_in(definition, f"{path}.{field}")
            else:
                yield from _krav_in(child, path)
    elif isinstance(node, list):
        for child in node:
            yield from _krav_in(child, path)


def _carriers_in_table(file: Path) -> Iterator[Carrier]:
    name = f"{file.parent.name}/{file.stem}"
    return _carriers("beslutstabell", name, file.read_text(encoding="utf-8"))


def carriers_in_letters(file: Path) -> Iterator[Carrier]:
    """The lines of a README that name a letter (`letters/<file>`) and the requirements it carries."""
    for line in file.read_text(encoding="utf-8").splitlines():
        for letter in LETTER_LINE.findall(line):
            yield from _carriers("brev", f"{file.parent.name}/{letter}", line)


def carriers_in_rules() -> Iterator[Carrier]:
    """The gates, the kinds of support, the deadlines and the documents, each by its own list."""
    for gate in GATES.values():
        yield from _carriers("spärr", gate.name, " ".join(gate.requirements))
    for support in SUPPORT.values():
        yield from _carriers("insats", support.code, " ".join(support.requirements))
    for deadline, carried in DEADLINE_REQUIREMENTS.items():
        yield from _carriers("frist", DEADLINES[deadline].id, " ".join(carried))
    for document in documents():
        yield from _carriers("dokument", document.key, " ".join(document.requirements))


def carriers_in_code(root: Path) -> Iterator[Carrier]:
    """The modules, classes and functions whose docstring names a requirement; the register itself does not count."""
    for package in ("app", "processes", "workers"):
        for file in sorted((root / package).rglob("*.py")):
            place = file.relative_to(root).with_suffix("").as_posix()
            if not place.startswith("processes/handbook/"):
                yield from _carriers_in_module(place.replace("/", "."), ast.parse(file.read_bytes()))


def _carriers_in_module(module: str, tree: ast.Module) -> Iterator[Carrier]:
    yield from _carriers("kod", module, ast.get_docstring(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from _carriers("kod", f"{module}.{node.name}", _with_ranges(ast.get_docstring(node)))


def _with_ranges(text: str | None) -> str:
    """The text with `R-091 to R-093` written out."""

    def spelt_out(match: re.Match[str]) -> str:
        first, last = int(match[1]), int(match[2])
        return " ".join(f"R-{number:03}" for number in range(first, last + 1))

    return re.sub(r"\bR-(\d{3}) to R-(\d{3})\b", spelt_out, text or "")


def _carriers(kind: str, name: str, text: str | None) -> Iterator[Carrier]:
    return (Carrier(number, kind, name) for number in numbers_in(text))
