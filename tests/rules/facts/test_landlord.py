"""Whether the landlord may be asked or told, and how an unanswered contact attempt rests."""

from __future__ import annotations

from dataclasses import replace

from processes.rules.facts import FACTS, FactValue
from processes.rules.snapshot import AttemptSeen, CaseSnapshot, ConsentSeen, EventSeen, PersonSeen
from tests.rules.case_pictures import CASE, arrears, case_of, event, swedish

TENANT = PersonSeen(1, "Vuxen Påhittad", frozenset({"contract_holder"}), "none")
GIVE = ConsentSeen(
    1,
    1,
    "landlord",
    frozenset({"inform_of_measures"}),
    frozenset({"measures"}),
    "give",
    swedish("2026-03-12 09:00"),
)
TO_TELL = event(1, "hyresvard.att_informera", "2026-03-12 10:00", text="Boendestöd planeras.")
TOLD = event(2, "hyresvard.informerad", "2026-03-13 10:00", told=True)


def case(*events: EventSeen, informant: str = "landlord", **more: object) -> CaseSnapshot:
    return case_of(replace(arrears(), informant=informant), events=events, persons=(TENANT,), **more)


def asked(fact: str, about: CaseSnapshot, now: str = "2026-03-16 09:00") -> FactValue:
    return FACTS[fact].read(about, CASE, swedish(now))


def test_a_landlord_who_informed_us_may_be_asked_and_after_a_tip_only_with_consent() -> None:
    assert asked("landlord_may_be_asked", case()) is True
    assert asked("landlord_may_be_asked", case(informant="relative")) is False
    obtain = replace(GIVE, direction="obtain")
    assert asked("landlord_may_be_asked", case(informant="relative", consents=(obtain,))) is True


def test_something_to_tell_needs_a_consent_that_covers_it() -> None:
    assert asked("landlord_is_to_be_told", case(TO_TELL, consents=(GIVE,))) is True
    assert asked("landlord_is_to_be_told", case(TO_TELL)) is False
    assert asked("landlord_is_to_be_told", case(consents=(GIVE,))) is False


def test_what_is_told_is_told_once_until_there_is_something_new() -> None:
    more = event(3, "hyresvard.att_informera", "2026-03-14 10:00", text="Avbetalning.")
    assert asked("landlord_is_to_be_told", case(TO_TELL, TOLD, consents=(GIVE,))) is False
    assert asked("landlord_is_to_be_told", case(TO_TELL, TOLD, more, consents=(GIVE,))) is True


def test_a_withdrawn_consent_leaves_nothing_to_tell() -> None:
    withdrawn = replace(GIVE, withdrawn_at=swedish("2026-03-14 09:00"))
    assert asked("landlord_is_to_be_told", case(TO_TELL, consents=(withdrawn,))) is False


def tried(*channels: str, at: str = "2026-03-10 10:00") -> tuple[AttemptSeen, ...]:
    return tuple(
        AttemptSeen(n, 1, channel, "no_answer", swedish(at)) for n, channel in enumerate(channels, start=1)
    )


def test_an_attempt_rests_three_days_and_to_a_day_the_office_is_open() -> None:
    tuesday = case(attempts=tried("phone"))
    assert (
        asked("response_window_ends_at", tuesday, "2026-03-10 11:00")
        == swedish("2026-03-13 00:00").isoformat()
    )
    thursday = case(attempts=tried("phone", at="2026-03-12 10:00"))
    assert (
        asked("response_window_ends_at", thursday, "2026-03-12 11:00")
        == swedish("2026-03-16 00:00").isoformat()
    )


def test_an_old_attempt_never_makes_the_wait_end_before_tomorrow() -> None:
    old = case(attempts=tried("phone"))
    assert (
        asked("response_window_ends_at", old, "2026-04-07 11:00") == swedish("2026-04-08 00:00").isoformat()
    )


def test_the_gentlest_way_that_is_untried_is_the_next() -> None:
    assert asked("next_contact_step", case()) == "Ring eller skicka sms."
    assert "Skicka brev" in str(asked("next_contact_step", case(attempts=tried("sms"))))
    assert "aviserat" in str(
        asked("next_contact_step", case(attempts=tried("sms", "letter", "booked_meeting")))
    )
    everything = tried("phone", "letter", "booked_meeting", "announced_visit", "unannounced_visit")
    assert "andra tider" in str(asked("next_contact_step", case(attempts=everything)))


def test_who_is_reached_at_the_landlords_is_what_a_notice_has_said() -> None:
    assert asked("contact_at_landlord", case()) == ""
    known = replace(case(), landlord_contact="Kim Påhittad, 031-000 00 00")
    assert asked("contact_at_landlord", known) == "Kim Påhittad, 031-000 00 00"
