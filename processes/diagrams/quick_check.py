"""The check while somebody draws: what is wrong with one file, without walking every way through the processes.

It asks the same questions as the check before publishing (check.py), but only about the file and what stands beside it,
so that it answers within a second. Whether every way through comes to an end is found out by the examination.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from processes.diagrams.check_automatic import wrong_operations
from processes.diagrams.check_due_times import wrong_due_times
from processes.diagrams.check_forms import wrong_forms
from processes.diagrams.check_letters import wrong_letters
from processes.diagrams.check_questions import names_to_ask_about, wrong_questions
from processes.diagrams.check_steps import wrong_steps
from processes.diagrams.files import files_of_process, startable_keys
from processes.diagrams.layout import layout_problems
from processes.diagrams.names import Names
from processes.diagrams.problems import Problem
from processes.diagrams.shelf import Shelf, read_shelf
from processes.engine import refusals_in


@dataclass(frozen=True, slots=True)
class QuickCheck:
    """What the check says of one file."""

    problems: tuple[Problem, ...]
    answers: Mapping[str, frozenset[str]]
    """For a diagram: the answers that exist by each step, by the step's id."""
    labels: Mapping[str, str]
    """What each answer's question is called in its form."""


def check_file(files: Mapping[str, bytes], path: str, names: Names) -> QuickCheck:
    """What is wrong with the file at `path`, and with what stands beside it because of it; never fails."""
    shelf = read_shelf(files)
    folder = path.split("/", 1)[0]
    roots = [key for key in startable_keys(files) if key in shelf.reading.drawings]
    found = [Problem(broken, None, message) for broken, message in shelf.reading.broken.items()]
    for wrong in (wrong_steps, wrong_due_times, wrong_operations, wrong_forms):
        found += wrong(shelf, names)
    found += wrong_letters(shelf)
    found += wrong_questions(shelf, names, roots)
    found += _refused(shelf, path)
    if path.endswith(".bpmn") and path in files and path not in shelf.reading.broken:
        found += layout_problems(files[path], path)
    own = [problem for problem in found if _concerns(problem, path, folder)]
    return QuickCheck(
        tuple(dict.fromkeys(own)), names_to_ask_about(shelf, folder, names, roots), _labels(shelf, folder)
    )


def _refused(shelf: Shelf, path: str) -> list[Problem]:
    """What the engine would not run of the processes that the file belongs to or is asked by."""
    key = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    keys = {path.split("/", 1)[0]}
    if path.endswith(".dmn"):
        keys |= {drawing.key for drawing in shelf.drawings for node in drawing.nodes if node.decision == key}
    found = []
    for process in sorted(keys & shelf.keys()):
        for refusal in refusals_in(files_of_process(shelf.files, process), process):
            file = refusal.file or (path if refusal.element == key else f"{process}/{process}.bpmn")
            found.append(Problem(file, refusal.element or None, refusal.message))
    return found


def _concerns(problem: Problem, path: str, folder: str) -> bool:
    """A diagram's page says what is wrong with the diagram; any other file's also what it breaks in its folder."""
    if path.endswith(".bpmn"):
        return problem.file == path
    return problem.file == path or (problem.file.startswith(f"{folder}/") and problem.file.endswith(".bpmn"))


def _labels(shelf: Shelf, folder: str) -> dict[str, str]:
    """The words of every question by its name, those of the own folder before others."""
    labels: dict[str, str] = {}
    for path in sorted(shelf.forms, key=lambda one: (not one.startswith(f"{folder}/"), one)):
        for field in shelf.forms[path].fields.values():
            labels.setdefault(field.name, field.label)
    return labels
