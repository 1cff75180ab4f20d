"""Everything about a diagram that the engine would not run as it is drawn, said in Swedish to the person who drew it.

The library that runs the diagrams refuses some of this with a message for programmers, runs some of it as something
else without a word (a signal becomes nothing at all, an interrupting event sub-process does not interrupt), and never
ends on the rest. Each module here asks one kind of question; `tests/engine` has a test for each answer. No file,
however broken, makes these functions fail.
"""

from __future__ import annotations

from collections.abc import Mapping

from processes.engine.reading import Reading, read_files
from processes.engine.refusals.calls import refused_calls
from processes.engine.refusals.conditions import refused_conditions
from processes.engine.refusals.elements import refused_elements
from processes.engine.refusals.events import refused_events
from processes.engine.refusals.expressions import refused_expressions
from processes.engine.refusals.files import is_too_large, refused_files
from processes.engine.refusals.flows import refused_flows
from processes.engine.refusals.paths import refused_paths
from processes.engine.refusals.refusal import Refusal
from processes.engine.refusals.tables import refused_tables

__all__ = ["Refusal", "is_too_large", "refusals_in", "refusals_of"]

_STRUCTURE = (refused_elements, refused_events, refused_flows, refused_expressions)
_MEANING = (refused_paths, refused_conditions)


def refusals_in(files: Mapping[str, bytes], key: str) -> list[Refusal]:
    """What is wrong with the process `key` and with every process and table it uses; empty if it can be run."""
    return refusals_of(read_files(files, key))


def refusals_of(reading: Reading) -> list[Refusal]:
    """The same for files that are already read. What a path or a condition means is asked only of sound structure."""
    found = refused_files(reading)
    if any(is_too_large(drawing) for drawing in reading.used):
        return found
    for drawing in reading.used:
        structure = [refusal for refused in _STRUCTURE for refusal in refused(drawing)]
        if not structure:
            structure = [refusal for refused in _MEANING for refusal in refused(drawing)]
        found += structure
    found += refused_calls(reading)
    found += refused_tables(reading)
    return list(dict.fromkeys(found))
