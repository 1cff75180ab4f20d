"""Every name that a diagram may use: facts, case events, gates, due dates, operations, lanes and requirements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from inspect import Parameter, signature
from typing import Any, Final

from processes.rules.due_dates import DUE_RULES
from processes.rules.events import EVENTS
from processes.rules.facts import FACTS
from processes.rules.gates import GATES, Level
from processes.rules.units import LANE_NAMES

PROPERTIES: Final = frozenset(
    {"krav", "handbok", "lagrum", "gate", "due", "klass", "mottagare", "syfte", "innehall", "aven"}
)
"""Extension properties that mean something; any other is a misspelling, and a misspelt gate is no gate."""
REQUIREMENTS: Final = frozenset(f"R-{number:03}" for number in range(1, 181))


@dataclass(frozen=True, slots=True)
class Parameters:
    """What an operation must and may be told."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    any_more: bool = False
    """It takes further parameters of any name."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that exist, against which a diagram is checked."""

    facts: frozenset[str]
    events: frozenset[str]
    gates: frozenset[str]
    hard_gates: frozenset[str]
    due_rules: frozenset[str]
    operations: Mapping[str, Parameters]
    lanes: Mapping[str, str]
    """The unit behind each lane, by the lane's name."""
    requirements: frozenset[str] = REQUIREMENTS
    properties: frozenset[str] = PROPERTIES
    classes: frozenset[str] = field(default=frozenset({"utredning", "stod", "ekonomiskt-bistand"}))
    """Values of the property `klass`."""


def known_names(
    operations: Mapping[str, Callable[..., Any]], requirements: Iterable[str] = REQUIREMENTS
) -> Names:
    """The names of this program. Operations are given by whoever owns them: this package stands below them."""
    return Names(
        facts=frozenset(FACTS),
        events=frozenset(EVENTS),
        gates=frozenset(GATES),
        hard_gates=frozenset(gate.name for gate in GATES.values() if gate.level is Level.HARD),
        due_rules=frozenset(DUE_RULES),
        operations={name: parameters_of(function) for name, function in operations.items()},
        lanes={lane: str(unit) for lane, unit in LANE_NAMES.items()},
        requirements=frozenset(requirements),
    )


def parameters_of(function: Callable[..., Any]) -> Parameters:
    """What a diagram tells an operation: its keyword parameters."""
    parameters = signature(function).parameters.values()
    named = [parameter for parameter in parameters if parameter.kind is Parameter.KEYWORD_ONLY]
    return Parameters(
        required=frozenset(each.name for each in named if each.default is Parameter.empty),
        optional=frozenset(each.name for each in named if each.default is not Parameter.empty),
        any_more=any(parameter.kind is Parameter.VAR_KEYWORD for parameter in parameters),
    )
