"""A person's file is handed out without a word about anybody else, to nobody who may not have it, and it is noted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from processes.actions.corrections import note_correction
from processes.actions.events import record_event
from processes.actions.insight import Handing, Wanted, hand_out_file, look_at_extract
from processes.errors import AnswersRefused, CaseNotFound, NotAllowed, NotHandedOut, PersonNotFound
from processes.models import Case, Caseworker, JournalEntry, Letter, Person
from processes.queries.file_extract import Extract
from processes.queries.personal_files import OF_ANOTHER
from processes.rules.insight import Recipient
from processes.unit_of_work import UnitOfWork
from tests.city import City

DISA, EMIL, FRIDA, GORAN = "Disa Påhittad", "Emil Påhittad", "Frida Påhittad", "Göran Hotfull"
HOME, HIDDEN = "Gömslegatan 7", "Hemligvägen 5"
PEOPLE = [
    {"name": DISA, "role": "contract_holder", "protection": "secrecy_mark", "own_address": HIDDEN},
    {"name": EMIL, "role": "co_tenant", "protection": "none", "id_number": "19800101-1231"},
    {"name": FRIDA, "role": "child", "protection": "none"},
    {"name": GORAN, "role": "guardian_elsewhere", "protection": "none", "own_address": "Bortavägen 1"},
]
READ = Handing(format="json", is_reviewed=True, identity_checked=True)


@pytest.fixture
def case_id(city: City) -> int:
    return city.register(persons=PEOPLE, address=HOME, informant="relative", informant_name="Moster Greta")


@pytest.fixture
def ids(city: City, case_id: int) -> dict[str, int]:
    with city.runtime.transaction() as work:
        persons = work.session.get_one(Case, case_id).persons
        born = {FRIDA: date(2016, 4, 2), DISA: date(1985, 2, 3)}
        for person in persons:
            person.born_on = born.get(person.name, person.born_on)
        return {person.name: person.id for person in persons}


@pytest.fixture
def work(city: City, ids: dict[str, int]) -> Iterator[UnitOfWork]:
    with city.runtime.transaction() as work:
        yield work


def maria(city: City, work: UnitOfWork) -> Caseworker:
    """The head of unit, who is in the circle of the protected."""
    return city.person(work, "maria")


def told(extract: Extract) -> str:
    """Everything that would be handed out, as text."""
    return json.dumps(
        [
            [(one.said, [(note.text, note.reason) for note in one.notes]) for one in extract.entries],
            [stated for _, stated in extract.notices],
            [text for _, text in extract.letters],
            [(note.text, note.reason) for note in extract.notes],
        ],
        ensure_ascii=False,
        default=str,
    )


def look(city: City, work: UnitOfWork, case_id: int, person: int, **wanted: Any) -> Extract:
    return look_at_extract(work, caseworker=maria(city, work), wanted=Wanted(case_id, person, **wanted))


def event(city: City, work: UnitOfWork, case_id: int, name: str, **said: Any) -> int:
    recorded = record_event(work, case_id=case_id, name=name, payload=said, caseworker=maria(city, work))
    return recorded.id


def test_the_co_tenants_file_has_nothing_of_who_must_be_protected_from_the_co_tenant(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    event(city, work, case_id, "anteckning", text=f"Disa är rädd, bor nu på {HIDDEN}.", person=ids[DISA])
    event(city, work, case_id, "anteckning", text="Emil och Disa bråkar.", person=ids[EMIL])
    event(city, work, case_id, "anteckning", text="Emil har fått jobb.", person=ids[EMIL])
    extract = look(city, work, case_id, ids[EMIL])
    assert "Emil har fått jobb." in told(extract)
    for secret in ("Disa", HIDDEN, "Frida", "Göran", "rädd"):
        assert secret not in told(extract)
    assert OF_ANOTHER in told(extract)


def test_who_made_a_private_report_is_in_nobodys_file(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    report = event(
        city, work, case_id, "orosanmalan.inkom", children=[ids[FRIDA]], source="other", mandated=False,
        received_at="2026-03-02T08:40", summary="oro för tryggheten",
    )  # fmt: skip
    answer = {"report": report, "asked_on": "2026-03-02", "asked_by": "Moster Greta"}
    event(city, work, case_id, "aterkoppling.begard", **answer)
    for person in ids.values():
        for recipient, to in ((Recipient.SELF, None), (Recipient.GUARDIAN, ids[DISA])):
            try:
                extract = look(city, work, case_id, person, recipient=recipient, to_person_id=to)
            except (NotHandedOut, AnswersRefused):
                continue
            assert "Greta" not in told(extract)
            assert '"source"' not in told(extract)
            assert '"informant"' not in told(extract)


def test_what_is_left_out_is_said_in_the_same_words_whether_there_is_a_report_or_not(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    before = look(city, work, case_id, ids[EMIL])
    event(city, work, case_id, "anteckning", text="Disa har ringt.", person=ids[DISA])
    after = look(city, work, case_id, ids[EMIL])
    assert (before.withheld, after.withheld) == (0, 0)
    assert told(before) == told(after)


def test_a_threatening_guardian_elsewhere_is_not_told_where_the_child_lives(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    event(city, work, case_id, "anteckning", text=f"Frida leker på {HOME}.", person=ids[FRIDA])
    event(city, work, case_id, "anteckning", text=f"Frida sover över på {HIDDEN}.", person=ids[FRIDA])
    event(city, work, case_id, "anteckning", text="Frida trivs i skolan.", person=ids[FRIDA])
    extract = look(city, work, case_id, ids[FRIDA], recipient=Recipient.GUARDIAN, to_person_id=ids[GORAN])
    assert "Frida trivs i skolan." in told(extract)
    assert not extract.shows_address
    for secret in (HOME, "Gömslegatan", HIDDEN, "Hemligvägen"):
        assert secret not in told(extract)


def test_the_guardian_who_lives_there_is_told_more_than_the_one_elsewhere(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    event(city, work, case_id, "anteckning", text=f"Frida leker på {HOME}.", person=ids[FRIDA])
    extract = look(city, work, case_id, ids[FRIDA], recipient=Recipient.GUARDIAN, to_person_id=ids[DISA])
    assert HOME in told(extract)
    assert HIDDEN not in told(extract)


@pytest.mark.parametrize("protection", ["secrecy_mark", "protected_registration", "unknown"])
def test_a_protected_childs_file_goes_to_a_guardian_by_the_head_alone(
    city: City, case_id: int, ids: dict[str, int], protection: str
) -> None:
    with city.runtime.transaction() as work:
        work.session.execute(update(Person).where(Person.id == ids[FRIDA]).values(protection=protection))
        work.session.execute(
            update(Case).where(Case.id == case_id).values(responsible_id=city.person(work, "anna").id)
        )
    wanted = Wanted(case_id, ids[FRIDA], Recipient.GUARDIAN, ids[GORAN])
    with city.runtime.transaction() as work:
        with pytest.raises(NotHandedOut, match="OSL 12:3"):
            look_at_extract(work, caseworker=city.person(work, "anna"), wanted=wanted)
        look_at_extract(work, caseworker=maria(city, work), wanted=wanted)


def test_outside_the_circle_nobody_hands_out_a_file_of_a_case_with_somebody_protected(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    with pytest.raises(NotHandedOut, match="skyddade personuppgifter"):
        look_at_extract(work, caseworker=city.person(work, "siv"), wanted=Wanted(case_id, ids[EMIL]))


@pytest.mark.parametrize(
    "asked",
    [
        (FRIDA, Recipient.GUARDIAN, FRIDA),
        (FRIDA, Recipient.GUARDIAN, None),
        (EMIL, Recipient.REPRESENTATIVE, DISA),
        (FRIDA, Recipient.REPRESENTATIVE, GORAN),
    ],
)
def test_a_recipient_is_a_person_of_the_case_with_that_role(
    city: City,
    work: UnitOfWork,
    case_id: int,
    ids: dict[str, int],
    asked: tuple[str, Recipient, str | None],
) -> None:
    person, recipient, to = asked
    with pytest.raises(AnswersRefused) as refused:
        look(city, work, case_id, ids[person], recipient=recipient, to_person_id=ids.get(to or ""))
    assert set(refused.value.problems) == {"to_person"}


def test_what_is_common_is_for_those_who_live_there(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    event(city, work, case_id, "anteckning", text="Hissen är trasig.")
    assert "Hissen är trasig." in told(look(city, work, case_id, ids[EMIL]))
    elsewhere = look(city, work, case_id, ids[GORAN])
    assert "Hissen är trasig." not in told(elsewhere)
    assert elsewhere.notices == []


def test_an_entry_that_is_held_back_is_gone_and_counted(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    held = event(city, work, case_id, "anteckning", text="Synnerligen viktigt.", person=ids[EMIL])
    extract = look(city, work, case_id, ids[EMIL], withheld={f"event:{held}"})
    assert extract.withheld == 1
    assert "Synnerligen" not in told(extract)


def test_what_is_held_back_stands_nowhere_else_in_the_file(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    tried = {"person": ids[EMIL], "channel": "phone", "outcome": "reached", "note": "Synnerligen viktigt."}
    held = event(city, work, case_id, "kontaktforsok.gjort", **tried)
    assert "Synnerligen" in told(look(city, work, case_id, ids[EMIL]))
    extract = look(city, work, case_id, ids[EMIL], withheld={f"event:{held}", "notice:1"})
    assert "Synnerligen" not in told(extract)
    assert (extract.withheld, extract.notices) == (2, [])


def test_a_letter_to_the_person_is_in_the_file_without_lines_about_others(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    work.add(
        Letter(
            case_id=case_id, kind="informationsbrev", recipient_kind="adults", recipient_id=ids[EMIL],
            text="Hej Emil!\nDisa har också fått brev.\nHälsningar", written_at=work.now,
        )
    )  # fmt: skip
    work.session.flush()
    [(_, text)] = look(city, work, case_id, ids[EMIL]).letters
    assert text == f"Hej Emil!\n{OF_ANOTHER}\nHälsningar"


def test_a_correction_goes_with_the_record_and_anothers_objection_does_not(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    noted = event(city, work, case_id, "anteckning", text="Hyran är 9 000 kr.")
    for kind, person, text in (
        ("correction", None, "Hyran är 9 450 kr."),
        ("objection", ids[EMIL], "Jag har betalat."),
        ("objection", ids[DISA], "Det var inte jag."),
    ):
        note_correction(
            work, caseworker=maria(city, work), case_id=case_id, kind=kind, about=("event", noted),
            text=text, reason="Enligt kontraktet.", person_id=person,
        )  # fmt: skip
    said = told(look(city, work, case_id, ids[EMIL]))
    assert "Hyran är 9 000 kr." in said
    assert "Hyran är 9 450 kr." in said
    assert "Jag har betalat." in said
    assert "Det var inte jag." not in said


def hand_out(city: City, work: UnitOfWork, wanted: Wanted, handing: Handing = READ) -> bytes:
    return hand_out_file(
        work, caseworker=maria(city, work), wanted=wanted, handing=handing, write=lambda _: b"akten"
    )


def test_handing_out_is_noted_with_to_whom_by_whom_and_the_fingerprint(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    assert hand_out(city, work, Wanted(case_id, ids[EMIL])) == b"akten"
    line = work.session.scalars(select(JournalEntry).where(JournalEntry.what == "file_handed_out")).one()
    assert line.by_id == maria(city, work).id
    assert line.details == {
        "person": ids[EMIL],
        "recipient": "self",
        "to": ids[EMIL],
        "format": "json",
        "withheld": [],
        "reason": "",
        "sha256": hashlib.sha256(b"akten").hexdigest(),
    }


@pytest.mark.parametrize(
    "vouched",
    [
        (Handing("json", is_reviewed=False, identity_checked=True), "is_reviewed"),
        (Handing("json", is_reviewed=True, identity_checked=False), "identity_checked"),
        (Handing("exe", is_reviewed=True, identity_checked=True), "format"),
    ],
)
def test_who_hands_out_vouches_for_having_read_it_and_for_who_gets_it(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int], vouched: tuple[Handing, str]
) -> None:
    handing, problem = vouched
    with pytest.raises(AnswersRefused) as refused:
        hand_out(city, work, Wanted(case_id, ids[EMIL]), handing)
    assert set(refused.value.problems) == {problem}
    assert (
        work.session.scalars(select(JournalEntry).where(JournalEntry.what == "file_handed_out")).all() == []
    )


def test_somebody_else_gets_it_with_a_reason_and_so_is_something_held_back(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    guardian = Wanted(case_id, ids[FRIDA], Recipient.GUARDIAN, ids[DISA])
    held = Wanted(case_id, ids[EMIL], withheld=frozenset({"event:1"}))
    for wanted in (guardian, held):
        with pytest.raises(AnswersRefused) as refused:
            hand_out(city, work, wanted)
        assert set(refused.value.problems) == {"reason"}


def test_nobody_without_need_or_of_another_authority_hands_out_anything(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    wanted = Wanted(case_id, ids[EMIL])
    for who, error in (
        ("karim", NotAllowed),
        ("gun", NotAllowed),
        ("stig", NotAllowed),
        ("disa", CaseNotFound),
    ):
        with pytest.raises(error):
            look_at_extract(work, caseworker=city.person(work, who), wanted=wanted)


def test_a_person_of_another_case_has_no_file_here(
    city: City, work: UnitOfWork, case_id: int, ids: dict[str, int]
) -> None:
    with pytest.raises(PersonNotFound):
        look(city, work, case_id, 999)
