"""What trying every way through a process shows to be wrong: standing still, never ending, dead or doubled steps.

Conditions are not read: at every choice each way is tried, so that a finding may need facts that never occur together.
Each is told with the shortest way there, for a person to judge. Dates and messages may come at any time.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from processes.engine.drawing import Drawing
from processes.engine.game import Game
from processes.engine.game_board import Board, board_of
from processes.engine.game_pieces import Happening, Move, Situation, Turn
from processes.engine.path import PathStep
from processes.engine.telling import name, told

MOST_SITUATIONS: Final = 3_000
"""Situations that are looked at before giving up; a diagram of twenty steps has five to fifty."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with how a process goes."""

    element: str
    message: str
    """A sentence in Swedish."""
    level: Literal["error", "warning"] = "error"
    path: tuple[PathStep, ...] = ()
    """The shortest way there."""


class _Nobody:
    """Looks on and knows nothing."""

    start: Final = None

    def see(self, _memory: Any, _happening: Happening) -> None:
        return None

    def facts(self, _memory: Any) -> Mapping[str, str]:
        return {}


@dataclass(slots=True)
class _Place:
    """A situation with how one came there."""

    before: Situation | None
    steps: tuple[PathStep, ...]
    moves: list[Move]
    after: set[Situation] = field(default_factory=set)


def findings_of(drawings: Mapping[str, Drawing], key: str) -> list[Finding]:
    """What is wrong with how the process `key` goes, by itself: each call is one step, with an inside of its own.

    A called process is entered at one place and left at one place, so that a process and those that it calls go well
    together if each does by itself. The drawings must be such that the engine runs them.
    """
    board = board_of(drawings, key, closed=drawings)
    return _Search(board, drawings[key]).findings()


class _Search:
    def __init__(self, board: Board, drawing: Drawing) -> None:
        self._board = board
        self._drawing = drawing
        self._game = Game(board, _Nobody())
        self._places: dict[Situation, _Place] = {}
        self._waiting: deque[Situation] = deque()
        self._met: set[str] = set()
        self._found: dict[tuple[str, str], Finding] = {}

    def findings(self) -> list[Finding]:
        self._arrive(None, None, self._game.begin())
        while self._waiting and len(self._places) < MOST_SITUATIONS and not self._game.gave_up:
            here = self._waiting.popleft()
            for move in self._places[here].moves:
                self._arrive(here, move, self._game.play(here, None, move))
        for here, place in self._places.items():
            if here.tokens and not place.moves:
                self._say(
                    here.tokens[0].step,
                    "Ärendet blir stående här: ingenting som kan hända för det vidare.",
                    self._way(here),
                )
        if self._waiting or self._game.gave_up:
            self._say(
                self._board.key,
                "Processen har för många lägen för att alla ska kunna prövas; dela upp den.",
                (),
            )
        else:
            self._say_hopeless()
            self._say_dead()
        return list(self._found.values())

    def _arrive(self, before: Situation | None, move: Move | None, turns: list[Turn]) -> None:
        for turn in turns:
            steps = told(self._board, move, turn)
            self._met |= {*turn.passed, *(token.step for token in turn.situation.tokens)}
            if turn.stuck_at is not None:
                message = "Steget följer på sig självt utan att något väntar, eller har ingen väg vidare."
                self._say(turn.stuck_at, message, (*self._way(before), *steps))
                continue
            here = turn.situation
            if before is not None:
                self._places[before].after.add(here)
            if here not in self._places:
                self._places[here] = _Place(before, steps, self._game.moves(here))
                self._waiting.append(here)
                self._say_doubled(here)

    def _way(self, here: Situation | None) -> tuple[PathStep, ...]:
        steps: list[tuple[PathStep, ...]] = []
        while here is not None:
            steps.append(self._places[here].steps)
            here = self._places[here].before
        return tuple(step for part in reversed(steps) for step in part)

    def _say(
        self,
        element: str,
        message: str,
        path: tuple[PathStep, ...],
        *,
        level: Literal["error", "warning"] = "error",
    ) -> None:
        self._found.setdefault((element, message), Finding(element, message, level, path))

    def _say_doubled(self, here: Situation) -> None:
        """Two tokens on one step; where a message may come again and again that can be meant, and is a warning."""
        for (step, _mark), number in Counter((token.step, token.mark) for token in here.tokens).items():
            if number < 2 or self._board.squares[step].node.kind == "parallelGateway":
                continue  # a join says it by what becomes of it: the case stands still there, or never ends
            path = self._way(here)
            again = any(self._may_come_again(one.element) for one in path)
            self._say(
                step,
                f"{name(self._board, step)} kan öppnas två gånger samtidigt.",
                path,
                level="warning" if again else "error",
            )

    def _may_come_again(self, element: str) -> bool:
        square = self._board.squares.get(element)
        return square is not None and bool(square.node.message) and not square.node.interrupting

    def _say_hopeless(self) -> None:
        """Where something can happen for ever, but never the end; nothing for a process that is drawn without one."""
        before: dict[Situation, list[Situation]] = {}
        for here, place in self._places.items():
            for after in place.after:
                before.setdefault(after, []).append(here)
        hopeful = _leading_to({here for here in self._places if not here.tokens}, before)
        stopping = _leading_to({here for here, place in self._places.items() if not place.moves}, before)
        for here in self._places if hopeful else ():
            if here not in hopeful | stopping and not self._waits_inside(here):
                message = "Härifrån kan processen aldrig ta slut, vad som än händer."
                self._say(here.tokens[0].step, message, self._way(here))

    def _waits_inside(self, here: Situation) -> bool:
        """It waits for a called process that is drawn without an end: whoever calls this one must end it."""
        return any(token.step in self._endless() for token in here.tokens)

    def _say_dead(self) -> None:
        """Steps that no way comes to, though the arrows lead there."""
        behind = self._behind_endless()
        for node in self._drawing.nodes:
            if node.id not in self._met and node.id not in behind:
                self._say(node.id, f"{name(self._board, node.id)} nås aldrig, vilken väg ärendet än tar.", ())

    def _endless(self) -> set[str]:
        """Calls of processes that are drawn without an end."""
        calls = [node.id for node in self._drawing.nodes if node.kind == "callActivity"]
        return {step for step in calls if step not in self._board.closed}

    def _behind_endless(self) -> set[str]:
        """What comes only after a call that never ends by itself: it is drawn because every call needs an arrow out."""
        seen: set[str] = set()
        waiting = list(self._endless())
        while waiting:
            for flow in self._board.squares[waiting.pop()].onward:
                if flow.target not in seen:
                    seen.add(flow.target)
                    waiting.append(flow.target)
        return seen


def _leading_to(goal: set[Situation], before: Mapping[Situation, list[Situation]]) -> set[Situation]:
    """The situations from which one can come to one of these."""
    found, waiting = set(goal), list(goal)
    while waiting:
        new = [here for here in before.get(waiting.pop(), ()) if here not in found]
        found.update(new)
        waiting += new
    return found
