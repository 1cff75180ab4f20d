"""What another system may do here: which kinds of system there are, and which scopes a key of each kind can have.

A landlord's system, the disturbance patrol's and Kronofogden's may hand in notices and nothing else. They learn that
the notice has come in, never whether there is a case, what stands in it, or who lives there (OSL 26:1; SoLPuL 10).
Only a system inside the administration reads and works, in the name of one member of staff who has agreed to it, and
then never more than that person may.
"""

from __future__ import annotations

from dataclasses import dataclass

SUBMIT = "notices:write"
SCOPES: dict[str, str] = {
    SUBMIT: "Lämna underrättelser",
    "tasks:read": "Läsa uppgifter",
    "tasks:write": "Ta, lämna och slutföra uppgifter",
    "cases:read": "Läsa ärenden",
    "events:write": "Anteckna händelser",
}
"""What a key can be good for, with the Swedish words."""

LONGEST_VALIDITY_DAYS = 730
"""A key that nobody has renewed for two years belongs to a system that nobody looks after."""


@dataclass(frozen=True, slots=True)
class SystemKind:
    """A kind of connected system (sv. anslutet system)."""

    name: str
    label: str
    """Swedish."""
    scopes: frozenset[str]
    """The most that its key can have."""
    informant: str = ""
    """Who the information comes from, for the notices that it hands in; empty for a system inside the house."""
    channel: str = ""
    """How they come in, in the words of the intake form."""
    notices: frozenset[str] = frozenset()
    """The kinds of notice that it hands in (rules/notice_kinds.py)."""

    @property
    def acts_as_person(self) -> bool:
        """It works in the name of a member of staff, who must agree first."""
        return not self.informant


SYSTEM_KINDS: dict[str, SystemKind] = {
    kind.name: kind
    for kind in (
        SystemKind("landlord", "Hyresvärd", frozenset({SUBMIT}), "landlord", "e_service", frozenset("ABCDE")),
        SystemKind(
            "disturbance_patrol",
            "Störningsjouren",
            frozenset({SUBMIT}),
            "disturbance_patrol",
            "e_service",
            frozenset("BEJ"),
        ),
        SystemKind(
            "kfm", "Meddelanden från Kronofogden", frozenset({SUBMIT}), "kfm", "sdk", frozenset("FGHI")
        ),
        SystemKind("internal", "Internt system", frozenset(SCOPES)),
    )
}
"""Every kind by name."""
