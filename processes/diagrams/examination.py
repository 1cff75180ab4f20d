"""What checking a whole set of process files shows: problems, legal rules, scenarios, and what the scenarios passed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

import processes
from processes.diagrams.check import problems_in
from processes.diagrams.legal_rules import LEGAL_RULES, prove_rules
from processes.diagrams.legal_rules.result import RuleResult
from processes.diagrams.names import Names
from processes.diagrams.problems import Problem
from processes.diagrams.shelf import read_shelf
from processes.engine.path import PathStep

PROGRAM: Final = Path(processes.__file__).parent


@cache
def examiner() -> str:
    """SHA-256 over the program that examines, in hexadecimal: what another version found out is not taken for known."""
    digest = hashlib.sha256()
    for file in sorted(PROGRAM.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """How a scenario went on these files."""

    file: str
    name: str
    ok: bool
    message: str = ""
    """What did not come true, one line each."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which steps and arrows of a process the scenarios passed, and which none of them did; ids in the drawing."""

    covered: tuple[str, ...]
    uncovered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything that is known of a set of files."""

    problems: tuple[Problem, ...] = ()
    rules: tuple[RuleResult, ...] = ()
    scenarios: tuple[ScenarioResult, ...] = ()
    coverage: Mapping[str, Coverage] | None = None
    """By process; None where no scenario could be played."""

    def with_scenarios(
        self, scenarios: tuple[ScenarioResult, ...], coverage: Mapping[str, Coverage] | None
    ) -> Examination:
        """The same, with how the scenarios went."""
        return replace(self, scenarios=scenarios, coverage=coverage)

    def as_json(self) -> dict[str, Any]:
        """As plain values, to be stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What `as_json` gave."""
        coverage = stored["coverage"]
        return cls(
            problems=tuple(Problem(**{**one, "path": _path(one)}) for one in stored["problems"]),
            rules=tuple(RuleResult(**{**one, "path": _path(one)}) for one in stored["rules"]),
            scenarios=tuple(ScenarioResult(**one) for one in stored["scenarios"]),
            coverage=None if coverage is None else {key: _coverage(one) for key, one in coverage.items()},
        )


def _path(stored: Mapping[str, Any]) -> tuple[PathStep, ...]:
    return tuple(PathStep(**step) for step in stored["path"])


def _coverage(stored: Mapping[str, Any]) -> Coverage:
    return Coverage(tuple(stored["covered"]), tuple(stored["uncovered"]))


def examine(files: Mapping[str, bytes], names: Names) -> Examination:
    """Everything that can be told from the files alone (paths as in bpmn-diagrams). No file makes it fail."""
    rules = prove_rules(read_shelf(files), names, LEGAL_RULES)
    return Examination(problems=tuple(problems_in(files, names)), rules=tuple(rules))
