"""A letter has left the house when the step that sends it says so."""

from __future__ import annotations

from sqlalchemy import select

from processes.models import Letter
from tests.city import City


def test_confirming_to_kronofogden_marks_the_confirmation_and_its_copies_as_sent(city: City) -> None:
    case_id = city.register_eviction()
    with city.runtime.reading() as work:
        anna = city.person(work, "anna").id
        assert all(letter.sent_at is None for letter in work.session.scalars(select(Letter)))
    sent_at = city.clock.now()
    city.complete(
        case_id,
        "bekrafta_till_kronofogden",
        "anna",
        sent_at=sent_at.isoformat(),
        channel="secure_message",
        caseworker=anna,
        caseworker_phone="031-000 00 00",
        content_checked=True,
        copy_handling="one_each",
    )
    with city.runtime.reading() as work:
        sent = work.session.scalars(select(Letter).where(Letter.sent_at == sent_at)).all()
        assert {letter.kind for letter in sent} == {"bekraftelse", "kopia-av-bekraftelse"}
        assert {letter.kind: letter.channel for letter in sent} == {
            "bekraftelse": "secure_message",
            "kopia-av-bekraftelse": "post",
        }
