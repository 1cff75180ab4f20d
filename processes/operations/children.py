"""Sees to it that somebody looks after the children of a household, however they have become known."""

from __future__ import annotations

from collections.abc import Iterable

from processes.errors import AnswersRefused
from processes.models import Case, Event, Notice
from processes.rules.children_concerned import has_child, living_children, notices_of_unnamed_children
from processes.rules.snapshot import CaseSnapshot, Scope
from processes.unit_of_work import Start, UnitOfWork

MAIN_PROCESSES = frozenset({"hot-om-avhysning", "avhysning-kronofogden"})
TAKEN_ON = frozenset({"handle", "add_to_case"})
ENFORCEMENT = ("kfm.underrattelse", "kfm.nyTid")


def look_after_children(work: UnitOfWork, case: Case) -> None:
    """Let the process about the children of the case begin, if there are any (handboken 3; R-030, E-32).

    Also for children of whom only Kronofogden knows: then the first thing is to find out who they are (R-135, R-159).
    Where everything is done for each of them already, it ends at once.
    """
    if has_child(work.snapshot(case.id)):
        work.set_off(Start("barnets-situation", case.id, Scope("case", case.id)))


def look_after_children_met_by_the_way(work: UnitOfWork, case: Case, notice: Notice) -> None:
    """The same where the household is worked with already, or has been in this case (chapter 6 or 7).

    For a notice that asks for nothing itself, because it came again or is not for us: it may name a child all the
    same. One that came again, by which Kronofogden knows of children nobody has entered, asks for that by itself.
    """
    snapshot = work.snapshot(case.id)
    unnamed = {one.id for one in notices_of_unnamed_children(snapshot)}
    asks_itself = notice.duplicate_of_id is not None and notice.id in unnamed
    if asks_itself or (case.closed_at is None and _is_ours(snapshot, notice.id)):
        look_after_children(work, case)


def _is_ours(snapshot: CaseSnapshot, apart_from: int) -> bool:
    """Whether anything but this notice has made the household one that we work with."""
    stances = {one.stance for one in snapshot.notices if one.id != apart_from}
    return bool(
        snapshot.running & MAIN_PROCESSES or stances & TAKEN_ON or snapshot.events_named(*ENFORCEMENT)
    )


def children_ruled_out(work: UnitOfWork, case: Case, event: Event) -> Iterable[str]:
    """Kronofogden's word that there are children is settled, for the notices that say so now.

    Raises AnswersRefused when a child is entered, whom nobody can rule out, and when there is nothing to settle.
    """
    snapshot = work.snapshot(case.id)
    if living_children(snapshot, work.at):
        raise AnswersRefused({"found_out": "Barn är inlagda i ärendet. Samtalet och kontakten gäller dem."})
    told = [notice.id for notice in notices_of_unnamed_children(snapshot)]
    if not told:
        raise AnswersRefused(
            {"found_out": "Ingen underrättelse säger att det finns barn som inte är inlagda."}
        )
    event.payload = {**event.payload, "notices": told}
    return ()
