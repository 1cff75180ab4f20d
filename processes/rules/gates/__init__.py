"""The legal gates: what may not be done yet, why, and what would open it.

`GATES` holds every gate by the name that a diagram writes in the extension property `gate`. `gates_of` reads that
property; a step of class `utredning` always has the gate against investigating before an investigation is opened.
"""

from __future__ import annotations

from collections.abc import Mapping

from processes.rules.gates.children import CHILD_GATES
from processes.rules.gates.closing import CLOSING_GATES
from processes.rules.gates.enforcement import ENFORCEMENT_GATES
from processes.rules.gates.gate import (
    ActingPerson,
    Gate,
    GateAnswer,
    GateCheck,
    GateQuestion,
    Level,
)
from processes.rules.gates.investigation import INVESTIGATION_GATES
from processes.rules.gates.money import MONEY_GATES
from processes.rules.gates.protection import PROTECTION_GATES, may_show_address
from processes.rules.gates.secrecy import SECRECY_GATES, may_disclose
from processes.rules.gates.visits import VISIT_GATES

__all__ = [
    "GATES",
    "ActingPerson",
    "Gate",
    "GateAnswer",
    "GateCheck",
    "GateQuestion",
    "Level",
    "ask",
    "gates_of",
    "may_disclose",
    "may_show_address",
]

GATES: dict[str, Gate] = {
    gate.name: gate
    for family in (
        SECRECY_GATES,
        INVESTIGATION_GATES,
        VISIT_GATES,
        CHILD_GATES,
        MONEY_GATES,
        ENFORCEMENT_GATES,
        CLOSING_GATES,
        PROTECTION_GATES,
    )
    for gate in family
}
"""Every gate by name."""


def gates_of(properties: Mapping[str, str]) -> tuple[Gate, ...]:
    """The gates of a step with these extension properties, in the order they are written; KeyError if unknown."""
    names = properties.get("gate", "").split()
    if properties.get("klass") == "utredning" and "no-investigation-in-intake" not in names:
        names.append("no-investigation-in-intake")
    return tuple(GATES[name] for name in names)


def ask(question: GateQuestion) -> tuple[tuple[Gate, GateAnswer], ...]:
    """Every gate of the question's step with its answer."""
    return tuple((gate, gate.check(question)) for gate in gates_of(question.properties))
