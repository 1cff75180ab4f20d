"""Plays a process with tokens on its drawing, in every way, some hundred times faster than the engine runs it.

The engine answers what a case does; to prove something of every way through processes that call each other, far more
situations must be looked at than it can run. That the two agree is shown by a test, process by process. Conditions
are read as far as the watcher and the answers that are followed tell; otherwise each way is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from processes.engine.assignments import read_assignments
from processes.engine.drawing import Flow
from processes.engine.game_board import Board, Square, events_at, receivers
from processes.engine.game_pieces import (
    MOST_STEPS,
    MOST_WAYS,
    Happening,
    Move,
    Path,
    Situation,
    Taken,
    Token,
    Turn,
    Watcher,
)
from processes.engine.readings import UNKNOWN, read_condition


class Game:
    """The rules by which tokens move over a board."""

    def __init__(
        self,
        board: Board,
        watcher: Watcher,
        answers: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
        stops: Callable[[Any], bool] = lambda _memory: False,
    ) -> None:
        self._board = board
        self._watcher = watcher
        self._answers = answers or {}
        self._stops = stops  # the watcher has seen enough of this turn
        self._followed = frozenset(name for each in self._answers.values() for one in each for name in one)
        self.gave_up = False
        """Some move had more ways than were looked at."""

    def begin(self) -> list[Turn]:
        """The process starts; in every way that the first choices allow."""
        return self._play(Turn([], {}, self._watcher.start, [("enter", (), (self._board.start, ""))]))

    def moves(self, situation: Situation) -> list[Move]:
        """What can happen next, in a fixed order."""
        found: dict[Move, None] = {}
        for token in situation.tokens:
            square = self._board.squares[token.step]
            if square.node.kind == "userTask" or token.step in self._board.closed:
                found[Move("complete", token.step, token)] = None
            for event in events_at(self._board, token):
                message = self._board.squares[event].node.message
                found[Move("date", event, token) if message is None else Move("message", message)] = None
        return sorted(found, key=lambda move: (move.kind, move.name, move.token))

    def play(self, situation: Situation, memory: Any, move: Move) -> list[Turn]:
        """The move is made; in every way that the choices behind it allow."""
        answers = {(path, name): text for path, name, text in situation.answers}
        turn = Turn(list(situation.tokens), answers, memory)
        if move.kind == "message":
            self._tell(turn, "message", move.name)
            hearing = reversed(receivers(self._board, situation, move.name))
            turn.todo = [("wake", token.path, (token, event)) for token, event in hearing]
        elif move.kind == "date":
            turn.todo = [("wake", move.token.path, (move.token, move.name))]
        else:
            return self._completed(turn, move)
        return self._play(turn)

    def _completed(self, turn: Turn, move: Move) -> list[Turn]:
        """A step is completed with each of the answers that somebody could give there."""
        token = move.token
        turns = []
        for answers in self._answers.get(token.step, ({},)):
            other = turn.split()
            other.tokens.remove(token)
            other.answers.update({(token.path, name): text for name, text in answers.items()})
            self._tell(other, "passed", token.step, answers)
            self._go_on(other, token.path, token.step)
            turns += self._play(other)
        return turns

    def _play(self, turn: Turn) -> list[Turn]:
        """Let everything happen that happens by itself."""
        done: list[Turn] = []
        going = [turn]
        while going and not self.gave_up:
            self.gave_up = len(going) + len(done) > MOST_WAYS
            now = going.pop()
            is_over = now.stuck_at is not None or self._stops(now.memory)
            if now.todo and not is_over:
                going += reversed(self._step(now))
                continue
            if not is_over:
                now.memory = self._watcher.see(now.memory, Happening("rests", "", {}, now.settle()))
            done.append(now)
        return done

    def _step(self, turn: Turn) -> list[Turn]:
        turn.steps += 1
        what, where, which = turn.todo.pop()
        if what == "wake":
            self._wake(turn, *which)
        elif turn.steps > MOST_STEPS:
            turn.stuck_at = which[0]
        else:
            return self._enter(turn, where, self._board.squares[which[0]], which[1])
        return [turn]

    def _enter(self, turn: Turn, path: Path, square: Square, source: str) -> list[Turn]:
        """A token arrives at a step."""
        step, kind = square.node.id, square.node.kind
        match kind:
            case "exclusiveGateway":
                return self._choose(turn, path, square)
            case "parallelGateway":
                self._join(turn, path, square, source)
            case "endEvent":
                self._end(turn, path, square)
            case "callActivity":
                self._call(turn, path, square)
            case "userTask" | "intermediateCatchEvent" | "eventBasedGateway":
                turn.tokens.append(Token(path, step, "", square.borders))
                self._tell(turn, "opened", step)
            case _:
                self._work(turn, path, square)
                self._tell(turn, "passed", step)
                self._go_on(turn, path, step)
        return [turn]

    def _go_on(self, turn: Turn, path: Path, step: str) -> None:
        """Along every arrow out of the step, the first one first."""
        for flow in reversed(self._board.squares[step].onward):
            turn.todo.append(("enter", path, (flow.target, step)))
        if not self._board.squares[step].onward:
            self._close(turn, path, step)

    def _work(self, turn: Turn, path: Path, square: Square) -> None:
        """A step that the system carries out: afterwards facts may be others, and what it answers is not known."""
        node = square.node
        if node.kind in ("serviceTask", "scriptTask", "businessRuleTask"):
            turn.known = {}
        if node.script is not None:
            names = {name for name, _text in read_assignments(node.script)} & self._followed
            turn.answers.update({(path, name): UNKNOWN for name in names})
        if node.kind == "businessRuleTask":
            turn.answers.update({(path, name): UNKNOWN for name in self._followed})

    def _call(self, turn: Turn, path: Path, square: Square) -> None:
        step = square.node.id
        inside = ""
        if square.start is not None:
            names = {token.mark for token in turn.tokens if token.path == path and token.step == step}
            inside = next(
                name for name in (step, *(f"{step}#{n}" for n in range(2, 99))) if name not in names
            )
        turn.tokens.append(Token(path, step, inside, square.borders))
        self._tell(turn, "opened", step)
        if square.start is not None:
            turn.todo.append(("enter", (*path, inside), (square.start, "")))

    def _join(self, turn: Turn, path: Path, square: Square, source: str) -> None:
        step = square.node.id
        if len(square.arrives_from) > 1:
            waiting = [token for token in turn.tokens if token.path == path and token.step == step]
            arrived = {token.mark: token for token in waiting}
            if arrived.keys() | {source} < square.arrives_from:
                turn.tokens.append(Token(path, step, source, ()))
                return
            for mark, token in arrived.items():
                if mark != source:
                    turn.tokens.remove(token)
        self._tell(turn, "passed", step)
        self._go_on(turn, path, step)

    def _choose(self, turn: Turn, path: Path, square: Square) -> list[Turn]:
        """Every way that may be right, each in a turn of its own."""
        step = square.node.id
        self._tell(turn, "passed", step)
        if len(square.onward) == 1:
            turn.todo.append(("enter", path, (square.onward[0].target, step)))
            return [turn]
        ways, is_exact = self._ways(turn, path, square)
        texts = {flow.condition for flow in square.onward if flow.condition}
        turns = []
        for flow in ways:
            other = turn.split()
            other.known.update({text: flow.condition == text for text in texts})
            other.taken.append(Taken(flow.id, step, flow.target, len(ways) == 1, is_exact))
            other.todo.append(("enter", path, (flow.target, step)))
            turns.append(other)
        if not turns:
            turn.stuck_at = step
            return [turn]
        return turns

    def _ways(self, turn: Turn, path: Path, square: Square) -> tuple[list[Flow], bool]:
        """The arrows that can be right, down to the first that must be; and whether every condition was followed."""
        found, is_exact = [], True
        values = self._values(turn, path)
        for flow in square.onward:
            if flow.id == square.node.default:
                continue
            text = flow.condition or ""
            reading = read_condition(text, values)
            is_exact = is_exact and reading.is_exact
            holds = turn.known.get(text) if reading.holds is None else reading.holds
            if holds is not False:
                found.append(flow)
            if holds:
                return found, is_exact
        return found + [flow for flow in square.onward if flow.id == square.node.default], is_exact

    def _values(self, turn: Turn, path: Path) -> dict[str, str]:
        """The names whose values are known at this place: facts that are assumed, and answers, the nearest first."""
        values = dict(self._watcher.facts(turn.memory))
        for depth in range(len(path) + 1):
            values.update(
                {name: text for (where, name), text in turn.answers.items() if where == path[:depth]}
            )
        return values

    def _end(self, turn: Turn, path: Path, square: Square) -> None:
        self._tell(turn, "passed", square.node.id)
        if square.node.definitions:
            self._clear(turn, path)
        self._close(turn, path, square.node.id)

    def _close(self, turn: Turn, path: Path, step: str) -> None:
        """A thread is over; with the last one the process is, and goes on where it was called."""
        if any(token.path == path for token in turn.tokens):
            return
        if any(where == path for what, where, _which in turn.todo if what == "enter"):
            return
        if not path:
            turn.answers.clear()
            self._tell(turn, "ended", step)
            return
        outside = path[:-1]
        step_id = path[-1].split("#")[0]
        call = next(one for one in turn.tokens if one[:3] == (outside, step_id, path[-1]))
        turn.tokens.remove(call)
        for key in [key for key in turn.answers if key[0] == path]:
            turn.answers[outside, key[1]] = turn.answers.pop(key)
        self._tell(turn, "passed", call.step)
        self._go_on(turn, outside, call.step)

    def _clear(self, turn: Turn, path: Path) -> None:
        """Take away everything that stands or is about to happen inside."""
        gone = [token for token in turn.tokens if token.path[: len(path)] == path]
        turn.tokens = [token for token in turn.tokens if token.path[: len(path)] != path]
        turn.todo = [one for one in turn.todo if one[1][: len(path)] != path]
        for token in gone:
            self._tell(turn, "left", token.step)

    def _wake(self, turn: Turn, token: Token, event: str) -> None:
        """An event happens where the token stands, unless one before it has taken the token away."""
        here = next((one for one in turn.tokens if one[:3] == token[:3] and event in one.armed), None)
        square = self._board.squares[token.step]
        if square.node.kind in ("intermediateCatchEvent", "eventBasedGateway"):
            if token not in turn.tokens:
                return
            turn.tokens.remove(token)
            if token.step != event:
                self._tell(turn, "passed", token.step)
        elif here is None:
            return
        else:
            self._on_border(turn, here, event)
        self._tell(turn, "passed", event)
        self._go_on(turn, token.path, event)

    def _on_border(self, turn: Turn, host: Token, event: str) -> None:
        border = self._board.squares[event].node
        if border.interrupting:
            turn.tokens.remove(host)
            self._tell(turn, "left", host.step)
            if host.mark:
                inside = (*host.path, host.mark)
                self._clear(turn, inside)
                turn.answers = {
                    key: text for key, text in turn.answers.items() if key[0][: len(inside)] != inside
                }
        elif border.message is None:
            turn.tokens.remove(host)
            turn.tokens.append(host._replace(armed=tuple(one for one in host.armed if one != event)))

    def _tell(self, turn: Turn, kind: str, name: str, answers: Mapping[str, str] | None = None) -> None:
        if kind == "passed":
            turn.passed.append(name)
        turn.memory = self._watcher.see(turn.memory, Happening(kind, name, answers or {}))
