"""Looks on while a process is played, with the memory that a rule's pattern needs and the facts that it assumes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from processes.diagrams.legal_rules.patterns import Listens, Objection, Places, Watched
from processes.diagrams.legal_rules.rule import LegalRule
from processes.engine.drawing import Node
from processes.engine.game_board import Board, events_at
from processes.engine.game_pieces import Happening, Situation, Token


class Memory(NamedTuple):
    """What is remembered on the way."""

    pattern: Any
    released: frozenset[str]
    """Given facts that may be anything by now."""
    objection: Objection | None


@dataclass(frozen=True, slots=True)
class RuleWatcher:
    """A watcher (engine/game.py) for one rule on one board."""

    rule: LegalRule
    pattern: Watched
    places: Places
    board: Board
    given: Mapping[str, str]
    """The facts that the rule assumes, each value as text."""

    @property
    def start(self) -> Memory:
        """Nothing has happened yet."""
        return Memory(None, frozenset(), None)

    def see(self, memory: Memory, happening: Happening) -> Memory:
        """What is remembered after this; an objection stays."""
        if memory.objection is not None:
            return memory
        pattern: Any = memory.pattern
        objection: Objection | None
        if isinstance(self.pattern, Listens):
            pattern = self._date_has_come(self.pattern, memory.pattern, happening)
            objection = self._deaf(self.pattern, happening.situation, has_date_come=bool(pattern))
        else:
            pattern, objection = self.pattern.see(memory.pattern, happening, self.places)
        released = memory.released
        if happening.kind == "passed":
            now = {name for name, until in self.rule.until.items() if until == happening.name}
            released = released | now if now else released
        return Memory(pattern, released, objection)

    def facts(self, memory: Memory) -> Mapping[str, str]:
        """The facts that the rule assumes, as long as they are so."""
        if not memory.released:
            return self.given
        return {name: value for name, value in self.given.items() if name not in memory.released}

    def _date_has_come(self, pattern: Listens, has_come: Any, happening: Happening) -> Any:
        """Whether a date on the border of the step has passed since the step was opened; it does so once."""
        if happening.name == pattern.step:
            return None
        if happening.kind == "passed":
            node = self._event(happening.name)
            return True if node.timer is not None and node.attached_to == pattern.step else has_come
        return has_come

    def _deaf(
        self, pattern: Listens, situation: Situation | None, *, has_date_come: bool
    ) -> Objection | None:
        for token in situation.tokens if situation is not None else ():
            if token.step == pattern.step:
                heard = self._heard_at(token, situation.tokens if situation is not None else ())
                deaf = any(message not in heard for message in pattern.messages)
                if deaf or (pattern.date and not has_date_come and None not in heard):
                    return (token.step,)
        return None

    def _heard_at(self, token: Token, tokens: tuple[Token, ...]) -> set[str | None]:
        """What is listened for at the token and at the calls that it lies in."""
        around = [
            one for one in tokens if one.mark and (*one.path, one.mark) == token.path[: len(one.path) + 1]
        ]
        heard: set[str | None] = set()
        for one in (token, *around):
            heard |= {self._event(event).message for event in events_at(self.board, one)}
        return heard

    def _event(self, event: str) -> Node:
        return self.board.squares[event].node
