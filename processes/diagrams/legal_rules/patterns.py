"""The forms that a legal rule can have, each with exactly what it asks of every way through a process.

Those about single steps (Gate, Lane) are read off the drawing. The others look on while the process is played in every
way: they remember what has happened and object at the first thing that must not be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from processes.diagrams.legal_rules.happenings import What
from processes.engine.game_pieces import Happening
from processes.engine.readings import written

Memory = tuple[Any, ...]
Objection = tuple[str, ...]
Places = Mapping[What, frozenset[str]]
"""The steps that make each thing happen."""


def happens(what: What, happening: Happening, places: Places) -> bool:
    """Whether this is what the rule means."""
    if what.kind == "message":
        return happening.kind == "message" and happening.name == what.name
    if happening.kind != "passed" or happening.name not in places[what]:
        return False
    return all(
        happening.answers.get(name) in [written(value) for value in values]
        for name, values in what.answers.items()
    )


@dataclass(frozen=True, slots=True)
class Gate:
    """Each of the steps stands behind the gate (sv. spärr)."""

    gate: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GateOnClass:
    """Every task of the classes, in every process, stands behind the gate; and these steps, whatever their class."""

    gate: str
    classes: tuple[str, ...]
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """Each of the steps is done in the lane: by that unit or role, and by no other."""

    lane: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Never:
    """It does not happen on any way."""

    what: tuple[What, ...]

    def mentioned(self) -> tuple[What, ...]:
        return self.what

    def must_be_there(self) -> tuple[What, ...]:
        return self.what

    def see(self, _memory: Any, happening: Happening, places: Places) -> tuple[Any, Objection | None]:
        if any(happens(what, happening, places) for what in self.what):
            return None, (happening.name,)
        return None, None


@dataclass(frozen=True, slots=True)
class Before:
    """`then` happens only when `first` has happened before it; each time anew after `since`, where that is given."""

    then: tuple[What, ...]
    first: tuple[What, ...]
    since: tuple[What, ...] = ()

    def mentioned(self) -> tuple[What, ...]:
        return (*self.then, *self.first, *self.since)

    def must_be_there(self) -> tuple[What, ...]:
        return self.then

    def see(self, memory: Any, happening: Happening, places: Places) -> tuple[Any, Objection | None]:
        has_happened = bool(memory)
        if any(happens(what, happening, places) for what in self.first):
            return True, None
        if any(happens(what, happening, places) for what in self.then) and not has_happened:
            return False, (happening.name,)
        if any(happens(what, happening, places) for what in self.since):
            return False, None
        return has_happened, None


@dataclass(frozen=True, slots=True)
class OnEveryWay:
    """One of `what` happens on every way on which the process ends, unless one of `unless` has happened."""

    what: tuple[What, ...]
    unless: tuple[What, ...] = ()

    def mentioned(self) -> tuple[What, ...]:
        return (*self.what, *self.unless)

    def must_be_there(self) -> tuple[What, ...]:
        return ()

    def see(self, memory: Any, happening: Happening, places: Places) -> tuple[Any, Objection | None]:
        is_done = bool(memory) or any(happens(what, happening, places) for what in (*self.what, *self.unless))
        if happening.kind == "ended" and not is_done:
            return False, (happening.name,)
        return is_done, None


@dataclass(frozen=True, slots=True)
class After:
    """When `cause` has happened, one of `effect` follows before any of `before`, and before the process ends."""

    cause: tuple[What, ...]
    effect: tuple[What, ...]
    before: tuple[What, ...] = ()

    def mentioned(self) -> tuple[What, ...]:
        return (*self.cause, *self.effect, *self.before)

    def must_be_there(self) -> tuple[What, ...]:
        return self.cause

    def see(self, memory: Any, happening: Happening, places: Places) -> tuple[Any, Objection | None]:
        is_owed = bool(memory)
        if any(happens(what, happening, places) for what in self.effect):
            return False, None
        is_too_late = happening.kind == "ended" or any(
            happens(what, happening, places) for what in self.before
        )
        if is_owed and is_too_late:
            return True, (happening.name,)
        return is_owed or any(happens(what, happening, places) for what in self.cause), None


@dataclass(frozen=True, slots=True)
class Listens:
    """While the step is open the process listens for each of the messages (and for a date), so that none is missed."""

    step: str
    messages: tuple[str, ...] = ()
    date: bool = False

    def mentioned(self) -> tuple[What, ...]:
        return (What("step", self.step),)

    def must_be_there(self) -> tuple[What, ...]:
        return self.mentioned()


@dataclass(frozen=True, slots=True)
class EndedOnlyBy:
    """Once it is open, nothing but these messages takes the step (or all that it calls) away before it is done."""

    step: str
    messages: tuple[str, ...]

    def mentioned(self) -> tuple[What, ...]:
        return (What("step", self.step),)

    def must_be_there(self) -> tuple[What, ...]:
        return self.mentioned()

    def see(self, memory: Any, happening: Happening, _places: Places) -> tuple[Any, Objection | None]:
        if happening.kind == "rests":
            return None, None
        if happening.kind == "message":
            return happening.name, None
        if happening.kind == "left" and happening.name == self.step and memory not in self.messages:
            return None, (happening.name,)
        return memory, None


Watched = Never | Before | OnEveryWay | After | Listens | EndedOnlyBy
Pattern = Gate | GateOnClass | Lane | Watched
