"""No letter of any process tells of another person than the one it goes to: who may be the one to hide from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from processes.models import Case, Letter, Notice, Person
from processes.operations.letters import prepare_letter
from processes.operations.place import Place
from processes.rules.letters import DEFENDANTS, GROUPS, LIVES_ELSEWHERE
from processes.rules.protection import PROTECTION
from processes.rules.snapshot import Scope
from processes.rules.traces import finder_of, traces_of
from processes.settings import DIAGRAMS
from processes.unit_of_work import UnitOfWork
from tests.city import City

TEMPLATES = {
    f"{file.parent.parent.name}/{file.stem}": file.read_text("utf-8")
    for file in DIAGRAMS.glob("*/letters/*.md")
}
NAMES = ("Disa Provlind", "Emil Teståker", "Frida Fiktivsson")
NUMBERS = ("19850203-1233", "19800101-1231", "20120506-1232")
ADDRESSES = ("Hemligvägen 5, 411 11 Provstad", "Gömda stigen 12", "Dolda backen 7")
HOME = "Provgatan 1"
ROLES = ["contract_holder", "co_tenant", "partner", "adult_resident", "child", *sorted(LIVES_ELSEWHERE)]


@dataclass(frozen=True)
class Somebody:
    """What may differ between two persons of a household."""

    role: str
    protection: str
    has_own_address: bool
    is_grown_up: bool


household = st.tuples(
    *[
        st.builds(
            Somebody,
            st.sampled_from(ROLES),
            st.sampled_from(sorted(PROTECTION)),
            st.booleans(),
            st.booleans(),
        )
        for _ in NAMES
    ]
)


@pytest.fixture
def case_id(city: City) -> int:
    rows = [{"name": name, "role": "co_tenant", "protection": "none"} for name in NAMES]
    return city.register(persons=rows)


@pytest.fixture
def work(city: City, case_id: int) -> Iterator[UnitOfWork]:
    with city.runtime.transaction() as work:
        work.lock(case_id)
        yield work


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(household)
def test_no_letter_tells_of_another_person(
    work: UnitOfWork, case_id: int, people: tuple[Somebody, ...]
) -> None:
    case = work.lock(case_id)
    _let_them_be(work, case, people)
    for letter in _every_letter(work, case):
        recipient = work.session.get_one(Person, letter.recipient_id)
        others = [person for person in case.persons if person.id != recipient.id]
        secrets = {
            value for each in others for value in (each.name, each.id_number, each.own_address) if value
        }
        sent = f"{letter.recipient_name}\n{letter.address}\n{letter.text}"
        assert not finder_of(traces_of(secrets)).search(sent), letter.kind
        if recipient.protection != "none":
            assert letter.via_intermediary
            own = {recipient.own_address, recipient.id_number, HOME} - {""}
            assert not finder_of(traces_of(own)).search(sent), letter.kind
        if set(recipient.roles) <= LIVES_ELSEWHERE:
            assert HOME not in sent


def _let_them_be(work: UnitOfWork, case: Case, people: tuple[Somebody, ...]) -> None:
    for person, given_as, number, address in zip(case.persons, people, NUMBERS, ADDRESSES, strict=True):
        person.roles, person.protection = [given_as.role], given_as.protection
        person.id_number, person.own_address = number, address if given_as.has_own_address else ""
        person.born_on = work.now.date().replace(year=1990 if given_as.is_grown_up else 2020)
    work.session.execute(delete(Letter))
    work.session.flush()
    work.forget_snapshot(case.id)


def _every_letter(work: UnitOfWork, case: Case) -> list[Letter]:
    notice = work.session.scalars(select(Notice.id)).one()
    place = Place(case, Scope("notice", notice), "prov", work.now, TEMPLATES)
    for letter, group in product(TEMPLATES, [*GROUPS, DEFENDANTS]):
        prepare_letter(work, place, letter=letter, recipient=group)
    work.session.flush()
    return list(work.session.scalars(select(Letter)))


def test_every_process_that_writes_letters_is_in_this_test() -> None:
    assert len(TEMPLATES) == len(list(DIAGRAMS.glob("*/letters/*")))
    assert len(TEMPLATES) > 5
