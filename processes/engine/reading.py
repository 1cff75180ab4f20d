"""Reads all files of a process together: its own diagram, those it calls, and the decision tables they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from processes.engine.dmn import DecisionTable
from processes.engine.dmn_input import read_table
from processes.engine.drawing import Drawing, read_drawings
from processes.engine.xml_input import FileRefused
from processes.errors import ExpressionRefused


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files say. `broken` tells which files could not be read, and why, in Swedish."""

    key: str
    drawings: Mapping[str, Drawing]
    """Every process in the files by key; of two with the same key the first."""
    tables: Mapping[str, DecisionTable]
    broken: Mapping[str, str] = field(default_factory=dict)
    repeated: tuple[str, ...] = ()
    """Keys of processes that are drawn more than once."""

    @property
    def used(self) -> list[Drawing]:
        """The process itself and every process it calls, directly or through others, each once."""
        found: dict[str, Drawing] = {}
        waiting = [self.key]
        while waiting:
            drawing = self.drawings.get(waiting.pop(0))
            if drawing is not None and drawing.key not in found:
                found[drawing.key] = drawing
                waiting += [node.called for node in drawing.nodes if node.called]
        return list(found.values())

    def used_tables(self) -> list[DecisionTable]:
        """The decision tables that the used diagrams name."""
        names = dict.fromkeys(
            node.decision for drawing in self.used for node in drawing.nodes if node.decision
        )
        return [self.tables[name] for name in names if name in self.tables]


def read_files(files: Mapping[str, bytes], key: str) -> Reading:
    """Read every `.bpmn` and `.dmn` file; never fails, whatever the files contain."""
    drawings: dict[str, Drawing] = {}
    tables: dict[str, DecisionTable] = {}
    broken: dict[str, str] = {}
    repeated: list[str] = []
    for name, content in sorted(files.items()):
        try:
            if name.endswith(".bpmn"):
                found = read_drawings(name, content)
                repeated += [one.key for one in found if drawings.setdefault(one.key, one) is not one]
            elif name.endswith(".dmn"):
                table = read_table(content)
                tables[table.key] = table
        except FileRefused as refused:
            broken[name] = str(refused)
        except ExpressionRefused as refused:
            broken[name] = f"Ett uttryck går inte att läsa: {refused}."
    return Reading(key, drawings, tables, broken, tuple(repeated))
