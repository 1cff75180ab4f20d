"""Takes diagrams that were drawn in other tools: says what cannot be run, element by element, and translates what can.

A file from anybody is read within bounds (processes/engine/xml_input.py). What a library would have said about it is
never shown: every sentence is ours, in Swedish, and names the element it is about.
"""

from processes.diagrams.foreign.explaining import Explanation, Remark, explain
from processes.diagrams.foreign.reading import as_utf_8, read_foreign
from processes.diagrams.foreign.translating import Translation, suggested_key, translate
from processes.diagrams.foreign.translations import Done

__all__ = [
    "Done",
    "Explanation",
    "Remark",
    "Translation",
    "as_utf_8",
    "explain",
    "read_foreign",
    "suggested_key",
    "translate",
]
