"""Taking in notices: each once, in the right case, with what was stated kept as it was."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from processes.actions.events import record_event
from processes.actions.notices import register_notice
from processes.errors import AnswersRefused, NotAllowed, NoticeAlreadyRegistered
from processes.models import Case, Notice, Person
from tests.city import City, arrears_notice, eviction_notice
from tests.diagrams.chapter_6_answers import AVERTED, DECLINES, INTAKE


def test_a_notice_opens_a_case_with_its_home_landlord_and_persons(city: City) -> None:
    case_id = city.register()
    with city.runtime.reading() as work:
        case = work.session.get_one(Case, case_id)
        assert case.number == f"KVB 2026-{case_id:06d}"
        assert case.dwelling.address == "Provgatan 1"
        assert case.dwelling.landlord is not None
        assert case.dwelling.landlord.name == "Exempelbo AB"
        assert [person.name for person in case.persons] == ["F-01 Påhittad"]


def test_a_second_notice_about_the_same_home_must_say_which_case_it_belongs_to(city: City) -> None:
    city.register()
    with pytest.raises(AnswersRefused) as refused:
        city.register(received_at="2026-03-02T09:00", address="PROVGATAN  1")
    assert "KVB 2026-" in refused.value.problems["case_choice"]


def test_a_second_notice_joins_the_case_without_doubling_its_persons(city: City) -> None:
    case_id = city.register()
    number = f"KVB 2026-{case_id:06d}"
    again = city.register(received_at="2026-03-02T09:00", case_choice="existing", case_number=number)
    assert again == case_id
    with city.runtime.reading() as work:
        assert work.session.scalar(select(func.count()).select_from(Person)) == 1
        assert work.session.scalar(select(func.count()).select_from(Notice)) == 2


def test_the_very_same_notice_twice_is_refused(city: City) -> None:
    case_id = city.register()
    number = f"KVB 2026-{case_id:06d}"
    with pytest.raises(NoticeAlreadyRegistered):
        city.register(case_choice="existing", case_number=number)


def test_the_same_notice_by_post_and_mail_counts_from_the_earliest_arrival(city: City) -> None:
    case_id = city.register()
    number = f"KVB 2026-{case_id:06d}"
    with city.runtime.reading() as work:
        first = work.session.scalars(select(Notice.id)).one()
    city.register(
        received_at="2026-02-28T11:00",
        channel="email",
        case_choice="existing",
        case_number=number,
        duplicate_of=first,
    )
    assert city.open_steps(case_id) == ["ta_stallning"]
    with city.runtime.reading() as work:
        assert work.session.get_one(Notice, first).received_at.day == 28


def test_ones_own_colleagues_number_of_another_administration_is_unknown(city: City) -> None:
    case_id = city.register()
    number = f"KVB 2026-{case_id:06d}"
    with pytest.raises(AnswersRefused) as refused:
        city.register("disa", case_choice="existing", case_number=number)
    assert "case_number" in refused.value.problems


@pytest.mark.parametrize("username", ["eva", "karim", "per", "gun", "stig"])
def test_only_the_units_that_take_in_notices_register_them(city: City, username: str) -> None:
    with pytest.raises(NotAllowed):
        city.register(username)


@pytest.mark.requirement("R-117")
@pytest.mark.parametrize("said", [{}, {"informant": "landlord"}])
def test_kronofogdens_notice_comes_from_kronofogden_whoever_is_named(
    city: City, said: dict[str, str]
) -> None:
    with city.runtime.transaction() as work:
        answers = {**arrears_notice(), **eviction_notice()}
        del answers["informant"]
        in_charge = {"caseworker": city.person(work, "anna").id, "substitute": city.person(work, "bosse").id}
        siv = city.person(work, "siv")
        notice = register_notice(work, caseworker=siv, answers={**answers, **in_charge, **said})
        assert (notice.kind, notice.informant) == ("F", "kfm")


CHILD = {"name": "Barn Påhittat", "role": "child", "protection": "none"}
CONFIRMED = {
    "sent_at": "2026-03-02T08:40", "channel": "secure_message", "content_checked": True,
    "copy_handling": "one_each", "caseworker": 1, "caseworker_phone": "031-000 00 00",
}  # fmt: skip
STANCE = {"grounds": ["arrears"], "informant": "landlord", "may_lead_to_measure": False}


def handled_case(city: City) -> int:
    """A case that is worked with, about a household without a known child."""
    case_id = city.register()
    city.complete(case_id, "ta_stallning", "siv", **STANCE, stance="handle", caseworker=1, substitute=2)
    return case_id


def register_again(city: City, case_id: int, **answers: Any) -> None:
    """A notice in the same case that names a child of whom nobody had heard."""
    number = f"KVB 2026-{case_id:06d}"
    persons = [*arrears_notice()["persons"], CHILD]
    received_at = "2026-03-02T08:40"
    city.register(
        case_choice="existing", case_number=number, received_at=received_at, persons=persons, **answers
    )


@pytest.mark.requirement("R-030", "R-135")
def test_a_child_who_is_first_named_in_a_notice_that_came_again_is_looked_after(city: City) -> None:
    case_id = handled_case(city)
    with city.runtime.reading() as work:
        first = work.session.scalars(select(Notice.id)).one()
    register_again(city, case_id, duplicate_of=first)
    assert {"involvera_barn_och_unga", "samtala_med_foraldrar"} <= set(city.open_steps(case_id))


@pytest.mark.requirement("R-030", "R-135")
def test_a_child_is_looked_after_also_when_only_the_watch_on_the_rent_goes_on(city: City) -> None:
    case_id = handled_case(city)
    received = {"treserva_registered_on": "2026-03-02"}
    city.complete(case_id, "kontakta_hyresgast", "anna", **DECLINES)
    city.complete(case_id, "ta_emot_arende", "anna", **INTAKE | received)
    city.complete(case_id, "bedom_utfall", "anna", **AVERTED | {"follow_up_needed": False})
    assert city.open_steps(case_id) == ["radda_hyresratten"]
    with city.runtime.reading() as work:
        first = work.session.scalars(select(Notice.id)).one()
    register_again(city, case_id, duplicate_of=first)
    assert {"involvera_barn_och_unga", "samtala_med_foraldrar"} <= set(city.open_steps(case_id))


@pytest.mark.requirement("R-030", "R-135")
def test_a_child_named_when_kronofogden_writes_again_after_the_eviction_was_called_off_is_looked_after(
    city: City,
) -> None:
    case_id = city.register_eviction()
    watch = {"kind": "other", "until": "2026-03-20", "text": "Påhittad påminnelse."}
    called_off = {"received_at": "2026-03-02T08:30", "source": "written"}
    with city.runtime.transaction() as work:
        for name, said in (("bevakning.skapad", watch), ("kfm.aterkallad", called_off)):
            siv = city.person(work, "siv")
            record_event(work, case_id=case_id, name=name, payload=said, caseworker=siv)
    city.complete(case_id, "bekrafta_till_kronofogden", "anna", **CONFIRMED)
    city.complete(case_id, "kontakta_hyresgast", "anna", **DECLINES)
    city.complete(case_id, "ta_emot_arende", "anna", **INTAKE | {"treserva_registered_on": "2026-03-02"})
    city.complete(case_id, "bedom_utfall_avhysning", "anna", **AVERTED | {"follow_up_needed": False})
    assert city.open_steps(case_id) == []
    with city.runtime.reading() as work:
        first = work.session.scalars(select(Notice.id)).one()
    again = {"duplicate_of": first, "persons": [*arrears_notice()["persons"], CHILD]}
    number = f"KVB 2026-{case_id:06d}"
    city.register_eviction(
        case_choice="existing", case_number=number, received_at="2026-03-02T08:40", **again
    )
    assert {"involvera_barn_och_unga", "samtala_med_foraldrar"} <= set(city.open_steps(case_id))


@pytest.mark.requirement("R-030", "R-135")
def test_a_child_who_is_first_named_in_a_notice_that_is_not_for_us_is_looked_after(city: City) -> None:
    case_id = handled_case(city)
    register_again(city, case_id)
    city.complete(
        case_id, "ta_stallning", "siv", **STANCE, stance="not_for_us", stance_motive="Ett annat hushåll."
    )
    assert {"involvera_barn_och_unga", "samtala_med_foraldrar"} <= set(city.open_steps(case_id))
