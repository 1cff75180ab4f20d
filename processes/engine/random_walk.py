"""Lets chance work a case: whatever happens, in whatever order, the process ends or waits for somebody or something."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Final

from processes.engine.bundle import Bundle
from processes.engine.oracle import Action, OracleInstance

MOST_ACTIONS: Final = 60


class SilentStop(Exception):
    """The process has not ended, and nothing in the world can move it on."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What happened on a walk."""

    actions: tuple[Action, ...]
    passed: tuple[str, ...]
    """Steps in the order in which they were passed."""
    finished: bool
    largest_state: int = field(compare=False)
    """Bytes of the largest state that was stored on the way."""


def random_walk(bundle: Bundle, seed: int, *, most_actions: int = MOST_ACTIONS, stored: bool = True) -> Walk:
    """Take up to `most_actions` random actions, storing and restoring the case before each.

    The same seed gives the same walk. Raises SilentStop where the process stands still without having ended.
    """
    chance = random.Random(seed)  # noqa: S311 - chance, not a secret
    instance, _choices = OracleInstance.begin(bundle, chance.randrange)
    actions: list[Action] = []
    passed = [step.step_id for step in instance.passed]
    largest = 0
    while not instance.is_finished and len(actions) < most_actions:
        if stored:
            state = instance.dump()
            largest = max(largest, len(state))
            instance = OracleInstance.resume(bundle, state)
        possible = instance.possible()
        if not possible:
            raise SilentStop(
                f"{bundle.key} stands still after {[f'{one.kind} {one.name}' for one in actions]}"
            )
        actions.append(chance.choice(possible))
        before = len(instance.passed)
        instance.take(actions[-1], chance.randrange)
        passed += [step.step_id for step in instance.passed[before:]]
    return Walk(tuple(actions), tuple(passed), instance.is_finished, largest)
