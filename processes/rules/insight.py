"""Decides to whom a person's file may be handed out (sv. partsinsyn, registerutdrag), and says why not.

A person has a right to the own file (FL 10 §, OSL 10:3; data subjects: GDPR 15). What is said of others, and who made a
private report, stays secret for everybody (OSL 26:1, 26:5). A child's guardian is not always somebody to tell: secrecy
holds towards a guardian too when the child could come to harm (OSL 12:3), and that is the head's decision.

| whose file | to whom | so |
| --- | --- | --- |
| adult, or child of 15 or more | the person | yes |
| child under 15, or of unknown age | the child | no: to a guardian |
| child under 15 without protection | a guardian | yes, with a reason |
| child under 15 who is protected, or not checked | a guardian | the head alone |
| child of 15 to 17 | a guardian | the head alone |
| adult | a guardian | no |
| anybody | a representative | yes, with a reason that says by what authority |
| somebody who has died | a representative | the head alone; the person: no |
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

OWN_RIGHT_FROM = 15
ADULT_FROM = 18
PRIVATE_INFORMANTS = frozenset({"relative", "other_private", "other"})
"""Informants of notices and sources of reports who are protected as private reporters (OSL 26:5)."""
TELLS_REPORTER = frozenset({"informant", "informant_name", "source"})
"""Keys that say who told us, kept back when it was a private person; one that begins with `reporter` always is."""
ABOUT_REPORTER = "aterkoppling"
"""Events and processes whose name begins so are about answering a reporter: that there is one is secret too."""


class Recipient(StrEnum):
    """To whom a file is handed out."""

    SELF = "self"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"


RECIPIENTS: dict[Recipient, str] = {
    Recipient.SELF: "Personen själv",
    Recipient.GUARDIAN: "Barnets vårdnadshavare",
    Recipient.REPRESENTATIVE: "God man, förvaltare eller ombud",
}
LEFT_OUT = (
    "Uppgifter om andra personer är borttagna (OSL 26:1).",
    "Uppgifter som kan visa vem som har lämnat uppgifter om någon enskild är borttagna (OSL 26:5).",
    "Uppgifter om var någon annan finns är borttagna (OSL 22:1, 26:1).",
)
"""Stands in every file that is handed out, whether something was left out or not: it must not tell which."""
WITHHELD = (
    "Något som är antecknat lämnas inte ut, eftersom det är av synnerlig vikt att det inte röjs (OSL 10:3)."
    " Antal: {count}. Du kan begära ett skriftligt beslut om det, och det går att överklaga."
)
"""Stands when a caseworker has held back whole entries (OSL 6:3)."""


@dataclass(frozen=True, slots=True)
class HandingOut:
    """What is asked: whose file, to whom, by whom."""

    recipient: Recipient
    age: int | None
    """Years today; None if the birthday is not known."""
    is_child: bool
    """The person has the role of a child in the case."""
    has_died: bool
    is_protected: bool
    """Protected, or not checked."""
    sees_everything: bool
    """Who hands out is in the circle around the protected of the case, or nobody in it is protected."""
    decides_on_secrecy: bool
    """Who hands out may decide to disclose on a legal ground (the head of unit)."""

    @property
    def is_minor(self) -> bool:
        return self.is_child if self.age is None else self.age < ADULT_FROM

    @property
    def may_ask_alone(self) -> bool:
        """Old enough to have the right to the own file without a guardian."""
        return not self.is_child if self.age is None else self.age >= OWN_RIGHT_FROM


CIRCLE = (
    "Ärendet har skyddade personuppgifter. Ansvarig handläggare, ersättare eller enhetschef lämnar ut akten, så att"
    " inget röjs och inget saknas."
)
DEAD = "Personen har avlidit. Be enhetschefen pröva om ett ombud för dödsboet kan få akten."
TO_GUARDIAN = "Ett barn under 15 år får sin akt genom en vårdnadshavare."
OWN_FILE = (
    "En vuxens akt lämnas inte till någon vårdnadshavare. Lämna den till personen själv eller ett ombud."
)
HEAD_FOR_YOUNG = (
    "Barnet har fyllt 15 år och råder själv över sina uppgifter. Bara enhetschefen kan besluta om annat."
)
HEAD_FOR_PROTECTED = (
    "Barnet är skyddat, eller så är skyddet inte kontrollerat. Vårdnadshavaren kan vara den som barnet skyddas mot:"
    " bara enhetschefen kan besluta att lämna ut akten (OSL 12:3)."
)


def objection_to(asked: HandingOut) -> str | None:
    """Why the file may not be handed out so, in Swedish; None if it may (OSL 10:3, 12:3, 22:1, 26:1)."""
    if not asked.sees_everything:
        return CIRCLE
    if asked.has_died:
        allowed = asked.recipient is Recipient.REPRESENTATIVE and asked.decides_on_secrecy
        return None if allowed else DEAD
    if asked.recipient is Recipient.SELF:
        return None if asked.may_ask_alone else TO_GUARDIAN
    if asked.recipient is Recipient.GUARDIAN:
        return _objection_to_guardian(asked)
    return None


def _objection_to_guardian(asked: HandingOut) -> str | None:
    if not asked.is_minor:
        return OWN_FILE
    if asked.decides_on_secrecy:
        return None
    if asked.may_ask_alone:
        return HEAD_FOR_YOUNG
    return HEAD_FOR_PROTECTED if asked.is_protected else None


def tells_reporter(key: str, said_by: object) -> bool:
    """Whether what stands under the key may show who made a private report; `said_by` is the informant or source."""
    return key.startswith("reporter") or (key in TELLS_REPORTER and said_by in PRIVATE_INFORMANTS)
