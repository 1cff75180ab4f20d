"""Letters: one for each recipient with the recipient's own address, and to outsiders only what may be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from processes.errors import DiagramRefused, GateClosed
from processes.models import Letter, Notice, Person
from processes.operations.letters import Recipient, fill_in, prepare_letter, words_of
from processes.operations.place import Place
from processes.operations.recording import record
from processes.rules.letters import PLACEHOLDERS
from processes.rules.snapshot import Scope
from processes.unit_of_work import UnitOfWork
from tests.city import City

LETTERS = {
    "hej": "{{ mottagare }}, {{ adress }}",
    "alla": " ".join(f"{{{{ {name} }}}}" for name in PLACEHOLDERS),
}
PEOPLE = [
    {"name": "F-01 Påhittad", "role": "contract_holder", "protection": "none", "is_defendant": True},
    {"name": "F-02 Påhittad", "role": "co_tenant", "protection": "none", "is_defendant": True},
    {"name": "F-03 Påhittad", "role": "adult_resident", "protection": "none"},
]
CONSENT = {
    "recipient": "kfm",
    "purposes": ["coordinate"],
    "scopes": ["measures"],
    "direction": "give",
    "form": "oral",
    "informed_voluntary": True,
    "informed_how_to_revoke": True,
}


@pytest.fixture
def case_id(city: City) -> int:
    return city.register(persons=PEOPLE)


@pytest.fixture
def work(city: City, case_id: int) -> Iterator[UnitOfWork]:
    with city.runtime.transaction() as work:
        work.lock(case_id)
        yield work


def place_in(work: UnitOfWork, case_id: int) -> Place:
    notice = work.session.scalars(select(Notice.id)).one()
    return Place(work.lock(case_id), Scope("notice", notice), "prov", work.now, LETTERS)


def write(work: UnitOfWork, case_id: int, recipient: str, letter: str = "hej", **told: str) -> list[Letter]:
    prepare_letter(work, place_in(work, case_id), letter=letter, recipient=recipient, **told)
    work.session.flush()
    return list(work.session.scalars(select(Letter).order_by(Letter.id)))


def people(work: UnitOfWork) -> list[Person]:
    return list(work.session.scalars(select(Person).order_by(Person.id)))


def test_each_defendant_gets_a_copy_of_their_own_and_nobody_else(work: UnitOfWork, case_id: int) -> None:
    letters = write(work, case_id, "defendants")
    assert [letter.text for letter in letters] == [
        "F-01 Påhittad, Provgatan 1, lgh 1101",
        "F-02 Påhittad, Provgatan 1, lgh 1101",
    ]


def test_the_tenants_get_the_copy_when_the_notice_names_nobody(work: UnitOfWork, case_id: int) -> None:
    work.session.scalars(select(Notice)).one().defendants = []
    assert [letter.recipient_name for letter in write(work, case_id, "defendants")] == [
        "F-01 Påhittad",
        "F-02 Påhittad",
    ]


def test_who_is_reached_elsewhere_gets_the_letter_there(work: UnitOfWork, case_id: int) -> None:
    people(work)[1].own_address = "Annanväg 2"
    first, second = write(work, case_id, "contract_holders")
    assert (first.address, second.address) == ("Provgatan 1, lgh 1101", "Annanväg 2")
    assert "Annanväg" not in first.text


@pytest.mark.parametrize("protection", ["secrecy_mark", "protected_registration", "unknown"])
def test_a_protected_address_is_never_written_and_the_letter_goes_through_the_tax_agency(
    work: UnitOfWork, case_id: int, protection: str
) -> None:
    first, _ = people(work)[:2]
    first.protection, first.own_address = protection, "Hemligvägen 5"
    letter, other = write(work, case_id, "contract_holders")
    assert (letter.via_intermediary, letter.address) == (True, "")
    assert "Hemligvägen" not in letter.text + other.text
    assert "Provgatan" not in letter.text
    assert "Skatteverkets förmedlingsuppdrag" in letter.text
    assert other.via_intermediary is False


def test_who_does_not_live_in_the_home_is_never_sent_its_address(work: UnitOfWork, case_id: int) -> None:
    people(work)[2].roles = ["guardian_elsewhere"]
    letter = write(work, case_id, "guardians_and_children_15", "alla")[-1]
    assert letter.recipient_name == "F-03 Påhittad"
    assert letter.address == ""
    assert "Provgatan" not in letter.text


def test_the_dead_get_no_letter(work: UnitOfWork, case_id: int) -> None:
    people(work)[0].died_on = date(2026, 3, 1)
    assert [letter.recipient_name for letter in write(work, case_id, "contract_holders")] == ["F-02 Påhittad"]


@pytest.mark.parametrize(("born_on", "written"), [(date(2011, 3, 2), 1), (date(2011, 3, 3), 0), (None, 0)])
def test_a_child_is_written_to_from_fifteen(
    work: UnitOfWork, case_id: int, born_on: date | None, written: int
) -> None:
    child = people(work)[2]
    child.roles, child.born_on = ["child"], born_on
    names = [letter.recipient_name for letter in write(work, case_id, "guardians_and_children_15")]
    assert names.count("F-03 Påhittad") == written


def test_a_letter_names_no_other_person_than_its_recipient(work: UnitOfWork, case_id: int) -> None:
    for letter in write(work, case_id, "adults", "alla"):
        others = {person.name for person in people(work)} - {letter.recipient_name}
        assert not [name for name in others if name in letter.text]


def test_the_confirmation_to_kronofogden_needs_no_consent(work: UnitOfWork, case_id: int) -> None:
    [letter] = write(work, case_id, "kfm", purpose="confirmation")
    assert (letter.recipient_name, letter.recipient_id) == ("Kronofogden", None)


def test_a_commitment_to_the_landlord_needs_no_consent_and_goes_to_the_registered_address(
    work: UnitOfWork, case_id: int
) -> None:
    case = work.lock(case_id)
    assert case.dwelling.landlord is not None
    case.dwelling.landlord.registered_mail_address = "Box 1"
    [letter] = write(work, case_id, "landlord", purpose="commitment", contents="payment")
    assert letter.text == "Exempelbo AB, Box 1"


def test_a_landlord_whom_nobody_has_named_still_gets_the_letter_written(
    work: UnitOfWork, case_id: int
) -> None:
    work.lock(case_id).dwelling.landlord = None
    [letter] = write(work, case_id, "landlord", purpose="commitment", contents="payment")
    assert (letter.recipient_name, letter.address) == ("Hyresvärden", "")


@pytest.mark.parametrize(
    ("recipient", "purpose", "contents"),
    [
        ("kfm", "coordinate", "measures"),
        ("kfm", "confirmation", "health"),
        ("kfm", "", ""),
        ("landlord", "commitment", "payment health"),
        ("landlord", "inform_of_measures", "measures"),
        ("landlord", "inform_of_measures", "gossip"),
    ],
)
def test_what_nobody_has_consented_to_is_not_written_to_outsiders(
    work: UnitOfWork, case_id: int, recipient: str, purpose: str, contents: str
) -> None:
    with pytest.raises(GateClosed):
        write(work, case_id, recipient, purpose=purpose, contents=contents)
    assert work.session.scalars(select(Letter)).all() == []


def test_a_consent_opens_for_the_letter_that_it_covers(work: UnitOfWork, case_id: int) -> None:
    for person in people(work):
        record(work, work.lock(case_id), "samtycke.givet", CONSENT | {"giver": person.id})
    assert write(work, case_id, "kfm", purpose="coordinate", contents="measures")
    with pytest.raises(GateClosed):
        write(work, case_id, "kfm", purpose="coordinate", contents="measures health")


def test_a_withdrawn_consent_closes_for_the_letter_at_once(work: UnitOfWork, case_id: int) -> None:
    [giver, *_] = people(work)
    case = work.lock(case_id)
    record(work, case, "samtycke.givet", CONSENT | {"giver": giver.id})
    record(work, case, "samtycke.aterkallat", {"giver": giver.id, "recipients": ["kfm"], "how": "oral"})
    with pytest.raises(GateClosed):
        write(work, case_id, "kfm", purpose="coordinate", contents="measures")


def test_a_letter_that_the_process_does_not_have_is_refused(work: UnitOfWork, case_id: int) -> None:
    with pytest.raises(DiagramRefused, match="saknas"):
        write(work, case_id, "adults", letter="saknas")


@pytest.mark.parametrize("name", ["skuld", "Mottagare", "mottagare.name", "7"])
def test_a_placeholder_that_stands_for_nothing_is_refused(name: str) -> None:
    with pytest.raises(DiagramRefused, match="unknown placeholders"):
        fill_in(f"Hej {{{{ {name} }}}}", dict.fromkeys(PLACEHOLDERS, "x"))


def test_every_placeholder_that_a_template_may_name_stands_for_something(
    work: UnitOfWork, case_id: int
) -> None:
    words = words_of(work, place_in(work, case_id), Recipient("adults", "F"), None)
    assert words.keys() == PLACEHOLDERS


def test_the_caseworker_appointed_in_the_same_step_signs_the_letter(
    city: City, work: UnitOfWork, case_id: int
) -> None:
    case = work.lock(case_id)
    assert case.responsible is None
    record(work, case, "handlaggare.utsedd", {"caseworker": city.person(work, "anna").id})
    place = replace(place_in(work, case_id), letters={"hej": "{{ handlaggare }}"})
    prepare_letter(work, place, letter="hej", recipient="adults")
    work.session.flush()
    assert {letter.text for letter in work.session.scalars(select(Letter))} == {"Anna Lindqvist"}


@pytest.mark.parametrize(("born_on", "written"), [(date(2008, 3, 2), 1), (date(2008, 3, 3), 0), (None, 0)])
def test_a_child_of_the_home_is_written_to_as_an_adult_from_eighteen(
    work: UnitOfWork, case_id: int, born_on: date | None, written: int
) -> None:
    child = people(work)[2]
    child.roles, child.born_on = ["child"], born_on
    names = [letter.recipient_name for letter in write(work, case_id, "adults")]
    assert names.count("F-03 Påhittad") == written


@pytest.mark.parametrize("protection", ["secrecy_mark", "protected_registration", "unknown"])
def test_protection_takes_the_address_off_a_letter_that_waits_to_be_sent(
    work: UnitOfWork, case_id: int, protection: str
) -> None:
    [person, *_] = people(work)
    first, other = write(work, case_id, "contract_holders")
    assert "Provgatan 1, lgh 1101" in first.text
    said = {"person": person.id, "protection": protection, "checked_how": "register"}
    record(work, work.lock(case_id), "skydd.andrat", said)
    assert (first.via_intermediary, first.address) == (True, "")
    assert first.text == "F-01 Påhittad, via Skatteverkets förmedlingsuppdrag"
    assert (other.via_intermediary, other.text) == (False, "F-02 Påhittad, Provgatan 1, lgh 1101")


def test_a_letter_that_was_sent_stays_as_it_was_sent(work: UnitOfWork, case_id: int) -> None:
    [person, *_] = people(work)
    [letter, _] = write(work, case_id, "contract_holders")
    letter.sent_at = work.now
    said = {"person": person.id, "protection": "secrecy_mark", "checked_how": "register"}
    record(work, work.lock(case_id), "skydd.andrat", said)
    assert letter.text == "F-01 Påhittad, Provgatan 1, lgh 1101"
