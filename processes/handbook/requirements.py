"""Reads the register: every requirement of the handbook and of the statutes beside it, with number, place and words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

REGISTER = Path(__file__).parent / "register"
NUMBER = re.compile(r"\bR-\d{3}\b")


class Kind(StrEnum):
    """What sort of demand a requirement makes."""

    DUTY = "duty"
    PERMISSION = "permission"
    PROHIBITION = "prohibition"
    DEADLINE = "deadline"
    GUIDANCE = "guidance"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement (sv. krav) of the handbook, in our own words."""

    id: str
    """R-001 to R-180."""
    section: str
    """Chapter and section of the handbook, or the statute if the handbook is silent: `6.5`, `SoL 20:2`."""
    kinds: tuple[Kind, ...]
    who: tuple[str, ...]
    """Who is to meet it, in Swedish."""
    title: str
    """Swedish, short enough for a list."""
    text: str
    """One English sentence."""

    @property
    def chapter(self) -> str:
        """The first chapter that it stands in; `lag` for a statute that the handbook does not mention."""
        first = self.section.split(",")[0].split(".")[0].split("-")[0]
        return first if first.isdigit() else "lag"


@cache
def requirements() -> tuple[Requirement, ...]:
    """Every requirement, by number."""
    found = [
        Requirement(
            id=number,
            section=entry["section"],
            kinds=tuple(Kind(kind) for kind in _listed(entry["type"])),
            who=tuple(_listed(entry["who"])),
            title=entry["title"],
            text=entry["text"],
        )
        for file in REGISTER.glob("*.toml")
        for number, entry in tomllib.loads(file.read_text(encoding="utf-8")).items()
    ]
    return tuple(sorted(found, key=lambda requirement: requirement.id))


def numbers_in(text: str | None) -> tuple[str, ...]:
    """The requirement numbers in a text, each once, in order."""
    return tuple(dict.fromkeys(NUMBER.findall(text or "")))


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]
