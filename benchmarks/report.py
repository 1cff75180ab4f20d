"""Shows what was measured: as a table at the terminal, and as the part of docs/performance.md that is written anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.figures import Figure, shown
from benchmarks.run import Report, Result
from processes.errors import SettingRefused

BEGIN, END = "<!-- kvarboende bench: begin -->", "<!-- kvarboende bench: end -->"
COLUMNS = ("", "measure", "figure", "aim", "met")


class MarksMissing(SettingRefused):
    """The document has no part that is to be written anew."""


def as_table(result: Result) -> str:
    """The figures of one database, for a terminal."""
    rows = [COLUMNS, *(_row(figure) for figure in _figures(result))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = [_aligned(row, widths) for row in rows]
    told = ", ".join(f"{name} {value}" for name, value in result.database.items() if name != "database")
    return "\n".join([f"{result.database['database']} ({told})", lines[0], "-" * len(lines[0]), *lines[1:]])


def _figures(result: Result) -> Iterable[Figure]:
    return (figure for one in result.measured.values() for figure in one.figures)


def _row(figure: Figure) -> tuple[str, ...]:
    value = f"{shown(figure.value)} {figure.unit}".rstrip()
    return figure.measure, figure.what, value, figure.aim, figure.verdict


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell.rjust(width) if column in (2, 3) else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def as_markdown(report: Report, command: str) -> str:
    """The generated part of the document: the machine, and each measure with every database beside the other."""
    machine = report.machine
    load = " ".join(f"{one:.2f}" for one in machine["load_average"])
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    computer = f"{machine['cores']} cores ({machine['processor']}), {machine['memory']} memory"
    told = [
        f"Measured {machine['measured_at']} with `{command}`.",
        "",
        f"- {computer}, load average at the start {load}",
        f"- Python {machine['python']}, {versions}",
    ]
    for result in report.results:
        settings = ", ".join(f"{name} {one}" for name, one in result.database.items() if name != "database")
        took = sum(result.seconds.values())
        told.append(f"- {result.database['database']}: {settings}; the measures took {took:.0f} s")
    return "\n".join([*told, "", *_side_by_side(report)])


def _side_by_side(report: Report) -> list[str]:
    """One row for each figure, one column of figures and one of verdicts for each database."""
    names = [result.database["database"] for result in report.results]
    found = [
        {(one.measure, one.what.partition(" (")[0]): one for one in _figures(result)}
        for result in report.results
    ]
    keys = list(dict.fromkeys(key for one in found for key in one))
    keys.sort(key=lambda key: key[0])
    lines = [f"| | Measure | Aim | {' | '.join(names)} |", "| --- | --- | --- |" + " --- |" * len(names)]
    for key in keys:
        figures = [one.get(key) for one in found]
        aim = next((one.aim for one in figures if one is not None and one.aim), "")
        cells = ["" if one is None else _cell(one) for one in figures]
        lines.append(f"| {key[0]} | {key[1]} | {aim} | {' | '.join(cells)} |")
    return lines


def _cell(figure: Figure) -> str:
    value = f"{shown(figure.value)} {figure.unit}".rstrip()
    return f"**{value}** ({figure.verdict})" if figure.is_met is False else value


def write_into(file: Path, part: str) -> None:
    """Put the part between the document's two marks. Raises MarksMissing."""
    text = file.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise MarksMissing(f"{file} has no lines {BEGIN} and {END} between which the figures belong.")
    file.write_text(f"{before}{BEGIN}\n\n{part}\n\n{END}{after}", "utf-8")
