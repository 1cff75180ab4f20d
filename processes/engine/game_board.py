"""What a process and all that it calls look like to somebody who moves tokens over their steps and arrows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from processes.engine.drawing import Drawing, Flow, Node
from processes.engine.game_pieces import Situation, Token


@dataclass(frozen=True, slots=True)
class Square:
    """A step as a token meets it."""

    node: Node
    process: str
    onward: tuple[Flow, ...]
    """The arrows out of it, in the order of the file."""
    arrives_from: frozenset[str]
    """The steps before it; a join waits for one token from each."""
    borders: tuple[str, ...]
    """The events on its border."""
    start: str | None = None
    """For a call that is followed inside: the start of the called process."""


@dataclass(frozen=True, slots=True)
class Board:
    """Every step of a process and of those that it calls, by id; ids are the same nowhere twice."""

    key: str
    squares: Mapping[str, Square]
    start: str
    closed: frozenset[str]
    """Calls that are taken as one step that somebody completes: what lies inside is not looked at.

    A called process that is drawn without an end is not among them; it goes on until its caller ends it.
    """

    @property
    def conditions(self) -> list[str]:
        """Every condition on an arrow."""
        flows = [flow for square in self.squares.values() for flow in square.onward]
        return [flow.condition for flow in flows if flow.condition is not None]


def board_of(drawings: Mapping[str, Drawing], key: str, *, closed: Iterable[str] = ()) -> Board:
    """The board of the process `key`; the processes named in `closed` are not followed when they are called.

    The drawings must be such that the engine runs them (refusals_in finds nothing).
    """
    shut = frozenset(closed)
    squares: dict[str, Square] = {}
    calls: set[str] = set()
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        drawing = drawings[waiting.pop()]
        if drawing.key in seen:
            continue
        seen.add(drawing.key)
        for node in drawing.nodes:
            called = node.called if node.kind == "callActivity" else None
            follows = called is not None and called not in shut and called in drawings
            if called is not None and follows:
                waiting.append(called)
            elif called is not None and _can_end(drawings.get(called)):
                calls.add(node.id)
            squares[node.id] = Square(
                node=node,
                process=drawing.key,
                onward=tuple(drawing.out_of(node.id)),
                arrives_from=frozenset(flow.source for flow in drawing.into(node.id)),
                borders=tuple(border.id for border in drawing.boundaries_of(node.id)),
                start=_start_of(drawings[called]) if called is not None and follows else None,
            )
    return Board(key, squares, _start_of(drawings[key]), frozenset(calls))


def _can_end(drawing: Drawing | None) -> bool:
    return drawing is None or any(node.kind == "endEvent" for node in drawing.nodes)


def _start_of(drawing: Drawing) -> str:
    return next(node.id for node in drawing.nodes if node.kind == "startEvent")


def events_at(board: Board, token: Token) -> list[str]:
    """The events that can happen where the token stands: on the step's border, or that it waits for."""
    square = board.squares[token.step]
    if square.node.kind == "intermediateCatchEvent":
        return [token.step]
    if square.node.kind == "eventBasedGateway":
        return [flow.target for flow in square.onward]
    return list(token.armed)


def receivers(board: Board, situation: Situation, message: str) -> list[tuple[Token, str]]:
    """Who hears the message, and with which event; the outermost first."""
    found = [
        (token, event)
        for token in situation.tokens
        for event in events_at(board, token)
        if board.squares[event].node.message == message
    ]
    return sorted(found, key=lambda one: (len(one[0].path), one))
