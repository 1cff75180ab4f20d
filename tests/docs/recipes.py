"""Reads the recipes of docs/extending.md: what each changes, and the commands that show that it works."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.docs.markdown import blocks

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "extending.md"
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Recipe:
    """One change that is shown, and the commands below it."""

    title: str
    change: str
    proofs: tuple[str, ...]


def recipes() -> list[Recipe]:
    """Every recipe in its order; a section may have several."""
    _, *parts = SECTION.split(GUIDE.read_text("utf-8"))
    found = []
    for title, body in zip(parts[::2], parts[1::2], strict=True):
        shown = list(blocks(body))
        changes = [block.text for block in shown if block.language == "diff"]
        proofs = [tuple(block.text.splitlines()) for block in shown if block.language == "sh"]
        found += [
            Recipe(f"{title} ({number})" if len(changes) > 1 else title, change, proof)
            for number, (change, proof) in enumerate(zip(changes, proofs, strict=True), 1)
        ]
    return found
