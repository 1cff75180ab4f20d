"""Tells in Swedish what happened when tokens moved: a move, and the ways that were taken behind it."""

from __future__ import annotations

from processes.engine.game_board import Board
from processes.engine.game_pieces import Move, Turn
from processes.engine.path import PathStep


def told(board: Board, move: Move | None, turn: Turn) -> tuple[PathStep, ...]:
    """The move as one sentence and each choice behind it as another; without a move the beginning."""
    found = [_move(board, move, turn)]
    for one in turn.taken:
        words = choice(board, one.gateway, one.flow)
        if words:
            found.append(PathStep(words, board.squares[one.gateway].process, one.flow))
    return tuple(found)


def _move(board: Board, move: Move | None, turn: Turn) -> PathStep:
    if move is None:
        return _at(board, board.start, "Processen börjar")
    if move.kind == "complete":
        return _at(board, move.name, f"Slutför {name(board, move.name)}")
    if move.kind == "date":
        return _at(board, move.name, f"Datumet {name(board, move.name)} passeras")
    heard = [step for step in turn.passed if board.squares[step].node.message == move.name]
    return _at(board, heard[0] if heard else board.start, f"Meddelandet {move.name} kommer")


def choice(board: Board, gateway: str, flow_id: str) -> str:
    """The way that was taken, in words; empty where there was only one."""
    square = board.squares[gateway]
    if len(square.onward) < 2:
        return ""
    flow = next(one for one in square.onward if one.id == flow_id)
    answer = flow.name or name(board, flow.target)
    return (
        f"{name(board, gateway)} {answer}" if square.node.name else f"Vidare till {name(board, flow.target)}"
    )


def name(board: Board, step: str) -> str:
    """What a person calls the step."""
    node = board.squares[step].node
    return f"”{node.name}”" if node.name else step


def _at(board: Board, step: str, text: str) -> PathStep:
    return PathStep(text, board.squares[step].process, step)
