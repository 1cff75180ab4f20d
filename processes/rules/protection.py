"""Who sees the identity number and the address of a person who must be kept hidden, and who only sees a mark.

Protection is fail-closed: only a person whose register entry has been checked and carries no protection is open;
not checked, or a word that nobody knows, counts as protected (JO 5932-2012; E-30). Others than the restricted circle
see the name and `MARK`. Which ties to a case make the circle is the municipality's choice (`Policy.protected_circle`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from processes.rules.letters import LIVES_ELSEWHERE
from processes.rules.units import Role

MARK = "Skyddade personuppgifter"
"""Stands wherever something is kept back, and beside the name of every protected person."""

PROTECTION = {
    "none": "Inget skydd",
    "secrecy_mark": "Sekretessmarkering",
    "protected_registration": "Skyddad folkbokföring",
    "unknown": "Skydd inte kontrollerat",
}
"""What the population register says, in the words a caseworker reads (OSL 22:1; folkbokföringslagen 16)."""

TIES = {
    "responsible": "Ansvarig handläggare",
    "substitute": "Ersättare i ärendet",
    "stand_in": "Den som vikarierar för någon av dem i dag",
    "head": "Enhetschef",
    "holder": "Den som har tagit en uppgift, så länge ingen är ansvarig",
}
"""Every way in which a member of staff can be tied to a case; the circle is some of them."""


class Detail(StrEnum):
    """A kind of fact about a person that a page can show."""

    NAME = "name"
    AGE = "age"
    BORN_ON = "born_on"
    IDENTITY_NUMBER = "identity_number"
    ADDRESS = "address"


OPEN_TO_ALL = frozenset({Detail.NAME, Detail.AGE})
"""What everybody who may see the case sees also of a protected person; without it nobody could be helped."""

IDENTITY_FIELDS = frozenset({"id_number", "born_on"})
ADDRESS_FIELDS = frozenset({"own_address", "address", "apartment", "district"})
"""Names of form fields and payload keys that tell who or where a person of the case is."""


@dataclass(frozen=True, slots=True)
class CaseTies:
    """Who a case belongs to, as far as the circle asks."""

    responsible: int | None = None
    substitute: int | None = None
    holders: frozenset[int] = frozenset()
    """Who has claimed one of its open tasks."""


def is_protected(protection: str | None) -> bool:
    """Protected, or not known to be unprotected."""
    return protection != "none"


def ties_of(
    viewer: int, roles: Collection[Role], case: CaseTies, stands_in_for: Collection[int] = ()
) -> frozenset[str]:
    """What ties the viewer to the case; the codes of TIES.

    Before anybody is responsible, who has taken a task in the case does the work of the responsible: otherwise nobody
    could check the register at intake, and everybody unchecked would stay hidden for good.
    """
    answerable = {case.responsible, case.substitute} - {None}
    holds = case.responsible is None and viewer in case.holders
    found = {
        "responsible": viewer == case.responsible,
        "substitute": viewer == case.substitute,
        "stand_in": bool(answerable & set(stands_in_for)),
        "head": Role.SUPERVISOR in roles,
        "holder": holds,
    }
    return frozenset(tie for tie, holds_good in found.items() if holds_good)


def is_in_circle(ties: Collection[str], circle: Collection[str]) -> bool:
    """Whether somebody with these ties belongs to the restricted circle around the protected of a case."""
    return bool(set(ties) & set(circle))


def details_shown(protection: str | None, *, in_circle: bool) -> frozenset[Detail]:
    """What a viewer sees of a person with this protection."""
    return frozenset(Detail) if in_circle or not is_protected(protection) else OPEN_TO_ALL


def may_show_home(household: Iterable[tuple[str | None, Collection[str]]], *, in_circle: bool) -> bool:
    """Whether the dwelling's address is shown: it is the address of everybody who lives there.

    `household` = protection and roles of each person of the case; who only has roles of people elsewhere is not asked.
    """
    return in_circle or not any(
        is_protected(protection) and not (roles and set(roles) <= LIVES_ELSEWHERE)
        for protection, roles in household
    )
