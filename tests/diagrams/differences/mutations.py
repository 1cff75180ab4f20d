"""Small changes of the published files, each with the words in which it must be told (they stand in mutations.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from processes.diagrams.files import read_folder

DIAGRAM = "anstand/anstand.bpmn"
FORM = "anstand/forms/ta_stallning_till_anstand.json"
TABLE = "underrattelse/forslag_stallning.dmn"
DUE_TIMES = "forfallotider/forfallotider.dmn"
LETTER = "mottagning/letters/informationsbrev.md"
STORY = "underrattelse/scenarios/K-01-endast-radgivning.yaml"


@cache
def published() -> Mapping[str, bytes]:
    return read_folder(Path("bpmn-diagrams"))


@dataclass(frozen=True)
class Mutation:
    """A change of one file, and what must be said about it: nothing more and nothing less."""

    name: str
    path: str
    swaps: list[list[str]]
    words: str
    """How the sentence begins."""
    element: str | None = None
    kind: str = "changed"

    def fits(self, files: Mapping[str, bytes]) -> bool:
        return all(files[self.path].decode().count(old) == 1 for old, _ in self.swaps)

    def done_to(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        assert self.fits(files), f"{self.name}: the file does not say once what is to be changed"
        text = files[self.path].decode()
        for old, new in self.swaps:
            text = text.replace(old, new)
        return {**files, self.path: text.encode()}


MUTATIONS = [
    Mutation(**row)
    for row in tomllib.loads((Path(__file__).parent / "mutations.toml").read_text(encoding="utf-8"))[
        "mutation"
    ]
]
