"""A legal rule about the processes: a sentence, where it comes from, and the form in which it is proven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from processes.diagrams.legal_rules.patterns import Pattern
from processes.engine.operators import Value

EVERYWHERE: Final = "*"
"""The process of a rule that is about all of them."""
Given = Value | tuple[Value, ...]
"""The value of a fact, or several that are tried one after another."""


@dataclass(frozen=True, slots=True)
class LegalRule:
    """Something that must hold on every way through a process."""

    key: str
    """Its name for ever; also in what is stored about old examinations."""
    sentence: str
    """The rule in Swedish, as a process owner reads it."""
    source: str
    """Requirements of the handbook (R-nnn), its chapter, and the law where law applies."""
    process: str
    """The process that it is about, with all that this calls."""
    pattern: Pattern
    given: Mapping[str, Given] = field(default_factory=dict)
    """Facts of the case under which it is asked; all others may be anything."""
    until: Mapping[str, str] = field(default_factory=dict)
    """A given fact that is so only until a step is done, by its name; after that it may be anything."""
    follow: tuple[str, ...] = ()
    """Answers of forms that are followed from where they are given to where a condition asks for them."""
