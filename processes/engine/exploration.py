"""Works a diagram in every possible way, with the same engine that runs the cases, and tells where it can go wrong.

Conditions are not read: at every exclusive choice each way is tried, so that a finding may need facts that never occur
together. It is shown with the shortest way there, for a person to judge. Dates and messages may come at any time.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from processes.engine.bundle import Bundle
from processes.engine.failures import StepFailed
from processes.engine.oracle import Action, Choice, OracleInstance

MOST_STATES: Final = 3_000
"""Situations that are looked at before giving up; 150-300 are usual for a diagram of fifty steps."""
MOST_TOKENS: Final = 2
"""How many tokens on one step are told apart; more is the same finding again."""

Marking = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A situation worth knowing about: where the case stands, and the shortest way there as Swedish sentences."""

    steps: tuple[str, ...]
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exploration:
    """What was found."""

    states: int
    transitions: int
    truncated: bool
    """There was more to look at than the budget allowed: no finding proves nothing then, `hopeless` is not known."""
    covered: frozenset[str]
    """Steps that were passed on some way."""
    uncovered: frozenset[str]
    """Steps that were passed on no way."""
    standstills: tuple[Finding, ...]
    """The process has not ended, and nothing can happen any more (a deadlock)."""
    hopeless: tuple[Finding, ...]
    """Something can still happen, but the process can never end. Empty for a process that is drawn without an end."""
    crowded: tuple[Finding, ...]
    """The same step is open twice at the same time."""
    failures: tuple[Finding, ...]
    """A step that runs by itself could not be carried out."""


@dataclass(slots=True)
class _State:
    marking: Marking
    state: bytes
    finished: bool
    possible: list[Action]
    path: tuple[str, ...]
    after: set[Marking] = field(default_factory=set)


def explore(bundle: Bundle, *, most_states: int = MOST_STATES) -> Exploration:
    """Every situation that the process can come into, up to `most_states`, the nearest first."""
    return _Explorer(bundle, most_states).explore()


class _Explorer:
    def __init__(self, bundle: Bundle, most_states: int) -> None:
        self._bundle = bundle
        self._most = most_states
        self._seen: dict[Marking, _State] = {}
        self._waiting: deque[_State] = deque()
        self._covered: set[str] = set()
        self._crowded: dict[tuple[str, ...], Finding] = {}
        self._failures: dict[tuple[str, ...], Finding] = {}
        self._transitions = 0

    def explore(self) -> Exploration:
        self._take(None, None)
        while self._waiting and len(self._seen) < self._most:
            state = self._waiting.popleft()
            for action in state.possible:
                self._transitions += 1
                self._take(state, action)
        return self._summary()

    def _take(self, before: _State | None, action: Action | None) -> None:
        """Let the action happen in every way that the choices behind it allow."""
        plans: list[tuple[int, ...]] = [()]
        while plans:
            plan = _Plan(plans.pop())
            path = () if before is None else before.path
            try:
                instance, choices = self._carry_out(before, action, plan)
            except StepFailed as failure:
                self._failures.setdefault(
                    (failure.step_id,), Finding((failure.step_id,), (*path, *self._told(action)))
                )
            else:
                self._arrive(before, instance, (*path, *self._told(action, choices)))
            plans += plan.alternatives()

    def _carry_out(
        self, before: _State | None, action: Action | None, plan: _Plan
    ) -> tuple[OracleInstance, list[Choice]]:
        if before is None or action is None:
            return OracleInstance.begin(self._bundle, plan)
        instance = OracleInstance.resume(self._bundle, before.state)
        return instance, instance.take(action, plan)

    def _arrive(self, before: _State | None, instance: OracleInstance, path: tuple[str, ...]) -> None:
        self._covered |= {step.step_id for step in instance.passed}
        counted = Counter(instance.tokens())
        marking = tuple(
            sorted(place for place, count in counted.items() for _ in range(min(count, MOST_TOKENS)))
        )
        if before is not None:
            before.after.add(marking)
        if marking in self._seen:
            return
        for place, count in counted.items():
            if count > 1 and place[-3] in self._bundle.steps:
                self._crowded.setdefault(place, Finding((place[-3],), path))
        state = _State(marking, instance.dump(), instance.is_finished, instance.possible(), path)
        self._seen[marking] = state
        self._waiting.append(state)

    def _told(self, action: Action | None, choices: list[Choice] | None = None) -> Iterator[str]:
        if action is not None:
            name = self._name(action.name)
            yield {
                "complete": f"Slutför {name}",
                "message": f"Meddelandet {action.name} kommer",
                "date": f"Datumet {name} passeras",
            }[action.kind]
        for choice in choices or ():
            yield f"Välj {self._name(choice.target)} i {self._name(choice.gateway)}"

    def _name(self, step_id: str) -> str:
        step = self._bundle.steps.get(step_id.removesuffix(".BoundaryEventSplit"))
        return f"”{step.name}”" if step is not None and step.name else step_id

    def _summary(self) -> Exploration:
        truncated = bool(self._waiting)
        stopped = [state for state in self._seen.values() if not state.finished and not state.possible]
        return Exploration(
            states=len(self._seen),
            transitions=self._transitions,
            truncated=truncated,
            covered=frozenset(self._covered & self._bundle.steps.keys()),
            uncovered=frozenset(self._bundle.steps.keys() - self._covered),
            standstills=tuple(_finding(state) for state in stopped),
            hopeless=() if truncated else tuple(_finding(state) for state in self._hopeless(stopped)),
            crowded=tuple(self._crowded.values()),
            failures=tuple(self._failures.values()),
        )

    def _hopeless(self, stopped: list[_State]) -> list[_State]:
        before: dict[Marking, list[Marking]] = {}
        for state in self._seen.values():
            for after in state.after:
                before.setdefault(after, []).append(state.marking)
        hopeful = {state.marking for state in self._seen.values() if state.finished}
        if not hopeful:
            return []
        waiting = list(hopeful)
        while waiting:
            new = [marking for marking in before.get(waiting.pop(), ()) if marking not in hopeful]
            hopeful.update(new)
            waiting += new
        return [
            state for state in self._seen.values() if state.marking not in hopeful and state not in stopped
        ]


def _finding(state: _State) -> Finding:
    return Finding(tuple(dict.fromkeys(place[-3] for place in state.marking)), state.path)


class _Plan:
    """A chooser that follows a plan, takes the first way after it, and remembers which other ways there were."""

    def __init__(self, plan: tuple[int, ...]) -> None:
        self._plan = plan
        self._taken: list[int] = []
        self._ways: list[int] = []

    def __call__(self, ways: int) -> int:
        place = len(self._taken)
        self._taken.append(self._plan[place] if place < len(self._plan) else 0)
        self._ways.append(ways)
        return self._taken[-1]

    def alternatives(self) -> list[tuple[int, ...]]:
        """The plans that differ from this one at a place where it had no instruction."""
        return [
            (*self._taken[:place], other)
            for place in range(len(self._plan), len(self._ways))
            for other in range(1, self._ways[place])
        ]
