"""THREATS.md promises nothing that no test shows."""

from __future__ import annotations

import ast
import re

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_promise_names_its_test(root):
    told = (root / "THREATS.md").read_text()
    promises = told.partition("| promise | shown by |\n| --- | --- |\n")[2].partition("\n\n")[0].splitlines()
    assert len(promises) > 20
    assert [line for line in promises if not NAMED.search(line.split(" | ", 1)[1])] == []


def test_every_named_test_exists(root):
    named = NAMED.findall((root / "THREATS.md").read_text())
    assert named
    missing = [(file, name) for file, name in named if name not in named_tests(root / file)]
    assert missing == []


def named_tests(file) -> set[str]:
    """The names of the tests in a file; none when there is no such file."""
    if not file.exists():
        return set()
    return {node.name for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)}
