"""A folder of diagrams, read once for the check: its processes, its decision tables and its forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from processes.diagrams.problems import Problem
from processes.engine import DecisionTable
from processes.engine.dmn_input import read_table
from processes.engine.drawing import Drawing, Node
from processes.engine.reading import Reading, read_files
from processes.forms import Form, FormRefused, load_form

EVENT_FORMS: Final = "arendehandelser"
"""The folder of the forms by which a caseworker records an event by hand."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What all files of the folder say together."""

    files: Mapping[str, bytes]
    reading: Reading
    forms: Mapping[str, Form]
    """By path; those that cannot be used are missing."""
    unusable: tuple[Problem, ...]
    """What is wrong with the forms that cannot be used."""

    @property
    def drawings(self) -> list[Drawing]:
        """Every process in the folder."""
        return list(self.reading.drawings.values())

    def form_of(self, drawing: Drawing, node: Node) -> Form | None:
        """The usable form of a user task."""
        return self.forms.get(form_path(drawing, node))

    def keys(self) -> frozenset[str]:
        """The processes in the folder."""
        return frozenset(self.reading.drawings)

    def used_by(self, key: str) -> list[Drawing]:
        """A process with all that it calls."""
        reading = self.reading
        return Reading(key, reading.drawings, reading.tables).used

    def table_in(self, path: str) -> DecisionTable | None:
        """The decision table of the file, if it is there and can be read."""
        if path not in self.files or path in self.reading.broken:
            return None
        return read_table(self.files[path])

    def letters(self) -> frozenset[str]:
        """Keys of the letters in all folders."""
        parts = [path.split("/") for path in self.files]
        return frozenset(
            part[2].split(".", 1)[0] for part in parts if len(part) == 3 and part[1] == "letters"
        )


def form_path(drawing: Drawing, node: Node) -> str:
    """Where the form of a user task lies."""
    return f"{drawing.key}/forms/{node.id}.json"


def read_shelf(files: Mapping[str, bytes]) -> Shelf:
    """Read every file; never fails."""
    forms: dict[str, Form] = {}
    unusable: list[Problem] = []
    for path, content in sorted(files.items()):
        if "/forms/" in path and path.endswith(".json"):
            try:
                forms[path] = load_form(content)
            except FormRefused as refused:
                unusable += [Problem(path, None, message) for message in refused.problems]
    return Shelf(files, read_files(files, ""), forms, tuple(unusable))
