"""Who works here: found by the name that is typed, let in by the right password only, and nothing without a role."""

from __future__ import annotations

import pytest

from processes.actions.demo import CAST, DEMO_PASSWORD
from processes.actions.people import HASHER, NOBODY, add_caseworker, check_password
from processes.errors import CaseworkerNotFound, NotSignedIn
from processes.queries.people import active_caseworkers, get_caseworker, get_caseworker_named
from processes.rules.units import Role, Unit
from processes.unit_of_work import UnitOfWork
from tests.city import City

SENTENCE = "en lång påhittad mening"


def employ(work: UnitOfWork, username: str, password: str) -> int:
    return add_caseworker(
        work,
        username=username,
        name="Nya Nyström",
        administration="hisingen",
        memberships=[(Unit.ADULTS, Role.CASEWORKER), (None, Role.AUDITOR)],
        password_hash=HASHER.hash(password) if password else "",
    ).id


@pytest.mark.parametrize("typed", ["anna", "Anna", " ANNA "])
def test_a_name_is_recognised_however_it_is_typed(city: City, typed: str) -> None:
    with city.runtime.reading() as work:
        assert check_password(work, username=typed, password=DEMO_PASSWORD).name == "Anna Lindqvist"


def test_a_name_that_was_added_in_capitals_can_sign_in(city: City) -> None:
    with city.runtime.transaction() as work:
        number = employ(work, " Nya.Nystrom", SENTENCE)
    with city.runtime.reading() as work:
        found = check_password(work, username="nya.nystrom", password="en lång påhittad mening")
        assert found.id == number


@pytest.mark.parametrize(
    ("username", "password"),
    [("anna", "fel"), ("anna", ""), ("nobody", DEMO_PASSWORD), ("", ""), ("anna'--", DEMO_PASSWORD)],
)
def test_nobody_comes_in_without_the_right_name_and_password(
    city: City, username: str, password: str
) -> None:
    with pytest.raises(NotSignedIn), city.runtime.reading() as work:
        check_password(work, username=username, password=password)


def test_who_has_no_password_does_not_come_in_with_an_empty_one(city: City) -> None:
    with city.runtime.transaction() as work:
        employ(work, "nya", "")
    with pytest.raises(NotSignedIn), city.runtime.reading() as work:
        check_password(work, username="nya", password="")


def test_who_no_longer_works_here_does_not_come_in_and_is_not_found(city: City) -> None:
    with city.runtime.transaction() as work:
        anna = get_caseworker_named(work.session, "anna")
        anna.is_active = False
    with city.runtime.reading() as work:
        for look in (
            lambda: check_password(work, username="anna", password=DEMO_PASSWORD),
            lambda: get_caseworker_named(work.session, "anna"),
            lambda: get_caseworker(work.session, anna.id),
        ):
            with pytest.raises((NotSignedIn, CaseworkerNotFound)):
                look()
        assert anna.id not in {one.id for one in active_caseworkers(work.session)}


def test_units_and_roles_are_those_of_the_memberships(city: City) -> None:
    with city.runtime.transaction() as work:
        number = employ(work, "nya", SENTENCE)
    with city.runtime.reading() as work:
        found = get_caseworker(work.session, number)
        assert found.units == {Unit.ADULTS}
        assert found.roles == {Role.CASEWORKER, Role.AUDITOR}


def test_everybody_of_the_cast_can_sign_in(city: City) -> None:
    with city.runtime.reading() as work:
        for person in CAST:
            found = check_password(work, username=person.username, password=DEMO_PASSWORD)
            assert (found.name, found.administration_key) == (person.name, person.administration)


def test_a_wrong_name_is_compared_as_slowly_as_a_wrong_password() -> None:
    assert not HASHER.check_needs_rehash(NOBODY)
