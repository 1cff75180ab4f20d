"""What comes from outside: notices of every kind, what caseworkers note of what has happened, and corrections of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from processes.actions.event_corrections import correct_event
from processes.actions.events import event_form, record_event
from processes.actions.notices import intake_form, register_notice
from processes.models import Case, Event, Notice
from processes.queries.choices import choices_in
from processes.rules.events import EVENTS
from processes.unit_of_work import UnitOfWork
from tests.any_order.filling import NUMBERS, filled
from tests.any_order.run import STAFF, Run

KINDS = "AFAEBCDGHIJ"
BY_HAND = sorted(name for name, event in EVENTS.items() if event.by_hand)
RECORDERS = ("siv", "maria", "anna", "siv", "maria", "karim", "eva", "bosse")
NAMES = ("F-01 Påhittad", "F-02 Påhittad", "F-03 Påhittad", "F-04 Påhittad")
LATE_CHILD = "F-05 Påhittad"
ROLES = ("contract_holder", "child", "co_tenant", "contact_child", "adult_resident", "guardian_elsewhere")
MOST_CASES = 3


def household(run: Run) -> list[dict[str, Any]]:
    """One person or some, children perhaps among them, protected perhaps."""
    persons = []
    for place in range(run.dice.number(1, 3)):
        protection = run.dice.pick(("none", "none", "unknown", "secrecy_mark", "protected_registration"))
        role = ROLES[0] if place == 0 else run.dice.pick(ROLES)
        person = {"name": NAMES[place], "role": role, "protection": protection}
        number = run.dice.pick(("", *NUMBERS)) if run.dice.chance(3) else ""
        persons.append(person | ({"id_number": number} if number else {}))
    return persons


def register(run: Run) -> None:
    """A notice comes in, about a home that is known or a new one."""
    kind, who_name = run.dice.pick(KINDS), run.dice.pick(("siv", "anna", "maria"))
    home = run.dice.number(1, MOST_CASES)
    received = run.now - timedelta(minutes=run.dice.pick((0, 30, 60 * 20, 60 * 70, 60 * 24 * 9)))
    answers: dict[str, Any] = {
        "kind": kind,
        "received_at": received.replace(microsecond=0).isoformat(),
        "address": f"Provgatan {home}",
        "apartment": "1101",
        "persons": household(run),
    }
    choice = run.dice.pick(("existing", "", "new"))

    def deed(work: UnitOfWork) -> None:
        who = run.person(work, who_name)
        cases = work.session.execute(select(Case.id, Case.number).order_by(Case.id)).all()
        chosen: dict[str, Any] = {"case_choice": None, "case_number": None, "duplicate_of": None}
        if choice == "existing" and cases:
            case_id, number = run.dice.pick(cases)
            chosen |= {"case_choice": "existing", "case_number": number}
            if run.dice.chance(3):
                earlier = work.session.scalars(select(Notice.id).where(Notice.case_id == case_id)).all()
                chosen["duplicate_of"] = run.dice.pick(earlier)
        elif choice == "new" and len(cases) < MOST_CASES:
            chosen["case_choice"] = "new"
        choices = choices_in(work.session, None, who, work.now)
        said = filled(run.dice, intake_form(work, kind), choices, work.now, answers | chosen)
        register_notice(work, caseworker=who, answers={"kind": kind} | _given(said))

    run.attempt("register_notice", deed)


def hear_it_again(run: Run) -> None:
    """A notice comes once more, and now and then names a child that nobody has named before."""
    case_id = run.a_case()
    if case_id is None:
        return
    persons = household(run)
    if not run.dice.chance(3):
        persons.append({"name": LATE_CHILD, "role": "child", "protection": "none"})

    def deed(work: UnitOfWork) -> None:
        case = work.session.get_one(Case, case_id)
        earlier = work.session.scalars(
            select(Notice).where(Notice.case_id == case_id).order_by(Notice.id)
        ).all()
        first = run.dice.pick(earlier)
        who = run.person(work, "siv")
        answers = {
            "kind": first.kind,
            "received_at": run.now.replace(microsecond=0).isoformat(),
            "address": case.dwelling.address,
            "apartment": case.dwelling.apartment,
            "persons": persons,
            "case_choice": "existing",
            "case_number": case.number,
            "duplicate_of": first.id,
        }
        choices = choices_in(work.session, None, who, work.now)
        said = filled(run.dice, intake_form(work, first.kind), choices, work.now, answers)
        register_notice(work, caseworker=who, answers={"kind": first.kind} | _given(said))

    run.attempt("hear_it_again", deed)


def _given(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}


def note(run: Run, name: str | None = None, **said: Any) -> None:
    """Somebody notes that something has happened in a case."""
    case_id = run.a_case()
    if case_id is None:
        return
    event, who_name = name or run.dice.pick(BY_HAND), run.dice.pick(RECORDERS)

    def deed(work: UnitOfWork) -> None:
        who = run.person(work, who_name)
        case = work.session.get_one(Case, case_id)
        choices = choices_in(work.session, case, who, work.now)
        payload = filled(run.dice, event_form(work, event), choices, work.now, said)
        record_event(work, case_id=case_id, name=event, payload=payload, caseworker=who)

    run.attempt(f"note {event}", deed)


def correct(run: Run) -> None:
    """Somebody says that what was noted is wrong, and perhaps how it really was."""
    case_id = run.a_case()
    if case_id is None:
        return
    who_name, anew = run.dice.pick(STAFF), run.dice.chance(2)
    with run.runtime.reading() as work:
        events = (
            select(Event.id, Event.name).where(Event.case_id == case_id).order_by(Event.id.desc()).limit(12)
        )
        found = work.session.execute(events).all()
    if not found:
        return
    event_id, name = run.dice.pick(found)

    def deed(work: UnitOfWork) -> None:
        who = run.person(work, who_name)
        case = work.session.get_one(Case, case_id)
        answers = None
        if anew and EVENTS[name].by_hand:
            choices = choices_in(work.session, case, who, work.now)
            answers = filled(run.dice, event_form(work, name), choices, work.now)
        correct_event(
            work, case_id=case_id, event_id=event_id, reason="Fel sak antecknad.", caseworker=who,
            new_answers=answers,
        )  # fmt: skip

    run.attempt("correct_event", deed)
