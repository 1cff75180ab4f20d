"""Faults that a hand could make in the diagrams that are shipped: each is caught, and the table says by which check.

The table is in seeded_faults.py, and `pytest -v` prints it: what was done, and the rule or the words that caught it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from processes.diagrams.check import problems_in
from processes.diagrams.files import files_of_process, read_folder, startable_keys
from processes.diagrams.legal_rules import LEGAL_RULES, prove_rules
from processes.diagrams.legal_rules.rule import EVERYWHERE
from processes.diagrams.names import known_names
from processes.diagrams.problems import Problem
from processes.diagrams.shelf import Shelf, read_shelf
from processes.operations import OPERATIONS
from tests.city import DIAGRAMS
from tests.diagrams.faulty import changed
from tests.diagrams.seeded_faults import FAULTS, Fault

FILES = read_folder(DIAGRAMS)
NAMES = known_names(OPERATIONS)
SHELF = read_shelf(FILES)


def test_there_are_at_least_forty_faults_of_many_kinds_over_the_main_diagrams() -> None:
    assert len(FAULTS) >= 40
    assert len({fault.what for fault in FAULTS}) == len(FAULTS)
    assert len({fault.file for fault in FAULTS}) >= 20


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.what} > {fault.rule or fault.says}")
def test_the_fault_is_caught(fault: Fault) -> None:
    before = FILES[fault.path]
    after = None if fault.change is None else changed(before, fault.change)
    assert after != before
    if fault.rule:
        assert fault.rule in rules_not_proven(fault.path, after)
    else:
        new = new_problems(fault.path, after)
        assert any(fault.says in problem.message for problem in new), [str(problem) for problem in new]


def rules_not_proven(path: str, content: bytes | None) -> list[str]:
    """The legal rules that are broken when only this file is another."""
    shelf = with_file(path, content)
    key = path.split("/", 1)[0]
    concerned = [
        rule
        for rule in LEGAL_RULES
        if rule.process == EVERYWHERE or key in {drawing.key for drawing in SHELF.used_by(rule.process)}
    ]
    return [result.key for result in prove_rules(shelf, NAMES, concerned) if result.status != "proven"]


def with_file(path: str, content: bytes | None) -> Shelf:
    """All files with another content in one of them; only that one is read anew."""
    folder = path.split("/", 1)[0]
    few = {name: text for name, text in FILES.items() if name.startswith(f"{folder}/")}
    few = {**few, path: content} if content is not None else {n: t for n, t in few.items() if n != path}
    own = read_shelf(few)
    reading = replace(
        SHELF.reading,
        drawings={**SHELF.reading.drawings, **own.reading.drawings},
        tables={**SHELF.reading.tables, **own.reading.tables},
    )
    files = {**{n: t for n, t in FILES.items() if n not in few}, **few}
    return Shelf(files, reading, {**SHELF.forms, **own.forms}, own.unusable)


def new_problems(path: str, content: bytes | None) -> list[Problem]:
    """What is found in the process that the file belongs to, and was not found before."""
    root = root_of(path)
    files = dict(part_of(root))
    if content is None:
        del files[path]
    else:
        files[path] = content
    return [problem for problem in problems_in(files, NAMES) if problem not in known_problems(root)]


def root_of(path: str) -> str:
    """The smallest process that can be started and needs the file."""
    folder = path.split("/", 1)[0]
    roots = [key for key in startable_keys(FILES) if key in SHELF.reading.drawings]
    using = [key for key in roots if folder in {drawing.key for drawing in SHELF.used_by(key)}]
    return min(using, key=lambda key: len(SHELF.used_by(key)))


@cache
def part_of(root: str) -> dict[str, bytes]:
    return files_of_process(FILES, root)


@cache
def known_problems(root: str) -> frozenset[Problem]:
    """What is said of a part of the files because the rest is not there."""
    return frozenset(problems_in(part_of(root), NAMES))
