"""A notice on its way in: a stance for each, and Kronofogden answered the same day."""

from __future__ import annotations

import pytest

from processes.rules.snapshot import PersonSeen
from tests.diagrams.chapter_6_answers import NOTICE, STANCE
from tests.diagrams.played_case import TENANT, PlayedCase
from tests.rules.case_pictures import arrears, from_kfm, swedish


def a_landlords_notice() -> PlayedCase:
    case = PlayedCase(arrears(), at="2026-03-10 09:00")
    case.start("underrattelse", NOTICE)
    return case


def kronofogdens_notice(eviction: str | None = "2026-10-22 09:00", kind: str = "F") -> PlayedCase:
    case = PlayedCase(from_kfm(1, "2026-10-16 15:40", eviction, kind), at="2026-10-16 15:40")
    case.start("underrattelse", NOTICE)
    return case


def test_a_landlords_notice_waits_for_a_stance_and_is_then_connected() -> None:
    case = a_landlords_notice()
    assert case.steps() == ["ta_stallning"]
    assert case.events("underrattelse.bedomd") == [{"urgency": "normal", "suggested_stance": "handle"}]
    case.do("ta_stallning", **STANCE)
    assert case.operations("connect_notice_to_case") == [{}]
    assert not case.runs("underrattelse")
    assert case.snapshot.notices[0].stance == "handle"


def test_a_notice_that_is_not_ours_ends_with_its_stance_and_starts_nothing() -> None:
    case = a_landlords_notice()
    case.do(
        "ta_stallning", **STANCE | {"stance": "not_for_us", "caseworker": None, "stance_motive": "Lokal."}
    )
    assert case.operations("connect_notice_to_case") == []
    assert not case.runs("underrattelse")


def test_a_notice_about_a_family_is_more_urgent() -> None:
    child = PersonSeen(2, "Barn Påhittat", frozenset({"child"}))
    case = PlayedCase(arrears(), at="2026-03-10 09:00", persons=(TENANT, child))
    case.start("underrattelse", NOTICE)
    assert case.events("underrattelse.bedomd")[0]["urgency"] == "hög"


def test_kronofogdens_notice_is_connected_before_it_is_confirmed() -> None:
    case = kronofogdens_notice()
    assert case.operations("connect_notice_to_case") == [{}]
    assert case.steps() == ["bekrafta_till_kronofogden"]


def test_an_unsent_confirmation_escalates_a_quarter_before_the_office_closes() -> None:
    case = kronofogdens_notice()
    case.wait_until("2026-10-16 16:14")
    assert case.operations("notify") == []
    case.wait_until("2026-10-16 16:16")
    assert [told["unit"] for told in case.operations("notify")] == ["samordning", "enhetschef"]
    assert case.steps() == ["bekrafta_till_kronofogden"]


@pytest.mark.parametrize(
    ("kind", "letters"), [("F", ["bekraftelse", "kopia-av-bekraftelse"]), ("I", ["bekraftelse"])]
)
def test_a_confirmation_with_copies_is_ready_to_be_sent_but_a_removal_has_no_copy(
    kind: str, letters: list[str]
) -> None:
    case = kronofogdens_notice(kind=kind)
    assert [letter["letter"] for letter in case.operations("prepare_letter")] == letters
    case.do(
        "bekrafta_till_kronofogden",
        sent_at="2026-10-16T16:05",
        channel="post",
        caseworker=2,
        caseworker_phone="031",
        content_checked=True,
        copy_handling="one_each",
    )
    assert len(case.operations("prepare_letter")) == len(letters)
    assert not case.runs("underrattelse")


def test_a_date_that_has_passed_is_accepted_and_kronofogden_is_phoned_as_well() -> None:
    case = kronofogdens_notice("2026-10-16 09:00")
    assert case.steps() == ["bekrafta_till_kronofogden", "kontakta_kronofogden_om_datum"]
    assert [told["unit"] for told in case.operations("notify")] == ["enhetschef"]
    case.do(
        "kontakta_kronofogden_om_datum",
        officer="F. Påhitt",
        contacted_at="2026-10-16T15:50",
        date_answer="new_date",
        new_eviction_at="2026-10-29T09:00",
    )
    assert case.events("kfm.nyTid")[0]["eviction_at"] == swedish("2026-10-29 09:00").isoformat()
    assert case.steps() == ["bekrafta_till_kronofogden"]


def test_a_withdrawal_is_connected_and_not_confirmed() -> None:
    case = kronofogdens_notice(None, "H")
    assert case.operations("connect_notice_to_case") == [{}]
    assert not case.runs("underrattelse")
