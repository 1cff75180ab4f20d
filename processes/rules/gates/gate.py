"""What a legal gate is: a question about a case that is answered with yes or no, why, and what would open it.

A gate is code; a diagram only names it. It is asked when a task is opened (then `answers` is None), when the task is
completed (then `answers` holds the form), and again whenever a consent, a person or a protection status changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from processes.rules.snapshot import CaseSnapshot, EventSeen, Scope
from processes.rules.units import Role, Unit

NO_PROPERTIES: Mapping[str, str] = {}


class Level(StrEnum):
    """How much a closed gate weighs."""

    HARD = "hard"
    """Stops the step; only another exit (`cannot_be_done`) remains."""
    REASON = "reason"
    """Lets the step through when a reason is written down, which the supervisor sees."""
    INFO = "info"
    """Tells, and stops nothing."""


@dataclass(frozen=True, slots=True)
class ActingPerson:
    """The caseworker who wants to take the step, as far as the law asks about the person."""

    user_id: int
    units: frozenset[Unit] = frozenset()
    roles: frozenset[Role] = frozenset()
    has_child_degree: bool = False
    """Has the degree that decisions about children need (SoL 25:1)."""
    delegations: frozenset[str] = frozenset()
    """Decisions the person may make by delegation: codes of `processes.rules.permissions.DELEGATIONS`."""

    @property
    def is_head(self) -> bool:
        """The person acts as head of unit (sv. enhetschef)."""
        return Unit.HEAD in self.units or Role.SUPERVISOR in self.roles


@dataclass(frozen=True, slots=True)
class GateQuestion:
    """Everything a gate may look at."""

    snapshot: CaseSnapshot
    scope: Scope
    now: datetime
    step_id: str | None = None
    answers: Mapping[str, Any] | None = None
    """The form's answers when the task is being completed; None while it is only looked at."""
    person: ActingPerson | None = None
    """Who acts; None when nobody in particular asks, and then demands on the person are stated but not judged."""
    properties: Mapping[str, str] = field(default_factory=lambda: NO_PROPERTIES)
    """The step's extension properties; `mottagare`, `syfte` and `innehall` say what a disclosure is."""

    @property
    def is_completing(self) -> bool:
        return self.answers is not None

    def answer(self, name: str) -> Any:
        """The answer in the field `name`; None if it is not answered or the task is only looked at."""
        return None if self.answers is None else self.answers.get(name)

    def text(self, name: str) -> str:
        """The answer as text without surrounding blanks; empty if there is none."""
        value = self.answer(name)
        return "" if value is None else str(value).strip()

    def origin(self) -> EventSeen | None:
        """The event that the step's process was started by: its application, request or report."""
        for event in self.snapshot.events:
            if event.scope == self.scope and self.scope.kind not in {"case", "notice", "person"}:
                return event
        return None


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """Open or closed, and why, in the words of a caseworker (Swedish)."""

    allowed: bool
    why: str
    way_out: str = ""
    level: Level = Level.HARD
    """How much this very answer weighs; it may be less than the gate's own level."""
    evidence: tuple[str, ...] = ()
    """What the answer rests on: `samtycke 12`, `kontaktförsök 4`, `underrättelse 3`, `händelse 7`."""


GateCheck = Callable[[GateQuestion], GateAnswer]


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate (sv. spärr) by name."""

    name: str
    level: Level
    title: str
    """What a process owner calls it, in Swedish."""
    requirements: tuple[str, ...]
    """Requirements of the handbook register, R-nnn."""
    source: str
    """Handbook section and law."""
    check: GateCheck
    may_ask_reason: bool = False
    """A hard gate of which some answers ask only for a written reason: the answer's own level decides."""
    asks_who_acts: bool = False
    """Closed because of the person and not of the case: what this person may not do somebody else can do, so that
    saying that it cannot be done is no way past it."""


def opened(why: str, *evidence: str, level: Level = Level.HARD) -> GateAnswer:
    """The gate is open."""
    return GateAnswer(True, why, "", level, evidence)


def closed(why: str, way_out: str, *evidence: str, level: Level = Level.HARD) -> GateAnswer:
    """The gate is closed, and `way_out` opens it."""
    return GateAnswer(False, why, way_out, level, evidence)


def is_yes(value: Any) -> bool:
    """A yes from a form, whichever way the field says it: a box that is ticked or the choice `yes`."""
    return value is True or value == "yes"
