"""Reads the text of a script task: one assignment per line, `name = expression`, and nothing else."""

from __future__ import annotations

import re
from typing import Final

from processes.engine.expressions import compile_expression
from processes.errors import ExpressionRefused

MOST_LINES: Final = 20
_ASSIGNMENT: Final = re.compile(r"([a-z][a-z0-9_]{0,79})[ \t]*=(?!=)(.*)")


def read_assignments(script: str) -> tuple[tuple[str, str], ...]:
    """The assignments from the top down; raises ExpressionRefused."""
    lines = [line.strip() for line in script.splitlines() if line.strip()]
    if not lines or len(lines) > MOST_LINES:
        raise ExpressionRefused(f"a script has one to {MOST_LINES} assignments")
    assignments = []
    for line in lines:
        found = _ASSIGNMENT.fullmatch(line)
        if found is None:
            raise ExpressionRefused(f"'{line[:80]}' is not an assignment such as: name = expression")
        assignments.append((found[1], compile_expression(found[2]).text))
    return tuple(assignments)
