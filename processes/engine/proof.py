"""Looks at every situation that a process can come into, and tells the way to the first that somebody objects to."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from processes.engine.game import Game
from processes.engine.game_board import Board
from processes.engine.game_pieces import Move, Situation, Turn, Watcher
from processes.engine.path import PathStep
from processes.engine.telling import choice, told

MOST_SITUATIONS: Final = 20_000
"""Situations that are looked at before giving up."""

Key = tuple[Situation, Hashable]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found out by looking at every way through a process."""

    situations: int
    is_exhausted: bool
    """There were more situations than the budget allowed: nothing is proven then."""
    seen: tuple[str, ...] | None
    """The first thing that the watcher objected to, the nearest; None if there was nothing."""
    path: tuple[PathStep, ...] = ()
    """The shortest way there."""
    is_exact: bool = True
    """False: on the way there a condition was not followed although it names something that is known."""
    assumes: tuple[str, ...] = ()
    """The choices on the way whose conditions were left open."""


@dataclass(slots=True)
class _Seen:
    before: Key | None
    steps: tuple[PathStep, ...]
    is_exact: bool
    assumes: tuple[str, ...]


def prove(
    board: Board,
    watcher: Watcher,
    objection: Callable[[Any], tuple[str, ...] | None],
    *,
    answers: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
    most_situations: int = MOST_SITUATIONS,
) -> Proof:
    """Play the process in every way until `objection` finds something in what the watcher remembers.

    `answers` tells which answers can be given at which step, for the names that are to be followed.
    """
    return _Prover(board, watcher, objection, answers, most_situations).prove()


class _Prover:
    def __init__(
        self,
        board: Board,
        watcher: Watcher,
        objection: Callable[[Any], tuple[str, ...] | None],
        answers: Mapping[str, Sequence[Mapping[str, str]]] | None,
        most: int,
    ) -> None:
        self._board = board
        self._game = Game(board, watcher, answers, lambda memory: objection(memory) is not None)
        self._objection = objection
        self._most = most
        self._seen: dict[Key, _Seen] = {}
        self._waiting: deque[Key] = deque()

    def prove(self) -> Proof:
        found = self._arrive(None, None, self._game.begin())
        while found is None and self._waiting and len(self._seen) < self._most and not self._game.gave_up:
            key = self._waiting.popleft()
            for move in self._game.moves(key[0]):
                found = self._arrive(key, move, self._game.play(*key, move))
                if found is not None:
                    break
        if found is not None:
            return found
        return Proof(len(self._seen), bool(self._waiting) or self._game.gave_up, None)

    def _arrive(self, before: Key | None, move: Move | None, turns: list[Turn]) -> Proof | None:
        for turn in turns:
            objection = self._objection(turn.memory)
            if objection is not None:
                return self._told(before, move, turn, objection)
            if turn.stuck_at is not None:
                continue
            key = (turn.situation, turn.memory)
            if key not in self._seen:
                self._seen[key] = self._step(before, move, turn)
                self._waiting.append(key)
        return None

    def _step(self, before: Key | None, move: Move | None, turn: Turn) -> _Seen:
        left_open = [choice(self._board, one.gateway, one.flow) for one in turn.taken if not one.is_decided]
        return _Seen(
            before,
            told(self._board, move, turn),
            all(one.is_exact for one in turn.taken),
            tuple(one for one in left_open if one),
        )

    def _told(self, before: Key | None, move: Move | None, turn: Turn, objection: tuple[str, ...]) -> Proof:
        steps = [self._step(before, move, turn)]
        while steps[-1].before is not None:
            steps.append(self._seen[steps[-1].before])
        steps.reverse()
        return Proof(
            situations=len(self._seen),
            is_exhausted=False,
            seen=objection,
            path=tuple(sentence for step in steps for sentence in step.steps),
            is_exact=all(step.is_exact for step in steps),
            assumes=tuple(dict.fromkeys(one for step in steps for one in step.assumes)),
        )
