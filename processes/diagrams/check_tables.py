"""Asks whether every row of every decision table ever decides anything."""

from __future__ import annotations

from processes.diagrams.problems import Problem
from processes.diagrams.shelf import Shelf


def idle_rows(shelf: Shelf) -> list[Problem]:
    """Rows that no case comes to: a row above takes all of it, or no allowed value fits."""
    found = []
    for path in sorted(shelf.files):
        table = shelf.table_in(path) if path.endswith(".dmn") else None
        for row in table.idle_rows() if table is not None else ():
            message = f"Rad {row} avgör aldrig något: raderna ovanför tar alla fall, eller så kan inget fall vara så."
            found.append(Problem(path, None, message, "warning"))
    return found
