"""Case events: recorded once, told to who waits, kept for who will wait."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from processes.actions.events import record_event
from processes.errors import (
    AnswersRefused,
    CaseNotFound,
    GateClosed,
    NotAllowed,
    UnknownEvent,
)
from processes.models import Consent, ContactAttempt, Disclosure, Event, KeptMessage, Notice, Person
from tests.city import City


@pytest.fixture
def case_id(city: City) -> int:
    return city.register()


def tenant(city: City, case_id: int) -> int:
    with city.runtime.reading() as work:
        return work.session.scalars(select(Person.id).where(Person.case_id == case_id)).one()


def consent(city: City, case_id: int) -> dict[str, object]:
    return {
        "giver": tenant(city, case_id),
        "recipient": "landlord",
        "purposes": ["negotiate_stay"],
        "scopes": ["payment"],
        "direction": "both",
        "form": "oral",
        "informed_voluntary": True,
        "informed_how_to_revoke": True,
    }


def test_a_consent_becomes_a_row_and_its_withdrawal_ends_it(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        said = consent(city, case_id)
        record_event(work, case_id=case_id, name="samtycke.givet", payload=said, caseworker=siv)
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        said = {"giver": tenant(city, case_id), "recipients": ["landlord"], "how": "oral"}
        record_event(work, case_id=case_id, name="samtycke.aterkallat", payload=said, caseworker=siv)
    with city.runtime.reading() as work:
        assert work.session.scalars(select(Consent)).one().withdrawn_at == city.clock.now()


def test_withdrawing_from_one_recipient_leaves_the_others(city: City, case_id: int) -> None:
    for recipient in ("landlord", "ffs"):
        with city.runtime.transaction() as work:
            said = consent(city, case_id) | {"recipient": recipient}
            siv = city.person(work, "siv")
            record_event(work, case_id=case_id, name="samtycke.givet", payload=said, caseworker=siv)
    with city.runtime.transaction() as work:
        said = {"giver": tenant(city, case_id), "recipients": ["landlord"], "how": "oral"}
        siv = city.person(work, "siv")
        record_event(work, case_id=case_id, name="samtycke.aterkallat", payload=said, caseworker=siv)
    with city.runtime.reading() as work:
        valid = work.session.scalars(select(Consent.recipient).where(Consent.withdrawn_at.is_(None)))
        assert list(valid) == ["ffs"]


def test_a_contact_attempt_may_be_recorded_before_any_process_waits_for_it(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        said = {"person": tenant(city, case_id), "channel": "letter", "outcome": "message_left"}
        siv = city.person(work, "siv")
        record_event(work, case_id=case_id, name="kontaktforsok.gjort", payload=said, caseworker=siv)
    with city.runtime.reading() as work:
        assert work.session.scalar(select(func.count()).select_from(ContactAttempt)) == 1
        kept = work.session.scalars(select(KeptMessage.name).where(KeptMessage.case_id == case_id))
        assert "kontaktforsok.gjort" in set(kept)


def test_a_corrected_service_day_keeps_what_the_landlord_stated(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        notice_id = work.session.scalars(select(Notice.id)).one()
        said = {"notice": notice_id, "served_on": "2026-03-01", "served_confirmed": True}
        said |= {"evidence": "Hyresvärden per telefon"}
        siv = city.person(work, "siv")
        record_event(work, case_id=case_id, name="underlag.andrat", payload=said, caseworker=siv)
    with city.runtime.reading() as work:
        notice = work.session.scalars(select(Notice)).one()
        assert notice.served_on is not None
        assert notice.served_on.isoformat() == "2026-03-01"
        assert "served_on" not in notice.as_stated


@pytest.mark.parametrize(
    ("name", "said", "refusal"),
    [
        ("hyra.betalt", {}, UnknownEvent),
        ("hyresgast.nadd", {}, NotAllowed),
        ("samtycke.aterkallat", {"giver": 9_999}, AnswersRefused),
        ("hyra.betald", {"amount": "mycket", "paid_on": "2026-03-03"}, AnswersRefused),
        ("hyra.betald", {"amount": "9450.00", "paid_on": "2026-02-30"}, AnswersRefused),
        ("hyra.betald", {"amount": "9450.00", "paid_on": "2026-03-03", "colour": "blue"}, AnswersRefused),
    ],
)
def test_an_event_that_makes_no_sense_is_refused_and_nothing_changes(
    city: City, case_id: int, name: str, said: dict[str, object], refusal: type[Exception]
) -> None:
    with city.runtime.reading() as work:
        before = work.session.scalar(select(func.count()).select_from(Event))
    with pytest.raises(refusal), city.runtime.transaction() as work:
        record_event(work, case_id=case_id, name=name, payload=said, caseworker=city.person(work, "siv"))
    with city.runtime.reading() as work:
        assert work.session.scalar(select(func.count()).select_from(Event)) == before


def test_an_event_in_an_unknown_case_is_refused(city: City) -> None:
    with pytest.raises(CaseNotFound), city.runtime.transaction() as work:
        record_event(work, case_id=77, name="anteckning", payload={}, caseworker=city.person(work, "siv"))


def test_an_event_in_another_administrations_case_is_refused(city: City, case_id: int) -> None:
    with pytest.raises(CaseNotFound), city.runtime.transaction() as work:
        record_event(
            work, case_id=case_id, name="anteckning", payload={}, caseworker=city.person(work, "disa")
        )


def disclosure(city: City, case_id: int, at: str) -> dict[str, object]:
    return {
        "recipient": "landlord",
        "what": ["payment"],
        "about": [tenant(city, case_id)],
        "purpose": "negotiate_stay",
        "ground": "consent",
        "channel": "phone",
        "at": at,
    }


def do(city: City, case_id: int, name: str, said: dict[str, object]) -> None:
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        record_event(work, case_id=case_id, name=name, payload=said, caseworker=siv)


@pytest.mark.requirement("R-095", "R-102")
def test_what_was_told_is_judged_by_the_consent_that_held_then(city: City, case_id: int) -> None:
    with pytest.raises(GateClosed):
        do(city, case_id, "uppgift.lamnad", disclosure(city, case_id, "2026-03-02T09:00"))
    do(city, case_id, "samtycke.givet", consent(city, case_id))
    city.clock.advance(timedelta(hours=2))
    withdrawn = {"giver": tenant(city, case_id), "recipients": ["landlord"], "how": "oral"}
    do(city, case_id, "samtycke.aterkallat", withdrawn)
    do(city, case_id, "uppgift.lamnad", disclosure(city, case_id, "2026-03-02T10:00"))
    with pytest.raises(GateClosed):
        do(city, case_id, "uppgift.lamnad", disclosure(city, case_id, "2026-03-02T11:00"))
    with city.runtime.reading() as work:
        assert work.session.scalar(select(func.count()).select_from(Disclosure)) == 1


@pytest.mark.requirement("R-030")
def test_a_discovered_childs_number_tells_its_kind_and_birthday(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        said = {"name": "F-06d Påhittad", "id_number": "20250308-2386", "role": "child", "protection": "none"}
        event = record_event(work, case_id=case_id, name="barn.upptackt", payload=said, caseworker=siv)
        child = work.session.get_one(Person, event.payload["person"])
    assert (child.id_kind, child.born_on) == ("personal_number", date(2025, 3, 8))
