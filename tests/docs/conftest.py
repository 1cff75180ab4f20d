"""What the tests of the documents look at: every text in Markdown that the project hands out."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = tuple(
    sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("bpmn-diagrams/*/README.md")])
)
"""Every document; the letters of the processes are texts to be filled in, and no documents."""


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds everything."""
    return ROOT


@pytest.fixture(params=DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def document(request) -> Path:
    """Each document in its turn."""
    chosen: Path = request.param
    return chosen
