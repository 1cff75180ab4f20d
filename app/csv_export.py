"""Writes tables for a spreadsheet so that nothing in them is run: what looks like a formula stays a text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

Cell = str | int | float | None
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
SPREADSHEET_MARK = "\ufeff"
"""Tells a spreadsheet that the file is written in UTF-8."""


def csv_safe(cell: Cell) -> str:
    """The cell as it can stand in a file that a spreadsheet opens; numbers stay numbers, also negative ones."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(cell)
    text = cell.replace("\0", "")
    return f"'{text}" if text.lstrip().startswith(FORMULA_SIGNS) or text.startswith(FORMULA_SIGNS) else text


def csv_of(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table as text, with semicolons as Swedish spreadsheets want them; every text stands in quotes."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([csv_safe(cell) for cell in row])
    return SPREADSHEET_MARK + written.getvalue()


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """The table as a file to save; `name` is ours, of plain letters, and never typed by somebody. Raises ValueError."""
    if not name.replace("-", "").isalnum() or not name.isascii():
        raise ValueError(f"{name!r} is no name for a file to save")
    answer = Response(csv_of(header, rows), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
