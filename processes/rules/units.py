"""The units and roles that a lane in a diagram can stand for, and what they are called."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """A unit (sv. enhet) whose members see the tasks of its lane."""

    COORDINATION = "samordning"
    ADULTS = "vuxen"
    CHILDREN = "barn-unga"
    ECONOMIC = "ekonomiskt-bistand"
    HEAD = "enhetschef"


class Role(StrEnum):
    """What a person is in the system besides a member of units (sv. roll)."""

    CASEWORKER = "handlaggare"
    COORDINATOR = "samordnare"
    SUPERVISOR = "enhetschef"
    PROCESS_OWNER = "processagare"
    AUDITOR = "granskare"
    SYSTEM_ADMINISTRATOR = "systemadministrator"


LANE_NAMES: dict[str, Unit] = {
    "Samordningsfunktionen": Unit.COORDINATION,
    "Vuxenenheten": Unit.ADULTS,
    "Enheten för barn och unga": Unit.CHILDREN,
    "Enheten för ekonomiskt bistånd": Unit.ECONOMIC,
    "Enhetschef": Unit.HEAD,
}
"""The lane's name, as it stands in a diagram, and the unit whose inbox its tasks reach."""

UNIT_NAMES: dict[Unit, str] = {unit: name for name, unit in LANE_NAMES.items()}
