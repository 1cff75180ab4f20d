"""What the quick check says of one file, in the shape that the editors show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.catalogue import names_here
from processes.diagrams.problems import Problem
from processes.diagrams.quick_check import check_file


def as_told(files: Mapping[str, bytes], path: str) -> dict[str, Any]:
    """The answer of a check: the problems of the file, and what can be asked about at each step."""
    checked = check_file(files, path, names_here())
    return {
        "problems": [_told(problem, path) for problem in checked.problems],
        "answers": {
            step: [{"name": name, "words": checked.labels.get(name, "")} for name in sorted(names)]
            for step, names in checked.answers.items()
        },
    }


def _told(problem: Problem, path: str) -> dict[str, Any]:
    message = problem.message if problem.file == path else f"{problem.file}: {problem.message}"
    return {"element": problem.element, "message": message, "level": problem.level}
