"""Letters leave the house as they may, are kept as they were sent, and what was said of them can be corrected."""

from __future__ import annotations

import hashlib
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from processes.actions.events import record_event
from processes.actions.letter_corrections import correct_letter_mark, note_letter_returned
from processes.actions.letter_writing import write_letter
from processes.actions.letters import Look, look_at_letter, mark_letter_sent
from processes.clock import swedish_day
from processes.errors import AnswersRefused, GateClosed, LetterAlreadySent, LetterNotFound, LetterNotSent
from processes.models import (
    Case,
    ContactAttempt,
    CorrectionNote,
    Disclosure,
    Event,
    JournalEntry,
    Letter,
    Notice,
    Person,
    Task,
)
from processes.operations.letter_sending import Sending, pdf_of
from processes.operations.recording import record
from tests.city import City

CONSENT = {
    "recipient": "landlord",
    "purposes": ["inform_of_measures"],
    "scopes": ["measures"],
    "direction": "give",
    "form": "oral",
    "informed_voluntary": True,
    "informed_how_to_revoke": True,
}


@pytest.fixture
def case_id(city: City) -> int:
    return city.register_eviction()


def letters(city: City, kind: str) -> list[int]:
    with city.runtime.reading() as work:
        return list(work.session.scalars(select(Letter.id).where(Letter.kind == kind).order_by(Letter.id)))


def write(city: City, case_id: int, kind: str, **more: Any) -> int:
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        return write_letter(work, case_id=case_id, kind=kind, caseworker=anna, **more)


def mark(city: City, case_id: int, letter_id: int, channel: str = "post", **more: Any) -> None:
    sending = Sending(channel, more.pop("at", city.clock.now()), more.pop("item_number", ""))
    with city.runtime.transaction() as work:
        mark_letter_sent(
            work,
            case_id=case_id,
            letter_id=letter_id,
            caseworker=city.person(work, more.pop("by", "anna")),
            sending=sending,
            is_checked=more.pop("is_checked", True),
        )


def look(city: City, case_id: int, letter_id: int) -> Look:
    with city.runtime.reading() as work:
        anna = city.person(work, "anna")
        seen = look_at_letter(work, case_id=case_id, letter_id=letter_id, caseworker=anna)
        work.session.expunge_all()
        return seen


def happens(city: City, case_id: int, name: str, **said: Any) -> None:
    with city.runtime.transaction() as work:
        record(work, work.lock(case_id), name, said)


def first_person(city: City) -> int:
    with city.runtime.reading() as work:
        return work.session.scalars(select(Person.id).order_by(Person.id)).first() or 0


def consent(city: City, case_id: int, **other: Any) -> None:
    happens(city, case_id, "samtycke.givet", **(CONSENT | {"giver": first_person(city)} | other))


def test_marking_the_confirmation_as_sent_does_the_task_and_moves_the_case(city: City, case_id: int) -> None:
    [confirmation] = letters(city, "bekraftelse")
    assert "bekrafta_till_kronofogden" in city.open_steps(case_id)
    mark(city, case_id, confirmation, "secure_message")
    assert "bekrafta_till_kronofogden" not in city.open_steps(case_id)
    with city.runtime.reading() as work:
        work.session.scalars(select(Event).where(Event.name == "bekraftelse.skickad")).one()
        task = work.session.scalars(select(Task).where(Task.step == "bekrafta_till_kronofogden")).one()
        assert task.completed_by_id == city.person(work, "anna").id
        letter = work.session.get_one(Letter, confirmation)
        assert (letter.channel, letter.sent_at) == ("secure_message", city.clock.now())


def test_the_confirmation_is_not_sent_before_somebody_has_looked_for_personal_things(
    city: City, case_id: int
) -> None:
    [confirmation] = letters(city, "bekraftelse")
    with pytest.raises(AnswersRefused) as refused:
        mark(city, case_id, confirmation, "secure_message", is_checked=False)
    assert refused.value.problems.keys() == {"is_checked"}
    assert "bekrafta_till_kronofogden" in city.open_steps(case_id)


def test_the_confirmation_names_the_caseworker_whom_the_task_names(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        bosse = city.person(work, "bosse")
        name, answers = bosse.name, {"caseworker": bosse.id, "caseworker_phone": "031-111 11 11"}
    city.complete(
        case_id, "bekrafta_till_kronofogden", "anna", sent_at=city.clock.now().isoformat(), channel="fax",
        content_checked=True, copy_handling="one_each", **answers,
    )  # fmt: skip
    with city.runtime.reading() as work:
        sent = work.session.scalars(select(Letter).where(Letter.sent_at.is_not(None))).all()
        assert len(sent) == 2
        for letter in sent:
            assert name in letter.text
            assert "031-111 11 11" in letter.text
            assert "Anna Lindqvist" not in letter.text


def test_no_copy_is_said_to_be_sent_when_none_was(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        anna = city.person(work, "anna").id
    city.complete(
        case_id, "bekrafta_till_kronofogden", "anna", sent_at=city.clock.now().isoformat(), channel="fax",
        content_checked=True, copy_handling="no_copy", caseworker=anna,
    )  # fmt: skip
    [copy] = letters(city, "kopia-av-bekraftelse")
    assert look(city, case_id, copy).letter.sent_at is None


def test_exactly_what_was_sent_is_kept_whatever_is_learnt_afterwards(city: City, case_id: int) -> None:
    write(city, case_id, "informationsbrev")
    [letter_id] = letters(city, "informationsbrev")
    mark(city, case_id, letter_id)
    with city.runtime.reading() as work:
        before = work.session.get_one(Letter, letter_id)
        kept, fingerprint = before.pdf, before.pdf_sha256
    assert kept is not None
    assert hashlib.sha256(kept).hexdigest() == fingerprint
    said = {"person": first_person(city), "protection": "secrecy_mark", "checked_how": "register"}
    happens(city, case_id, "skydd.andrat", **said)
    with city.runtime.reading() as work:
        letter = work.session.get_one(Letter, letter_id)
        assert pdf_of(work, work.session.get_one(Case, case_id), letter) == kept
        assert "Provgatan" in letter.text


def test_a_letter_that_waits_says_what_is_known_now(city: City, case_id: int) -> None:
    write(city, case_id, "informationsbrev")
    [letter_id] = letters(city, "informationsbrev")
    assert look(city, case_id, letter_id).letter.address == "Provgatan 1, lgh 1101"
    with city.runtime.transaction() as work:
        work.session.get_one(Person, first_person(city)).own_address = "Nyvägen 2, 411 12 Provstad"
    assert look(city, case_id, letter_id).letter.address == "Nyvägen 2, 411 12 Provstad"


def test_to_look_at_a_letter_changes_nothing(city: City, case_id: int) -> None:
    write(city, case_id, "informationsbrev")
    [letter_id] = letters(city, "informationsbrev")
    with city.runtime.transaction() as work:
        work.session.get_one(Person, first_person(city)).own_address = "Nyvägen 2"
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        look_at_letter(work, case_id=case_id, letter_id=letter_id, caseworker=anna)
    with city.runtime.reading() as work:
        assert work.session.get_one(Letter, letter_id).address == "Provgatan 1, lgh 1101"
        assert len(work.session.scalars(select(Letter).where(Letter.kind == "informationsbrev")).all()) == 1


@pytest.mark.parametrize("protection", ["secrecy_mark", "protected_registration", "unknown"])
def test_to_somebody_protected_no_letter_goes_by_post(city: City, case_id: int, protection: str) -> None:
    write(city, case_id, "informationsbrev")
    [letter_id] = letters(city, "informationsbrev")
    with city.runtime.transaction() as work:
        work.session.get_one(Person, first_person(city)).protection = protection
    seen = look(city, case_id, letter_id)
    assert set(seen.channels) == {"intermediary", "handed_over"}
    assert "Provgatan" not in seen.letter.text
    with pytest.raises(AnswersRefused):
        mark(city, case_id, letter_id, "post")
    mark(city, case_id, letter_id, "intermediary")
    assert "Provgatan" not in look(city, case_id, letter_id).letter.text


def test_nobody_writes_to_the_dead(city: City, case_id: int) -> None:
    write(city, case_id, "informationsbrev")
    [letter_id] = letters(city, "informationsbrev")
    with city.runtime.transaction() as work:
        work.session.get_one(Person, first_person(city)).died_on = swedish_day(work.now)
    assert not look(city, case_id, letter_id).answer.allowed
    with pytest.raises(GateClosed):
        mark(city, case_id, letter_id)
    with pytest.raises(AnswersRefused):
        write(city, case_id, "informationsbrev")


def test_the_landlord_is_written_to_only_with_a_consent_that_covers_it(city: City, case_id: int) -> None:
    said = {"contents": ("measures",), "own_words": "Stödet börjar på måndag."}
    with pytest.raises(GateClosed):
        write(city, case_id, "information-till-hyresvard", **said)
    consent(city, case_id)
    assert write(city, case_id, "information-till-hyresvard", **said) == 1
    with pytest.raises(GateClosed):
        write(city, case_id, "information-till-hyresvard", **(said | {"contents": ("measures", "health")}))


def test_a_consent_that_is_withdrawn_after_the_writing_stops_the_letter(city: City, case_id: int) -> None:
    consent(city, case_id)
    write(city, case_id, "information-till-hyresvard", contents=("measures",), own_words="Stödet börjar.")
    [letter_id] = letters(city, "information-till-hyresvard")
    assert look(city, case_id, letter_id).answer.allowed
    city.clock.advance(timedelta(hours=1))
    happens(city, case_id, "samtycke.aterkallat", giver=first_person(city), recipients=["landlord"])
    shut = look(city, case_id, letter_id)
    assert not shut.answer.allowed
    assert shut.answer.way_out
    with pytest.raises(GateClosed):
        shut.must_be_allowed()
    with pytest.raises(GateClosed):
        mark(city, case_id, letter_id)


def test_what_a_letter_tells_an_outsider_stands_in_the_log_of_disclosures(city: City, case_id: int) -> None:
    consent(city, case_id)
    write(city, case_id, "information-till-hyresvard", contents=("measures",), own_words="Stödet börjar.")
    [letter_id] = letters(city, "information-till-hyresvard")
    mark(city, case_id, letter_id)
    with city.runtime.reading() as work:
        told = work.session.scalars(select(Disclosure)).one()
        assert (told.recipient, told.contents, told.ground) == ("landlord", ["measures"], "consent")


def test_a_registered_letter_has_a_number(city: City, case_id: int) -> None:
    write(city, case_id, "informationsbrev")
    [letter_id] = letters(city, "informationsbrev")
    with pytest.raises(AnswersRefused) as refused:
        mark(city, case_id, letter_id, "registered_post")
    assert refused.value.problems.keys() == {"item_number"}
    mark(city, case_id, letter_id, "registered_post", item_number="RR 123")
    assert look(city, case_id, letter_id).letter.item_number == "RR 123"


def test_a_letter_is_not_sent_tomorrow_and_not_twice(city: City, case_id: int) -> None:
    write(city, case_id, "informationsbrev")
    [letter_id] = letters(city, "informationsbrev")
    with pytest.raises(AnswersRefused):
        mark(city, case_id, letter_id, at=city.clock.now() + timedelta(days=1))
    mark(city, case_id, letter_id)
    with pytest.raises(LetterAlreadySent):
        mark(city, case_id, letter_id)


def test_a_wrong_mark_is_corrected_with_a_reason_that_the_journal_keeps(city: City, case_id: int) -> None:
    write(city, case_id, "informationsbrev")
    [letter_id] = letters(city, "informationsbrev")
    mark(city, case_id, letter_id)
    with pytest.raises(AnswersRefused):
        correct(city, case_id, letter_id, "")
    correct(city, case_id, letter_id, "Det låg kvar i utkorgen.")
    letter = look(city, case_id, letter_id).letter
    assert (letter.sent_at, letter.channel, letter.pdf_sha256) == (None, "", "")
    with city.runtime.reading() as work:
        line = work.session.scalars(select(JournalEntry).where(JournalEntry.what == "letter_corrected")).one()
        assert line.details["reason"] == "Det låg kvar i utkorgen."
    with pytest.raises(LetterNotSent):
        correct(city, case_id, letter_id, "En gång till.")


def correct(city: City, case_id: int, letter_id: int, reason: str, sending: Sending | None = None) -> None:
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        correct_letter_mark(
            work, case_id=case_id, letter_id=letter_id, caseworker=anna, reason=reason, sending=sending
        )


def test_a_correction_of_what_moved_the_case_stands_beside_the_event(city: City, case_id: int) -> None:
    [confirmation] = letters(city, "bekraftelse")
    mark(city, case_id, confirmation, "secure_message")
    correct(city, case_id, confirmation, "Det var e-post.", Sending("e_mail", city.clock.now()))
    assert look(city, case_id, confirmation).letter.channel == "e_mail"
    with city.runtime.reading() as work:
        note = work.session.scalars(select(CorrectionNote)).one()
        event = work.session.scalars(select(Event).where(Event.name == "bekraftelse.skickad")).one()
        assert (note.about_kind, note.about_id) == ("event", event.id)


def test_a_letter_that_comes_back_is_an_attempt_that_reached_nobody(city: City, case_id: int) -> None:
    write(city, case_id, "informationsbrev")
    [letter_id] = letters(city, "informationsbrev")
    with pytest.raises(LetterNotSent):
        come_back(city, case_id, letter_id)
    mark(city, case_id, letter_id)
    come_back(city, case_id, letter_id)
    assert "Okänd" in look(city, case_id, letter_id).letter.returned_why
    with city.runtime.reading() as work:
        attempt = work.session.scalars(select(ContactAttempt)).one()
        assert (attempt.channel, attempt.outcome) == ("letter", "returned_mail")


def come_back(city: City, case_id: int, letter_id: int) -> None:
    with city.runtime.transaction() as work:
        anna, today = city.person(work, "anna"), swedish_day(work.now)
        note_letter_returned(
            work, case_id=case_id, letter_id=letter_id, caseworker=anna, on=today, why="Okänd på adressen"
        )


def test_another_cases_letter_is_not_found(city: City, case_id: int) -> None:
    other = city.register(apartment="1202")
    [confirmation] = letters(city, "bekraftelse")
    with city.runtime.reading() as work, pytest.raises(LetterNotFound):
        siv = city.person(work, "siv")
        look_at_letter(work, case_id=other, letter_id=confirmation, caseworker=siv)


@pytest.mark.parametrize(
    ("posted", "registered", "reason", "passes"),
    [
        ("2026-03-05T10:00", True, "", True),
        ("2026-03-05T10:00", False, "", False),
        ("2026-03-05T10:00", False, "Mottagandet är kvitterat.", True),
        ("2026-05-04T10:00", True, "", False),
        ("2026-05-04T10:00", True, "Det blev sent.", False),
    ],
)
def test_a_commitment_noted_by_hand_passes_the_gate_of_the_task(
    city: City, posted: str, registered: bool, reason: str, passes: bool
) -> None:
    case_id = city.register()
    with city.runtime.reading() as work:
        notice = work.session.scalars(select(Notice.id)).one()
    happens(city, case_id, "underlag.andrat", notice=notice, served_on="2026-03-01", served_confirmed=True)
    city.clock.advance(timedelta(days=70))
    said = {"notice": notice, "posted_at": posted, "registered": registered}
    said |= {"item_number": "RR 1"} if registered else {}
    said |= {"gate_reason": reason} if reason else {}
    outcome = nullcontext() if passes else pytest.raises(GateClosed)
    with city.runtime.transaction() as work, outcome:
        siv = city.person(work, "siv")
        record_event(work, case_id=case_id, name="atagande.postat", payload=said, caseworker=siv)


def test_everybody_gets_the_plan_with_the_words_that_were_agreed(city: City, case_id: int) -> None:
    with pytest.raises(AnswersRefused):
        write(city, case_id, "handlingsplan")
    write(city, case_id, "handlingsplan", own_words="Du ringer # hyresvärden **i dag**.")
    [plan] = letters(city, "handlingsplan")
    assert "Du ringer # hyresvärden **i dag**." in look(city, case_id, plan).letter.text


def test_only_letters_that_can_be_written_by_hand_are(city: City, case_id: int) -> None:
    with pytest.raises(AnswersRefused):
        write(city, case_id, "bekraftelse")
