"""The pieces of the game that plays a process: tokens, situations, moves, and what somebody who watches is told."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Protocol

MOST_TOKENS: Final = 2
"""How many tokens of the same kind on one step are told apart."""
MOST_STEPS: Final = 2_000
"""Steps that may follow by themselves on one move; more means that the process goes round in a circle."""
MOST_WAYS: Final = 5_000
"""Ways that one move may go; many choices behind each other, without a wait between them, double with each."""
Path = tuple[str, ...]
"""The calls inside each other that a token lies in."""


class Token(NamedTuple):
    """Where one thread of a process stands."""

    path: Path
    step: str
    mark: str
    """At a join the step it came from; at a call that is followed the name of what runs inside."""
    armed: tuple[str, ...]
    """The events on the step's border that can still happen."""


class Situation(NamedTuple):
    """Where a case stands: its tokens, and the answers that are followed."""

    tokens: tuple[Token, ...]
    answers: tuple[tuple[Path, str, str], ...]


NOWHERE: Final = Situation((), ())


class Move(NamedTuple):
    """Something that can happen next: `complete` a step, a `message` comes, or a `date` passes."""

    kind: str
    name: str
    token: Token = Token((), "", "", ())
    """Where it happens; for a message nowhere in particular."""


class Happening(NamedTuple):
    """Something that a watcher is told of, in the order in which it happens.

    `opened`, `passed` and `left` (taken away unfinished) are about a step, `message` is about a name, `rests` comes
    when nothing more happens by itself, and `ended` when the whole process is over.
    """

    kind: str
    name: str
    answers: Mapping[str, str] = MappingProxyType({})
    situation: Situation | None = None


class Watcher(Protocol):
    """Looks on and remembers what it needs; what it knows of the facts decides conditions."""

    @property
    def start(self) -> Hashable:
        """What it remembers at the beginning."""
        ...

    def see(self, memory: Any, happening: Happening) -> Hashable:
        """What it remembers afterwards."""
        ...

    def facts(self, memory: Any) -> Mapping[str, str]:
        """What is known of the facts now, each value as text (readings.py)."""
        ...


class Taken(NamedTuple):
    """A way taken at an exclusive choice."""

    flow: str
    gateway: str
    target: str
    is_decided: bool
    """What is known left no other way."""
    is_exact: bool
    """False when a condition there could not be followed although it names something that is known."""


@dataclass(slots=True)
class Turn:
    """A move as it is carried out, and after that what came of it."""

    tokens: list[Token]
    answers: dict[tuple[Path, str], str]
    memory: Any
    todo: list[tuple[str, Any, Any]] = field(default_factory=list)
    known: dict[str, bool] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    steps: int = 0
    stuck_at: str | None = None
    """The step at which nothing could follow although the process had to go on."""
    situation: Situation = NOWHERE
    """Where the case stands, once nothing more happens by itself."""

    def split(self) -> Turn:
        """Another of the same, to go on differently."""
        return Turn(
            list(self.tokens), dict(self.answers), self.memory, list(self.todo), dict(self.known),
            list(self.taken), list(self.passed), self.steps, self.stuck_at,
        )  # fmt: skip

    def settle(self) -> Situation:
        """Nothing more happens by itself: where the case stands now."""
        tokens = sorted(self.tokens)
        if len(set(tokens)) < len(tokens):
            tokens = [one for place, one in enumerate(tokens) if tokens[:place].count(one) < MOST_TOKENS]
        answers = sorted((*key, text) for key, text in self.answers.items())
        self.situation = Situation(tuple(tokens), tuple(answers))
        return self.situation
