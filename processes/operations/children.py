"""Sees to it that somebody looks after the children of a household, however they have become known."""

from __future__ import annotations

from processes.models import Case
from processes.rules.snapshot import Scope
from processes.unit_of_work import Start, UnitOfWork

MAIN_PROCESSES = frozenset({"hot-om-avhysning", "avhysning-kronofogden"})


def look_after_children(work: UnitOfWork, case: Case) -> None:
    """Let the process about the children of the case begin, if there are any (handboken 3; R-030, E-32).

    Where everything is done for each of them already, it ends at once.
    """
    if any(person.is_child for person in work.snapshot(case.id).persons):
        work.set_off(Start("barnets-situation", case.id, Scope("case", case.id)))


def look_after_children_met_by_the_way(work: UnitOfWork, case: Case) -> None:
    """The same where the household is worked with already (chapter 6 or 7).

    For a notice that asks for nothing itself, because it came again or is not for us: it may name a child all the same.
    """
    if work.snapshot(case.id).running & MAIN_PROCESSES:
        look_after_children(work, case)
