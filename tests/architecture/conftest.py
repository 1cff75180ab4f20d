"""What the guards of the architecture look at: our own modules, as files and as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

ROOT = Path(__file__).resolve().parents[2]
Node = TypeVar("Node", bound=ast.AST)
PACKAGES = ("app", "benchmarks", "processes", "workers")


@dataclass(frozen=True, repr=False)
class Module:
    """One of our own Python files."""

    path: Path
    text: str
    tree: ast.Module

    def __str__(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    __repr__ = __str__

    @property
    def is_measuring(self) -> bool:
        """Whether it only runs where there are no cases but its own."""
        return str(self).startswith("benchmarks/")

    @property
    def is_migration(self) -> bool:
        return "versions" in self.path.parts

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def nodes(self, *kinds: type[Node]) -> Iterator[Node]:
        """Every node of these kinds, wherever it stands."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def at(self, node: ast.stmt | ast.expr | ast.excepthandler) -> str:
        """Where the node is, as an editor opens it."""
        return f"{self}:{node.lineno}"


@cache
def read_modules() -> tuple[Module, ...]:
    files = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    texts = [(file, file.read_text(encoding="utf-8")) for file in files]
    return tuple(Module(file, text, ast.parse(text)) for file, text in texts)


@pytest.fixture(scope="session")
def modules() -> tuple[Module, ...]:
    """Every Python module of our own, but for the tests."""
    return read_modules()


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds everything."""
    return ROOT
