"""The coverage of the handbook: for every requirement what carries it, which test shows it, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from processes.handbook.carriers import Carrier, carriers_in
from processes.handbook.requirements import Requirement, requirements
from processes.handbook.shown_by import Shown, shown_in

SHOWN_PER_ROW = 4
"""How many carriers and tests the text lists before it says how many more there are."""


class Status(StrEnum):
    """How far a requirement is met."""

    COVERED = "covered"
    """Something carries it and a test shows it."""
    PARTLY = "partly"
    """Something carries it and no test shows it, or the other way round."""
    MISSING = "missing"


STATUS_NAMES = {Status.COVERED: "täckt", Status.PARTLY: "delvis", Status.MISSING: "saknas"}


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One requirement with its carriers and the tests that show it."""

    requirement: Requirement
    carriers: tuple[Carrier, ...]
    tests: tuple[str, ...]

    @property
    def status(self) -> Status:
        if self.carriers and self.tests:
            return Status.COVERED
        return Status.PARTLY if self.carriers or self.tests else Status.MISSING


def coverage(carriers: Iterable[Carrier], shown: Iterable[Shown]) -> list[CoverageRow]:
    """One row per requirement of the register, by number."""
    carried: dict[str, list[Carrier]] = {}
    for carrier in carriers:
        carried.setdefault(carrier.requirement, []).append(carrier)
    tested: dict[str, list[str]] = {}
    for test in shown:
        tested.setdefault(test.requirement, []).append(test.by)
    return [
        CoverageRow(
            requirement, tuple(carried.get(requirement.id, ())), tuple(tested.get(requirement.id, ()))
        )
        for requirement in requirements()
    ]


def coverage_rows(root: Path) -> list[CoverageRow]:
    """The coverage in the repository at `root`, where `bpmn-diagrams/`, `processes/` and `tests/` stand."""
    return coverage(carriers_in(root), shown_in(root))


def unknown_numbers(root: Path) -> list[tuple[str, str]]:
    """Numbers that something claims to carry or show and the register does not have, with the place."""
    known = {requirement.id for requirement in requirements()}
    claims = [(carrier.requirement, f"{carrier.kind} {carrier.name}") for carrier in carriers_in(root)]
    claims += [(shown.requirement, shown.by) for shown in shown_in(root)]
    return sorted({claim for claim in claims if claim[0] not in known})


def coverage_text(rows: Iterable[CoverageRow], *, only: Status | None = None) -> str:
    """The rows as plain Swedish text for a terminal, with a sum per chapter; `only` lists those of one status."""
    listed = list(rows)
    lines = [line for row in listed if only in {None, row.status} for line in _row_lines(row)]
    return "\n".join([*lines, "" if lines else "Inga krav att visa.", *_sums(listed)]) + "\n"


def _row_lines(row: CoverageRow) -> list[str]:
    requirement = row.requirement
    carriers = [f"{carrier.kind} {carrier.name}" for carrier in row.carriers]
    return [
        f"{requirement.id}  {STATUS_NAMES[row.status]:<6}  {requirement.title} ({requirement.section})",
        f"       bärs av:  {_some(carriers)}",
        f"       visas av: {_some(row.tests)}",
    ]


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    more = len(listed) - SHOWN_PER_ROW
    text = ", ".join(listed[:SHOWN_PER_ROW])
    return f"{text} och {more} till" if more > 0 else text or "-"


def _sums(rows: list[CoverageRow]) -> list[str]:
    """A line per chapter and one for all."""
    chapters = sorted({row.requirement.chapter for row in rows})
    groups = [
        (f"kapitel {chapter}" if chapter.isdigit() else "lag utanför handboken", chapter)
        for chapter in chapters
    ]
    lines = [
        _sum_line(name, [row for row in rows if row.requirement.chapter == chapter])
        for name, chapter in groups
    ]
    return [*lines, _sum_line("alla krav", rows)]


def _sum_line(name: str, rows: list[CoverageRow]) -> str:
    counted = Counter(row.status for row in rows)
    parts = ", ".join(f"{counted[status]} {STATUS_NAMES[status]}" for status in Status)
    return f"{name}: {len(rows)} krav, {parts}"
