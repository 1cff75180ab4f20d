"""Ends a city: every case is called off, years go by, and what may be destroyed is destroyed, by two persons."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from processes.actions.interventions.table import Order, intervene
from processes.actions.interventions.whole_case import WHOLE
from processes.actions.retention import decide_retention, destroy_case, propose_destruction
from processes.models import Case, Event, JournalEntry, Person
from processes.unit_of_work import UnitOfWork
from tests.any_order.run import Run

LONG = timedelta(days=365 * 6)
WHY = "Påhittat skäl som någon förstår om några år."
ON_THIS_GROUND = {"grund": "En påhittad grund som räcker till.", "utfall": "withdrawn"}


def end(run: Run) -> None:
    """Of every case that is destroyed nothing is left, and of those that are kept everything."""
    for case_id in run.case_ids():
        _call_off(run, case_id)
    run.clock.advance(LONG)
    run.attempt("decide_retention", _may_destroy)
    for case_id in run.case_ids(is_open=False):
        _destroy(run, case_id)


def _call_off(run: Run, case_id: int) -> None:
    order = Order("avbryt", (WHOLE,), ON_THIS_GROUND, {}, WHY)
    run.attempt(
        "call off",
        lambda work: intervene(work, case_id=case_id, caseworker=run.person(work, "maria"), order=order),
    )


def _may_destroy(work: UnitOfWork) -> None:
    decide_retention(
        work,
        administration="hisingen",
        municipality="Påhittad kommun",
        keeps_for_ever=False,
        research_birthdays=(),
        reference="Påhittat beslut 1",
    )


def _destroy(run: Run, case_id: int) -> None:
    others = [one for one in run.case_ids(is_open=False) if one != case_id]
    before = {one: _size(run, one) for one in others}
    proposed = run.attempt(
        "propose_destruction",
        lambda work: propose_destruction(work, case_id=case_id, caseworker=run.person(work, "siv")),
    )
    if not proposed or not run.attempt(
        "destroy_case", lambda work: destroy_case(work, case_id=case_id, caseworker=run.person(work, "maria"))
    ):
        return
    assert _size(run, case_id) == (0, 0, 0, 0), f"something is left of case {case_id}"
    assert {one: _size(run, one) for one in others} == before, (
        f"with case {case_id} went something of another"
    )


def _size(run: Run, case_id: int) -> tuple[int, ...]:
    """How many rows of the case there are: itself, its persons, events and journal."""
    with run.runtime.reading() as work:
        found = [select(Case.id).where(Case.id == case_id)]
        found += [select(table.id).where(table.case_id == case_id) for table in (Person, Event, JournalEntry)]
        return tuple(len(work.session.scalars(one).all()) for one in found)
