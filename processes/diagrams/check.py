"""The one check of diagrams: everything that must be right before a process may be published, said in Swedish."""

from __future__ import annotations

from collections.abc import Mapping

from processes.diagrams.check_automatic import wrong_operations
from processes.diagrams.check_due_times import wrong_due_times
from processes.diagrams.check_forms import wrong_forms
from processes.diagrams.check_letters import wrong_letters
from processes.diagrams.check_questions import wrong_questions
from processes.diagrams.check_steps import wrong_steps
from processes.diagrams.check_tables import idle_rows
from processes.diagrams.files import DUE_TIMES, files_of_process, startable_keys
from processes.diagrams.layout import layout_problems
from processes.diagrams.names import Names
from processes.diagrams.problems import Problem
from processes.diagrams.shelf import Shelf, read_shelf
from processes.engine import Refusal, findings_of, refusals_in
from processes.engine.refusals import is_too_large


def problems_in(files: Mapping[str, bytes], names: Names) -> list[Problem]:
    """What is wrong with a folder of diagrams (paths relative to it); empty if all of it can be published.

    Asked are: what the engine would not run, ways on which a case would stand still, names that do not exist, forms,
    questions asked before they are answered, and how the diagrams are drawn. No file, however broken, makes it fail.
    """
    shelf = read_shelf(files)
    roots = _roots(shelf)
    found = _misplaced(shelf)
    for root in roots:
        if f"{root}/{root}.bpmn" in files:
            found += _refused(shelf, root)
    found += wrong_steps(shelf, names)
    found += wrong_due_times(shelf, names)
    found += wrong_operations(shelf, names)
    found += wrong_letters(shelf)
    found += idle_rows(shelf)
    found += wrong_forms(shelf, names)
    found += wrong_questions(shelf, names, roots)
    for path, content in sorted(files.items()):
        if path.endswith(".bpmn") and path not in shelf.reading.broken:
            found += layout_problems(content, path)
    return list(dict.fromkeys(found))


def _roots(shelf: Shelf) -> list[str]:
    """The processes that are published by themselves, and those that nothing published reaches."""
    roots = [key for key in startable_keys(shelf.files) if key in shelf.reading.drawings]
    reached = {drawing.key for root in roots for drawing in shelf.used_by(root)}
    return roots + sorted(shelf.keys() - reached)


def _refused(shelf: Shelf, key: str) -> list[Problem]:
    """What the engine would not run; and where it runs, what every way through each part of it shows."""
    refusals = refusals_in(files_of_process(shelf.files, key), key)
    refused = [Problem(_file_of(shelf, key, one), one.element or None, one.message) for one in refusals]
    if any(is_too_large(part) for part in shelf.used_by(key)):
        return refused
    return refused + [
        Problem(part.file, found.element, found.message, found.level, found.path)
        for part in shelf.used_by(key)
        if part.file not in {one.file for one in refused}
        for found in findings_of(shelf.reading.drawings, part.key)
    ]


def _file_of(shelf: Shelf, key: str, refusal: Refusal) -> str:
    """Where what is refused stands: in the file that it names, in a decision table, or in the process's diagram."""
    tables = [path for path in shelf.files if path.endswith(f"/{refusal.element}.dmn")]
    return refusal.file or next(iter(tables), f"{key}/{key}.bpmn")


def _misplaced(shelf: Shelf) -> list[Problem]:
    """Broken files, diagrams that are not named as their folder, and decision tables that nothing asks."""
    found = [Problem(path, None, message) for path, message in shelf.reading.broken.items()]
    found += [
        Problem(path, None, f"Diagrammet ska ligga som {folder}/{folder}.bpmn.")
        for path in sorted(shelf.files)
        for folder in [path.split("/", 1)[0]]
        if path.endswith(".bpmn") and path != f"{folder}/{folder}.bpmn"
    ]
    found += [
        Problem(
            drawing.file,
            drawing.key,
            f"Processens id {drawing.key} ska vara samma som mappens och filens namn.",
        )
        for drawing in shelf.drawings
        if drawing.file != f"{drawing.key}/{drawing.key}.bpmn"
    ]
    asked = {node.decision for drawing in shelf.drawings for node in drawing.nodes if node.decision}
    found += [
        Problem(
            path, None, "Ingen process frågar beslutstabellen, eller så heter filen inte som tabellens id."
        )
        for path in sorted(shelf.files)
        if path.endswith(".dmn")
        and path != DUE_TIMES
        and path.rsplit("/", 1)[-1].removesuffix(".dmn") not in asked
    ]
    return found
