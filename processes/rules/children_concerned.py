"""Which children a case concerns: those who are entered, and those whom Kronofogden knows of but nobody has named.

Kronofogden tells in its notice whether there are children (kinds F and I, data 2.2). A family is a family whether we
know the children's names or not: as long as none of them is entered, and nobody has found out that there are none, the
case concerns children all the same (handboken 3, 6.7, 7; R-021, R-135, R-159).
"""

from __future__ import annotations

from datetime import datetime

from processes.rules.consent import is_dead, is_minor
from processes.rules.snapshot import CaseSnapshot, NoticeSeen, PersonSeen

RULED_OUT = "barn.uteslutet"
"""The event that somebody has found out that no child is concerned; its payload says about which notices."""


def living_children(snapshot: CaseSnapshot, now: datetime) -> list[PersonSeen]:
    """Those in the case who are there as a child or a contact child, and live."""
    return [person for person in snapshot.persons if person.is_child and not is_dead(person, now)]


def notices_of_unnamed_children(snapshot: CaseSnapshot) -> list[NoticeSeen]:
    """Notices by which Kronofogden knows of children of whom none is entered, and that are not ruled out.

    A child who is entered answers every notice that came while it was under 18 and alive, also after it has grown up or
    died. What is ruled out holds for the notices that were there then; one that comes later says it anew.
    """
    settled = {one for event in snapshot.events_named(RULED_OUT) for one in event.payload.get("notices", ())}
    return [
        notice
        for notice in snapshot.received
        if notice.tells_of_children
        and notice.id not in settled
        and not any(_may_be_meant(person, notice) for person in snapshot.persons)
    ]


def _may_be_meant(person: PersonSeen, notice: NoticeSeen) -> bool:
    at = notice.received_at
    return person.is_child and is_minor(person, at) and not is_dead(person, at)


def has_child(snapshot: CaseSnapshot) -> bool:
    """The household has, or has had, a child: entered, or known to Kronofogden only."""
    return any(person.is_child for person in snapshot.persons) or bool(notices_of_unnamed_children(snapshot))


def concerns_children(snapshot: CaseSnapshot, now: datetime) -> bool:
    """A child of any age lives who is entered as one, or Kronofogden knows of one whom nobody has named."""
    return bool(living_children(snapshot, now) or notices_of_unnamed_children(snapshot))


def where_children_are_told_of(snapshot: CaseSnapshot, now: datetime) -> tuple[str, ...]:
    """What shows that children are concerned, as a gate names its evidence."""
    persons = (f"person {child.id}" for child in living_children(snapshot, now))
    return (*persons, *(f"underrättelse {notice.id}" for notice in notices_of_unnamed_children(snapshot)))
