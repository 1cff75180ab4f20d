"""What stands between two sets of files of the processes, said in Swedish: not how they are written, what they mean."""

from __future__ import annotations

from collections.abc import Mapping

from processes.diagrams.differences.drawings import compare_drawings
from processes.diagrams.differences.forms import NoForm, compare_forms
from processes.diagrams.differences.lines import compare_lines
from processes.diagrams.differences.parts import Difference, Kind
from processes.diagrams.differences.stories import NoStory, compare_stories
from processes.diagrams.differences.tables import compare_tables
from processes.engine.xml_input import FileRefused

__all__ = ["Difference", "Kind", "differences"]

_FILES = {
    "bpmn": "Diagrammet",
    "dmn": "Beslutstabellen",
    "json": "Formuläret",
    "md": "Texten",
    "yaml": "Berättelsen",
}

_READERS = {
    "bpmn": compare_drawings,
    "dmn": compare_tables,
    "json": compare_forms,
    "yaml": compare_stories,
    "yml": compare_stories,
}


def differences(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[Difference]:
    """Every difference between two folders of diagrams (paths relative to bpmn-diagrams), file by file.

    Two files that are written differently and say the same have no difference. A file that cannot be read as what
    it should be is compared line by line. Never fails, whatever the files contain.
    """
    found: list[Difference] = []
    for path in sorted(before.keys() | after.keys()):
        if path not in after:
            found.append(_whole_file(path, is_new=False))
        elif path not in before:
            found.append(_whole_file(path, is_new=True))
        elif before[path] != after[path]:
            found += _inside(path, before[path], after[path])
    return found


def _whole_file(path: str, *, is_new: bool) -> Difference:
    verb = "har lagts till" if is_new else "har tagits bort"
    what = f"{_FILES.get(path.rsplit('.', 1)[-1], 'Filen')} {path} {verb}."
    return Difference(path, None, path, "added" if is_new else "removed", what, sort="fil")


def _inside(path: str, before: bytes, after: bytes) -> list[Difference]:
    parts = path.split("/")
    compare = _READERS.get(path.rsplit(".", 1)[-1], compare_lines)
    if compare is compare_forms and "forms" not in parts:
        compare = compare_lines
    try:
        return compare(path, before, after)
    except (FileRefused, NoForm, NoStory):
        return compare_lines(path, before, after)
