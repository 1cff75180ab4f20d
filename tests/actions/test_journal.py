"""The journal tells of every change who made it, when, and what stood there before (R-174)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from processes.actions.events import record_event
from processes.actions.tasks import assign_task, claim_task, release_task
from processes.models import JournalEntry, Notice, Person
from processes.operations.flow import set_outcome, set_phase
from processes.operations.place import Place
from processes.rules.snapshot import Scope
from tests.actions.moving_cases import moving
from tests.city import City

STANCE = {"stance": "handle", "grounds": ["arrears"], "informant": "landlord", "may_lead_to_measure": False}


@pytest.fixture
def case_id(city: City) -> int:
    return city.register()


def said_by(city: City, case_id: int, username: str, name: str, **said: Any) -> None:
    with city.runtime.transaction() as work:
        who = city.person(work, username)
        record_event(work, case_id=case_id, name=name, payload=said, caseworker=who)


def changes(city: City, subject: str) -> list[tuple[str | None, Any, Any]]:
    """Every change of this value: who made it, from what, to what."""
    with city.runtime.reading() as work:
        names = {city.person(work, name).id: name for name in ("anna", "bosse", "siv", "maria")}
        lines = select(JournalEntry).where(
            JournalEntry.what == "value_changed", JournalEntry.subject == subject
        )
        return [
            (names.get(line.by_id or 0), line.details["from"], line.details["to"])
            for line in work.session.scalars(lines.order_by(JournalEntry.id))
        ]


def tenant(city: City) -> int:
    with city.runtime.reading() as work:
        return work.session.scalars(select(Person.id)).one()


def notice(city: City) -> int:
    with city.runtime.reading() as work:
        return work.session.scalars(select(Notice.id)).one()


def test_a_corrected_notice_tells_what_stood_there_before(city: City, case_id: int) -> None:
    number = notice(city)
    said_by(city, case_id, "siv", "underlag.andrat", notice=number, served_on="2026-02-27", evidence="Brev")
    said_by(city, case_id, "siv", "underlag.andrat", notice=number, served_on="2026-02-28", evidence="Samtal")
    assert changes(city, "notices.served_on") == [
        ("siv", None, "2026-02-27"),
        ("siv", "2026-02-27", "2026-02-28"),
    ]


def test_the_same_value_again_is_no_change(city: City, case_id: int) -> None:
    said_by(
        city, case_id, "siv", "skydd.andrat", person=tenant(city), protection="none", checked_how="register"
    )
    assert changes(city, "persons.protection") == []


def test_a_persons_protection_tells_what_it_was(city: City, case_id: int) -> None:
    said = {"person": tenant(city), "protection": "secrecy_mark", "checked_how": "register"}
    said_by(city, case_id, "siv", "skydd.andrat", **said)
    assert changes(city, "persons.protection") == [("siv", "none", "secrecy_mark")]


def test_a_notice_that_says_that_somebody_is_protected_is_believed(city: City, case_id: int) -> None:
    protected = [{"name": "F-01 Påhittad", "role": "contract_holder", "protection": "protected_registration"}]
    number = f"KVB 2026-{case_id:06d}"
    again = {"case_choice": "existing", "case_number": number, "received_at": "2026-03-02T08:45"}
    city.register(**again, persons=protected)
    assert changes(city, "persons.protection") == [("siv", "none", "protected_registration")]


def test_a_notice_never_lifts_a_protection(city: City, case_id: int) -> None:
    said = {"person": tenant(city), "protection": "secrecy_mark", "checked_how": "register"}
    said_by(city, case_id, "siv", "skydd.andrat", **said)
    number = f"KVB 2026-{case_id:06d}"
    city.register(case_choice="existing", case_number=number, received_at="2026-03-02T08:45")
    assert len(changes(city, "persons.protection")) == 1


def test_a_death_and_a_new_person_are_written_down(city: City, case_id: int) -> None:
    said_by(city, case_id, "siv", "avliden", person=tenant(city), on="2026-03-01", source="relative")
    assert changes(city, "persons.died_on") == [("siv", None, "2026-03-01")]
    with city.runtime.reading() as work:
        line = work.session.scalars(select(JournalEntry).where(JournalEntry.what == "person_added")).one()
        assert line.by_id == city.person(work, "siv").id
        assert line.details["roles"] == ["contract_holder"]


def test_who_is_responsible_tells_who_was(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        anna, bosse = city.person(work, "anna").id, city.person(work, "bosse").id
    for who in (anna, bosse):
        said_by(city, case_id, "siv", "handlaggare.utsedd", caseworker=who)
    assert changes(city, "cases.responsible") == [("siv", None, anna), ("siv", anna, bosse)]


def test_the_stance_and_the_phase_are_written_down(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        anna, bosse = city.person(work, "anna").id, city.person(work, "bosse").id
    city.complete(case_id, "ta_stallning", "siv", **STANCE, caseworker=anna, substitute=bosse)
    assert changes(city, "notices.stance") == [("siv", None, "handle")]
    assert changes(city, "cases.phase") == [(None, "early", "termination")]


def test_phase_and_outcome_tell_what_they_were(city: City, case_id: int) -> None:
    with moving(city, case_id) as (work, case):
        place = Place(case, Scope("case", case_id), "prov", work.at, {})
        set_phase(work, place, phase="after")
        set_outcome(work, place, outcome="stays")
        set_outcome(work, place, outcome="moved")
    assert changes(city, "cases.phase") == [(None, "early", "after")]
    assert changes(city, "cases.outcome") == [(None, None, "stays"), (None, "stays", "moved")]


def test_a_withdrawn_consent_tells_which_and_when(city: City, case_id: int) -> None:
    said: dict[str, Any] = {
        "recipient": "landlord",
        "purposes": ["negotiate_stay"],
        "scopes": ["payment"],
        "form": "oral",
    }
    said |= {"direction": "both", "informed_voluntary": True, "informed_how_to_revoke": True}
    said_by(city, case_id, "siv", "samtycke.givet", giver=tenant(city), **said)
    said_by(city, case_id, "siv", "samtycke.aterkallat", giver=tenant(city), how="oral")
    assert changes(city, "consents.withdrawn_at") == [("siv", None, "2026-03-02T08:00:00+00:00")]


def test_a_duplicate_that_came_earlier_moves_the_arrival_and_says_so(city: City, case_id: int) -> None:
    number = f"KVB 2026-{case_id:06d}"
    original = notice(city)
    again: dict[str, Any] = {"case_choice": "existing", "case_number": number, "duplicate_of": original}
    city.register(**again, received_at="2026-02-28T11:00", channel="email")
    [(who, _, to)] = changes(city, "notices.received_at")
    assert (who, to) == ("siv", "2026-02-28T10:00:00+00:00")
    with city.runtime.reading() as work:
        lines = select(JournalEntry).where(JournalEntry.what == "notice_registered")
        registered = work.session.scalars(lines.order_by(JournalEntry.id)).all()
        assert [line.details["duplicate_of"] for line in registered] == [None, original]


def test_who_had_a_task_before_stands_beside_who_got_it(city: City, case_id: int) -> None:
    task_id = city.task(case_id, "ta_stallning")
    with city.runtime.transaction() as work:
        siv, maria = city.person(work, "siv"), city.person(work, "maria")
        claim_task(work, task_id=task_id, caseworker=siv)
        assign_task(work, task_id=task_id, caseworker=siv, to=maria)
        release_task(work, task_id=task_id, caseworker=maria)
    with city.runtime.reading() as work:
        lines = select(JournalEntry).where(JournalEntry.what.startswith("task_")).order_by(JournalEntry.id)
        told = [(line.what, line.by_id, line.details) for line in work.session.scalars(lines)]
    task = {"task": task_id}
    assert told == [
        ("task_claimed", siv.id, task | {"from": None, "to": siv.id}),
        ("task_assigned", siv.id, task | {"from": siv.id, "to": maria.id}),
        ("task_released", maria.id, task),
    ]
