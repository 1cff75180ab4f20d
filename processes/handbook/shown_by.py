"""Finds what shows a requirement: tests with the marker `requirement`, and scenario files that name it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from processes.handbook.requirements import numbers_in

FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """A test or a scenario that shows a requirement."""

    requirement: str
    by: str
    """`tests/rules/test_consent.py::test_...` or the path of the scenario file."""


def shown_in(root: Path) -> list[Shown]:
    """Every test and scenario of the repository at `root` that shows a requirement, sorted."""
    tests = {shown for file in (root / "tests").rglob("test_*.py") for shown in shown_in_test(file, root)}
    stories = {
        shown
        for file in (root / "bpmn-diagrams").glob("*/scenarios/*.y*ml")
        for shown in shown_in_scenario(file, root)
    }
    return sorted(tests | stories)


def shown_in_test(file: Path, root: Path) -> Iterator[Shown]:
    """The tests of a file with `@pytest.mark.requirement(...)` on them, on their class, or as `pytestmark`."""
    tree = ast.parse(file.read_bytes())
    place = file.relative_to(root).as_posix()
    whole = [number for node in tree.body for number in _pytestmark(node)]
    yield from _in_body(tree.body, place, whole)


def _in_body(body: list[ast.stmt], place: str, above: list[str]) -> Iterator[Shown]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _in_body(node.body, f"{place}::{node.name}", above + _markers(node))
        elif isinstance(node, FUNCTIONS) and node.name.startswith("test_"):
            for number in dict.fromkeys(above + _markers(node)):
                yield Shown(number, f"{place}::{node.name}")


def _markers(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Those on the function itself, and those on single rows of its table (`pytest.param(..., marks=...)`)."""
    return [
        number
        for decorator in node.decorator_list
        for child in ast.walk(decorator)
        for number in _numbers(child)
    ]


def _pytestmark(node: ast.stmt) -> list[str]:
    if not isinstance(node, ast.Assign) or not any(
        isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
    ):
        return []
    return [number for child in ast.walk(node.value) for number in _numbers(child)]


def _numbers(node: ast.AST) -> list[str]:
    """The numbers in `pytest.mark.requirement("R-056", ...)`; nothing for any other expression."""
    if not (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "requirement"
    ):
        return []
    texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
    return [number for text in texts for number in numbers_in(str(text))]


def shown_in_scenario(file: Path, root: Path) -> Iterator[Shown]:
    """The requirements that a scenario lists under `requirements`; a file that cannot be read shows nothing."""
    try:
        story = yaml.safe_load(file.read_bytes())
    except yaml.YAMLError:
        return
    listed = story.get("requirements") if isinstance(story, dict) else None
    for text in listed if isinstance(listed, list) else []:
        for number in numbers_in(str(text)):
            yield Shown(number, file.relative_to(root).as_posix())
