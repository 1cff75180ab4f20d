"""The kinds of notice that reach social services, and what each says about its grounds by itself (data 2.2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice (sv. underrättelsetyp)."""

    letter: str
    label: str
    grounds: frozenset[str] = frozenset()
    """Grounds that the kind implies; the form may add others (E-20)."""
    is_from_kfm: bool = False


NOTICE_KINDS: dict[str, NoticeKind] = {
    kind.letter: kind
    for kind in (
        NoticeKind("A", "Uppsägning på grund av obetald hyra", frozenset({"arrears"})),
        NoticeKind("B", "Anmodan om rättelse vid störning", frozenset({"disturbance"})),
        NoticeKind(
            "C", "Kopia av uppsägning vid särskilt allvarlig störning", frozenset({"serious_disturbance"})
        ),
        NoticeKind("D", "Uppsägning på annan grund"),
        NoticeKind("E", "Tidig information"),
        NoticeKind("F", "Underrättelse om avhysning", is_from_kfm=True),
        NoticeKind("G", "Ändrat datum för avhysning", is_from_kfm=True),
        NoticeKind("H", "Kronofogden har återkallat", is_from_kfm=True),
        NoticeKind("I", "Underrättelse om avlägsnande", is_from_kfm=True),
        NoticeKind("J", "Annan oro för boendet"),
    )
}

TO_BE_CONFIRMED = frozenset("FGI")
"""Kinds of notice from Kronofogden that are confirmed the same day, each time they come (SoF 11:3)."""
