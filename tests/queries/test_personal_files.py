"""Each person of a household has a file, and nothing about another person stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.actions.events import record_event
from processes.errors import PersonNotFound
from processes.forms import Field, load_form
from processes.models import Letter, Notice, Person
from processes.queries.choices import OF_PERSONS
from processes.queries.personal_files import (
    OF_ANOTHER,
    PERSON_KEYS,
    PersonalFile,
    entries_of,
    file_of,
    stated_about,
)
from processes.settings import DIAGRAMS
from processes.unit_of_work import UnitOfWork
from tests.city import City

DISA, EMIL, FRIDA = "Disa Påhittad", "Emil Påhittad", "Frida Påhittad"
PEOPLE = [
    {"name": DISA, "role": "contract_holder", "protection": "secrecy_mark", "own_address": "Hemligvägen 5"},
    {"name": EMIL, "role": "co_tenant", "protection": "none", "id_number": "19800101-1231"},
    {"name": FRIDA, "role": "child", "protection": "unknown"},
]


@pytest.fixture
def case_id(city: City) -> int:
    return city.register(persons=PEOPLE)


@pytest.fixture
def work(city: City, case_id: int) -> Iterator[UnitOfWork]:
    with city.runtime.transaction() as work:
        work.lock(case_id)
        yield work


@pytest.fixture
def ids(work: UnitOfWork, case_id: int) -> dict[str, int]:
    return {person.name: person.id for person in work.lock(case_id).persons}


def note(city: City, work: UnitOfWork, case_id: int, text: str, person: int | None = None) -> None:
    said = {"text": text} | ({} if person is None else {"person": person})
    anna = city.person(work, "maria")
    record_event(work, case_id=case_id, name="anteckning", payload=said, caseworker=anna)


def notes(entries: Any) -> list[str]:
    return [entry.said["text"] for entry in entries if "text" in entry.said]


def file(work: UnitOfWork, case_id: int, person: int) -> PersonalFile:
    work.session.flush()
    return file_of(work.session, work.lock(case_id), person)


def test_a_note_belongs_to_whom_it_points_at_and_to_nobody_else(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    note(city, work, case_id, "vill inte träffas hemma", ids[DISA])
    note(city, work, case_id, "hissen är trasig")
    assert notes(file(work, case_id, ids[DISA]).own) == ["vill inte träffas hemma"]
    for other in (EMIL, FRIDA):
        seen = file(work, case_id, ids[other])
        assert (notes(seen.own), notes(seen.shared), notes(seen.common)) == ([], [], ["hissen är trasig"])


def test_a_note_that_only_names_somebody_is_not_common(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    note(city, work, case_id, "Disas nya nummer finns hos kvinnojouren")
    assert notes(file(work, case_id, ids[DISA]).own) == ["Disas nya nummer finns hos kvinnojouren"]
    seen = file(work, case_id, ids[EMIL])
    assert not notes([*seen.own, *seen.shared, *seen.common])


def test_what_is_about_two_leaves_the_other_out(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    note(city, work, case_id, "hotade Disa i dörren", ids[EMIL])
    seen = file(work, case_id, ids[EMIL])
    [entry] = [entry for entry in seen.shared if "text" in entry.said]
    assert seen.only_about(entry.said) == {"text": OF_ANOTHER, "person": ids[EMIL]}
    theirs = file(work, case_id, ids[DISA])
    assert theirs.only_about(entry.said) == {"text": "hotade Disa i dörren"}


def test_consents_attempts_and_letters_belong_to_their_person(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    maria = city.person(work, "maria")
    consent = {
        "giver": ids[DISA], "recipient": "landlord", "purposes": ["negotiate_stay"], "scopes": ["payment"],
        "direction": "both", "form": "oral", "informed_voluntary": True, "informed_how_to_revoke": True,
    }  # fmt: skip
    tried = {"person": ids[DISA], "channel": "phone", "outcome": "no_answer", "note": "ring efter fem"}
    aside = {"channel": "phone", "outcome": "no_answer", "note": "Disa svarade i Emils telefon"}
    for name, said in (
        ("samtycke.givet", consent),
        ("kontaktforsok.gjort", tried),
        ("kontaktforsok.gjort", aside),
    ):
        record_event(work, case_id=case_id, name=name, payload=said, caseworker=maria)
    work.add(
        Letter(
            case_id=case_id,
            kind="prov",
            recipient_kind="adults",
            recipient_id=ids[DISA],
            text="Hej",
            written_at=work.now,
        )
    )
    seen = {name: file(work, case_id, ids[name]) for name in ids}
    assert (len(seen[DISA].consents), len(seen[DISA].attempts), len(seen[DISA].letters)) == (1, 1, 1)
    for other in (EMIL, FRIDA):
        assert (seen[other].consents, seen[other].attempts, seen[other].letters) == ([], [], [])
        assert not [entry for entry in seen[other].common if "channel" in entry.said or "giver" in entry.said]


def test_a_report_about_a_child_and_what_follows_is_the_childs(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    said = {
        "children": [ids[FRIDA]], "source": "other", "received_at": "2026-03-02T08:40", "summary": "oro för tryggheten",
        "mandated": False, "reporter_name": "Grannen",
    }  # fmt: skip
    form = load_form((DIAGRAMS / "arendehandelser" / "forms" / "orosanmalan.inkom.json").read_bytes())
    known = {key: value for key, value in said.items() if key in form.fields}
    record_event(
        work, case_id=case_id, name="orosanmalan.inkom", payload=known, caseworker=city.person(work, "maria")
    )
    for other in (EMIL, DISA):
        seen = file(work, case_id, ids[other])
        assert "oro för tryggheten" not in str(
            [entry.said for entry in (*seen.own, *seen.shared, *seen.common)]
        )
    assert "oro för tryggheten" in str([entry.said for entry in file(work, case_id, ids[FRIDA]).own])


def test_what_the_notice_said_of_others_stays_out(
    work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    notice = work.session.query(Notice).one()
    stated = stated_about(notice, file(work, case_id, ids[EMIL]))
    assert [row["name"] for row in stated["persons"]] == [EMIL]
    assert stated["persons"][0]["id_number"] == "19800101-1231"
    assert "Disa" not in json.dumps(stated, ensure_ascii=False)
    assert "Hemligvägen" not in json.dumps(stated, ensure_ascii=False)


def test_every_entry_is_in_the_files_of_those_it_is_about_or_common_and_none_is_lost(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    note(city, work, case_id, "bara Emil", ids[EMIL])
    note(city, work, case_id, "Disa och Frida flyttar")
    note(city, work, case_id, "hyran är betald")
    work.session.flush()
    files = [file(work, case_id, person) for person in ids.values()]
    for entry in entries_of(work.session, work.lock(case_id)):
        holders = {
            each.person.id
            for each in files
            if entry.source in [one.source for one in (*each.own, *each.shared)]
        }
        assert holders == entry.about
        assert (entry.source in [one.source for one in files[0].common]) is (not entry.about)


def test_somebody_of_another_case_has_no_file_here(city: City, work: UnitOfWork, case_id: int) -> None:
    with pytest.raises(PersonNotFound):
        file_of(work.session, work.lock(case_id), 999)


def test_every_question_about_a_person_says_whose_file_its_answer_belongs_to() -> None:
    asked = {
        key
        for form_file in DIAGRAMS.glob("*/forms/*.json")
        for key in keys_pointing_at_persons(form_file.read_bytes())
    }
    assert asked == PERSON_KEYS


def keys_pointing_at_persons(content: bytes) -> set[str]:
    """The names under which a form's answers, and the events it records, point at persons."""
    form = load_form(content)

    def of(fields: Any) -> Iterator[Field]:
        for one in fields:
            yield one
            yield from of(one.columns)

    asked = {one.name for one in of(form.fields.values()) if one.reference in OF_PERSONS}
    told = {key for rule in form.event_rules for key, name in rule.payload_fields.items() if name in asked}
    return asked | told


EMILS = Person(id=2, name=EMIL, roles=["co_tenant"], id_number="19800101-1231", own_address="")
DISAS = Person(
    id=1, name=DISA, roles=["contract_holder"], id_number="19850203-1233", own_address="Hemligvägen 5"
)
SECRETS = ("Disa", "19850203-1233", "Hemligvägen 5")
words = st.sampled_from([*SECRETS, "Emil", "hyran", "850203-1233", "bor på hemligvägen 5 nu"])
keys = st.sampled_from(
    ["text", "note", "name", "person", "children", "persons", "own_address", "id_number", "about"]
)
answers = st.dictionaries(
    keys,
    st.recursive(
        words | st.sampled_from([1, 2]),
        lambda inner: st.lists(inner) | st.dictionaries(keys, inner),
        max_leaves=8,
    ),
)


@given(answers)
def test_nothing_about_another_is_left_in_what_a_person_is_given(said: dict[str, Any]) -> None:
    emils = PersonalFile(EMILS, (), (), (), (), (), (), (DISAS,), frozenset(SECRETS[1:]))
    given_out = json.dumps(emils.only_about(said), ensure_ascii=False).casefold()
    for secret in (*SECRETS, "850203-1233"):
        assert secret.casefold() not in given_out
    assert 1 not in numbers_in(emils.only_about(said), PERSON_KEYS)


def numbers_in(said: Any, under: frozenset[str], key: str = "") -> set[int]:
    if isinstance(said, dict):
        return set().union(*(numbers_in(value, under, name) for name, value in said.items()))
    if isinstance(said, list):
        return set().union(*(numbers_in(value, under, key) for value in said))
    return {said} if isinstance(said, int) and key in under else set()
