"""A protected person's number and address are seen by the circle alone, wherever they were written down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.actions.events import record_event
from processes.actions.tasks import claim_task
from processes.forms import load_form
from processes.models import Case, Dwelling, Person
from processes.queries.cases import open_cases
from processes.queries.choices import choices_in
from processes.queries.persons_seen import Sight, persons_seen, sight_from, sight_of
from processes.rules.policy import Policy
from processes.rules.protection import ADDRESS_FIELDS, IDENTITY_FIELDS, MARK
from processes.settings import DIAGRAMS
from processes.unit_of_work import UnitOfWork
from tests.city import City

NUMBER, ADDRESS, HOME = "19850203-1233", "Hemligvägen 5, 411 11 Provstad", "Provgatan 1"
OPEN_NUMBER, OPEN_ADDRESS = "19800101-1231", "Öppna gatan 7"
PEOPLE = [
    {
        "name": "Disa Påhittad", "role": "contract_holder", "protection": "secrecy_mark",
        "id_number": NUMBER, "own_address": ADDRESS,
    },
    {
        "name": "Emil Påhittad", "role": "co_tenant", "protection": "none",
        "id_number": OPEN_NUMBER, "own_address": OPEN_ADDRESS,
    },
]  # fmt: skip


@pytest.fixture
def case_id(city: City) -> int:
    return city.register(persons=PEOPLE)


@pytest.fixture
def work(city: City, case_id: int) -> Iterator[UnitOfWork]:
    with city.runtime.transaction() as work:
        work.lock(case_id)
        yield work


def sight(city: City, work: UnitOfWork, case_id: int, username: str) -> Sight:
    return sight_of(work.session, work.lock(case_id), city.person(work, username), work.now, work.policy)


def test_the_responsible_the_substitute_and_the_head_see_all(
    city: City, work: UnitOfWork, case_id: int
) -> None:
    case = work.lock(case_id)
    case.responsible_id, case.substitute_id = city.person(work, "anna").id, city.person(work, "bosse").id
    for username in ("anna", "bosse", "maria"):
        seen = sight(city, work, case_id, username)
        assert [(each.id_number, each.own_address) for each in seen.persons] == [
            (NUMBER, ADDRESS),
            (OPEN_NUMBER, OPEN_ADDRESS),
        ]
        assert seen.shows_home


def test_others_see_the_name_and_the_mark(city: City, work: UnitOfWork, case_id: int) -> None:
    work.lock(case_id).responsible_id = city.person(work, "anna").id
    for username in ("siv", "karim", "eva", "gun", "stig", "per", "disa"):
        seen = sight(city, work, case_id, username)
        protected, other = seen.persons
        assert (protected.name, protected.is_protected, protected.age) == ("Disa Påhittad", True, 41)
        assert (protected.id_number, protected.own_address, protected.born_on) == (None, None, None)
        assert (other.id_number, other.own_address) == (OPEN_NUMBER, OPEN_ADDRESS)
        assert (seen.home, seen.shows_home) == (MARK, False)


def test_who_has_taken_a_task_sees_all_only_until_somebody_is_responsible(
    city: City, work: UnitOfWork, case_id: int
) -> None:
    assert sight(city, work, case_id, "siv").persons[0].is_kept_back
    claim_task(work, task_id=city.task(case_id, "ta_stallning"), caseworker=city.person(work, "siv"))
    work.session.flush()
    assert not sight(city, work, case_id, "siv").persons[0].is_kept_back
    work.lock(case_id).responsible_id = city.person(work, "anna").id
    assert sight(city, work, case_id, "siv").persons[0].is_kept_back


def test_the_municipality_chooses_the_circle(city: City, work: UnitOfWork, case_id: int) -> None:
    maria, case = city.person(work, "maria"), work.lock(case_id)
    narrow = Policy(protected_circle=frozenset({"responsible"}))
    assert persons_seen(work.session, case, maria, work.now, narrow)[0].id_number is None
    assert persons_seen(work.session, case, maria, work.now, Policy())[0].id_number == NUMBER


def test_a_status_that_nobody_has_checked_hides_as_much_as_a_mark(
    city: City, work: UnitOfWork, case_id: int
) -> None:
    marked = sight(city, work, case_id, "karim")
    work.lock(case_id).persons[0].protection = "unknown"
    unknown = sight(city, work, case_id, "karim")
    assert unknown.persons[0].id_number is None
    assert (unknown.home, unknown.shows_home) == (marked.home, marked.shows_home)


def test_a_changed_status_counts_at_once(city: City, work: UnitOfWork, case_id: int) -> None:
    [protected, _] = work.lock(case_id).persons
    work.lock(case_id).responsible_id = city.person(work, "anna").id
    anna = city.person(work, "anna")
    for status, is_kept_back in (("none", False), ("protected_registration", True), ("none", False)):
        said = {"person": protected.id, "protection": status, "checked_how": "register"}
        record_event(work, case_id=case_id, name="skydd.andrat", payload=said, caseworker=anna)
        assert sight(city, work, case_id, "karim").persons[0].is_kept_back is is_kept_back


def test_an_answer_about_the_protected_is_kept_back_and_one_about_another_is_not(
    city: City, work: UnitOfWork, case_id: int
) -> None:
    form = load_form((DIAGRAMS / "arendehandelser" / "forms" / "hyresvard.underrattelse.json").read_bytes())
    answers = {"persons": PEOPLE, "address": HOME, "apartment": "1101", "landlord_name": "Exempelbo AB"}
    told = sight(city, work, case_id, "karim").told((form.fields[key], answers[key]) for key in answers)
    shown = {field.name: value for field, value in told}
    assert [(row["id_number"], row["own_address"]) for row in shown["persons"]] == [
        (MARK, MARK),
        (OPEN_NUMBER, OPEN_ADDRESS),
    ]
    assert (shown["address"], shown["apartment"], shown["landlord_name"]) == (MARK, MARK, "Exempelbo AB")
    everything = sight(city, work, case_id, "maria").told((form.fields[key], answers[key]) for key in answers)
    assert {field.name: value for field, value in everything} == answers


def test_a_day_that_is_the_birthday_of_the_protected_is_kept_back_as_a_whole(
    city: City, work: UnitOfWork, case_id: int
) -> None:
    form = load_form((DIAGRAMS / "arendehandelser" / "forms" / "bevakning.skapad.json").read_bytes())
    for username, day, shown in (
        ("karim", "1985-02-03", MARK), ("karim", "1985-02-04", "1985-02-04"), ("maria", "1985-02-03", "1985-02-03"),
    ):  # fmt: skip
        told = sight(city, work, case_id, username).told([(form.fields["until"], day)])
        assert [answer for _field, answer in told] == [shown]


def test_a_note_says_nothing_of_where_the_protected_is(city: City, work: UnitOfWork, case_id: int) -> None:
    seen, everything = sight(city, work, case_id, "karim"), sight(city, work, case_id, "maria")
    for written in ("nr 850203-1233", "bor på Hemligvägen nu", "kom till PROVGATAN 1", "19850203 1233"):
        for shown in (seen.text(written), seen.payload({"text": written})["text"]):
            assert MARK in shown
            assert shown != written
        assert everything.text(written) == written


def test_a_letter_of_another_household_member_is_shown_without_the_home(
    city: City, work: UnitOfWork, case_id: int
) -> None:
    assert sight(city, work, case_id, "karim").text("Emil, Provgatan 1, lgh 1101") == f"Emil, [{MARK}]"


def test_where_nobody_is_protected_everything_is_shown(city: City, work: UnitOfWork, case_id: int) -> None:
    work.lock(case_id).persons[0].protection = "none"
    seen = sight(city, work, case_id, "karim")
    assert seen.text(f"{NUMBER} {ADDRESS}") == f"{NUMBER} {ADDRESS}"
    assert (seen.home, seen.anybody_protected) == ("Provgatan 1, lgh 1101", False)


@pytest.mark.parametrize(
    "search",
    ["Disa", "Disa Påhittad", NUMBER, "850203", "19850203", "Hemligvägen 5", "Provgatan", "Emil", "%"],
)
def test_no_search_finds_a_person(city: City, work: UnitOfWork, case_id: int, search: str) -> None:
    assert open_cases(work.session, city.person(work, "siv"), work.now, search=search).cases == []


def test_a_choice_of_persons_shows_names_with_the_mark_and_nothing_else(
    city: City, work: UnitOfWork, case_id: int
) -> None:
    choices = choices_in(work.session, work.lock(case_id), city.person(work, "karim"), work.now)
    assert [option.title for option in choices.of("person")] == [
        "Disa Påhittad (skyddade personuppgifter)",
        "Emil Påhittad",
    ]


values = st.sampled_from(
    [NUMBER, ADDRESS, HOME, OPEN_NUMBER, "1985-02-03", "ett ord", "Provgatan 1, lgh 1101"]
)
keys = st.sampled_from([*ADDRESS_FIELDS, *IDENTITY_FIELDS, "text", "note", "persons"])
payloads = st.dictionaries(
    keys, st.recursive(values, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=8)
)


@given(payloads, st.sampled_from(["secrecy_mark", "protected_registration", "unknown"]))
def test_nothing_that_an_event_can_say_tells_of_the_protected(said: dict[str, Any], status: str) -> None:
    shown = str(_outsider(status).payload(said))
    for secret in (NUMBER, ADDRESS, HOME, "1985-02-03"):
        assert secret not in shown


@given(payloads)
def test_where_nobody_is_protected_an_event_is_shown_as_it_was_said(said: dict[str, Any]) -> None:
    assert _outsider("none").payload(said) == said


def _outsider(status: str) -> Sight:
    """The sight of somebody outside the circle, on a case of one person that no database knows."""
    person = Person(
        id=1, name="Disa Påhittad", roles=["contract_holder"], protection=status, id_number=NUMBER,
        own_address=ADDRESS, born_on=date(1985, 2, 3), died_on=None, language="", needs_interpreter=False,
        recorded_at=datetime(2026, 3, 2, tzinfo=UTC),
    )  # fmt: skip
    case = Case(id=1, persons=[person], dwelling=Dwelling(address=HOME, apartment="1101"))
    return sight_from(case, date(2026, 3, 2), in_circle=False)
