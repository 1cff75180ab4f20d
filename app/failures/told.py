"""What is answered when something cannot be done: a status, a title and a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """What is answered to one kind of refusal; `{names}` in the sentence are the refusal's own facts."""

    status: int
    title: str
    sentence: str
