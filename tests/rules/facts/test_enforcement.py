"""What the diagrams ask about the eviction is answered from the newest date, and nothing but Kronofogden cancels it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from processes.rules.facts import FACTS, FactValue
from processes.rules.snapshot import AttemptSeen, CaseSnapshot
from tests.rules.case_pictures import A_CHILD, CASE, case_of, event, from_kfm, swedish

TOLD = "2026-10-16 15:40"
FIRST = "2026-10-22T07:00:00+00:00"
SECOND = "2026-10-28T08:00:00+00:00"
NOTICE = from_kfm(1, TOLD, "2026-10-22 09:00", stance="handle")
KNOWN = event(1, "kfm.underrattelse", TOLD, eviction_at=FIRST)


def eviction(*events: object, **more: object) -> CaseSnapshot:
    """A case with an eviction on 22 October at nine, and what has happened since."""
    return case_of(NOTICE, events=(KNOWN, *events), **more)  # type: ignore[arg-type]


def asked(name: str, case: CaseSnapshot, now: str) -> FactValue:
    """The fact, asked at Swedish wall-clock time."""
    return FACTS[name].read(case, CASE, swedish(now))


PLANNED = event(2, "narvaro.planerad", "2026-10-19 10:00", presence="attend")
WAIVED = event(2, "narvaro.avstadd", "2026-10-19 10:00", approved_by_head=False)
WITHDRAWN = event(3, "kfm.aterkallad", "2026-10-20 08:00")
NEW_DATE = event(4, "kfm.nyTid", "2026-10-20 09:00", eviction_at=SECOND)
MOVED = event(3, "avhysning.utfall", "2026-10-22 09:30", outcome="moved")
EXECUTED = event(3, "avhysning.utfall", "2026-10-22 09:30", outcome="executed")


def test_an_eviction_without_outcome_is_ahead_even_when_its_day_has_passed():
    assert asked("eviction_is_ahead", eviction(), "2026-10-30 09:00") is True


@pytest.mark.parametrize(
    "happened",
    [
        event(3, "nycklar.inlamnade", "2026-10-20 08:00"),
        event(3, "avliden", "2026-10-20 08:00", person=1),
        event(3, "anteckning", "2026-10-20 08:00", text="hyresvärden lovar att dra tillbaka"),
    ],
)
def test_nothing_but_kronofogdens_withdrawal_cancels_the_day(happened):
    assert asked("eviction_is_withdrawn", eviction(happened), "2026-10-22 08:00") is False
    assert asked("eviction_day_has_come", eviction(happened), "2026-10-22 08:00") is True


def test_kronofogdens_withdrawal_settles_it_until_a_new_date_comes():
    withdrawn, anew = eviction(WITHDRAWN), eviction(WITHDRAWN, NEW_DATE)
    assert asked("eviction_is_withdrawn", withdrawn, "2026-10-22 08:00") is True
    assert asked("eviction_is_settled", withdrawn, "2026-10-22 08:00") is True
    assert asked("eviction_day_has_come", withdrawn, "2026-10-22 08:00") is False
    assert asked("eviction_is_settled", anew, "2026-10-22 08:00") is False
    assert asked("current_eviction_at", anew, "2026-10-22 08:00") == SECOND


def test_the_day_comes_at_midnight_in_sweden():
    assert asked("eviction_day_has_come", eviction(), "2026-10-21 23:59") is False
    assert asked("eviction_day_has_come", eviction(), "2026-10-22 00:00") is True


def test_an_outcome_ends_the_day_and_a_move_does_not_settle_it():
    assert asked("eviction_is_settled", eviction(EXECUTED), "2026-10-22 10:00") is True
    assert asked("eviction_is_settled", eviction(MOVED), "2026-10-22 10:00") is False
    assert asked("eviction_day_has_come", eviction(MOVED), "2026-10-22 10:00") is False


def test_a_later_hour_of_the_same_day_opens_the_day_again():
    moved = event(
        3, "avhysning.utfall", "2026-10-22 09:30", outcome="moved", eviction_at="2026-10-22T12:00:00+00:00"
    )
    told = event(4, "kfm.nyTid", "2026-10-22 09:30", eviction_at="2026-10-22T12:00:00+00:00")
    assert asked("eviction_day_has_come", eviction(moved, told), "2026-10-22 10:00") is True


def test_the_outcome_of_an_earlier_eviction_says_nothing_about_the_next():
    later = event(4, "kfm.nyTid", "2026-11-20 09:00", eviction_at="2026-12-01T08:00:00+00:00")
    case = eviction(EXECUTED, later)
    assert asked("eviction_is_settled", case, "2026-11-25 09:00") is False
    assert asked("eviction_day_has_come", case, "2026-12-01 08:00") is True


def test_granted_time_leaves_no_day_until_a_new_one_is_named():
    granted = event(3, "kfm.anstand.svar", "2026-10-20 12:00", answer="granted", until="2026-11-05")
    case = eviction(granted)
    assert asked("current_eviction_at", case, "2026-10-21 09:00") is None
    assert asked("eviction_day_has_come", case, "2026-11-06 09:00") is False
    assert asked("eviction_is_ahead", case, "2026-11-06 09:00") is True


def test_the_stages_are_three_and_one_working_days_before_and_the_day():
    found: list[FactValue] = []
    now = swedish("2026-10-16 16:00")
    while not found or found[-1] is not None:
        now = datetime.fromisoformat(str(found[-1])) if found else now
        found.append(FACTS["next_eviction_stage_at"].read(eviction(), CASE, now))
    assert found == [
        "2026-10-18T22:00:00+00:00",
        "2026-10-20T22:00:00+00:00",
        "2026-10-21T22:00:00+00:00",
        None,
    ]


def test_support_is_due_when_the_tenant_is_reached_or_the_day_is_near():
    reached = eviction(attempts=(AttemptSeen(1, 1, "phone", "reached", swedish("2026-10-17 09:00")),))
    letter = eviction(attempts=(AttemptSeen(1, 1, "letter", "reached", swedish("2026-10-17 09:00")),))
    assert asked("eviction_support_is_due", reached, "2026-10-17 10:00") is True
    assert asked("eviction_support_is_due", letter, "2026-10-17 10:00") is False
    assert asked("eviction_support_is_due", eviction(), "2026-10-19 00:00") is True


def test_a_plan_holds_for_its_own_date_only():
    assert asked("presence_plan_is_current", eviction(PLANNED), "2026-10-20 10:00") is True
    assert asked("presence_plan_is_current", eviction(PLANNED, NEW_DATE), "2026-10-20 10:00") is False
    again = event(5, "narvaro.planerad", "2026-10-20 09:00", presence="attend")
    assert asked("presence_plan_is_current", eviction(PLANNED, NEW_DATE, again), "2026-10-20 10:00") is True


def test_the_same_date_told_twice_leaves_the_plan_alone():
    twice = event(4, "kfm.nyTid", "2026-10-20 09:00", eviction_at=FIRST)
    assert asked("presence_plan_is_current", eviction(PLANNED, twice), "2026-10-20 10:00") is True


def test_a_plan_made_before_a_notice_that_was_registered_late_does_not_hold():
    late = event(
        4, "kfm.nyTid", "2026-10-20 09:00", eviction_at=SECOND, received_at="2026-10-18T08:00:00+00:00"
    )
    assert asked("presence_plan_is_current", eviction(PLANNED, late), "2026-10-20 10:00") is False


def test_a_discovered_child_opens_the_plan_again():
    found = event(4, "barn.upptackt", "2026-10-20 09:00", person=7)
    assert asked("presence_plan_is_current", eviction(PLANNED, found), "2026-10-20 10:00") is False


def test_an_exception_needs_the_head_of_unit_as_soon_as_there_is_a_child():
    assert asked("presence_is_waived", eviction(WAIVED), "2026-10-22 08:00") is True
    assert asked("presence_is_waived", eviction(WAIVED, persons=(A_CHILD,)), "2026-10-22 08:00") is False
    approved = replace(WAIVED, payload={"approved_by_head": True})
    assert asked("presence_is_waived", eviction(approved, persons=(A_CHILD,)), "2026-10-22 08:00") is True
    assert asked("presence_is_waived", eviction(approved, NEW_DATE), "2026-10-22 08:00") is False


def test_keys_are_confirmed_anew_each_time_they_are_handed_in():
    keys, confirmed = (
        event(2, "nycklar.inlamnade", "2026-10-20 09:00"),
        event(3, "nycklar.bekraftade", "2026-10-20 09:30"),
    )
    assert asked("keys_are_unconfirmed", eviction(), "2026-10-20 10:00") is False
    assert asked("keys_are_unconfirmed", eviction(keys), "2026-10-20 10:00") is True
    assert asked("keys_are_unconfirmed", eviction(keys, confirmed), "2026-10-20 10:00") is False
    again = event(4, "nycklar.inlamnade", "2026-10-21 09:00")
    assert asked("keys_are_unconfirmed", eviction(keys, confirmed, again), "2026-10-21 10:00") is True


NOT_ASKED = event(2, "anstand.provat", "2026-10-17 09:00", stance="not_asked")
MEANT_TO = event(2, "anstand.provat", "2026-10-17 09:00", stance="board_asks")
ASKED = event(3, "anstand.begart", "2026-10-17 10:00", asked_by="board")
REFUSED = event(4, "kfm.anstand.svar", "2026-10-19 10:00", answer="refused")


@pytest.mark.parametrize(
    ("events", "now", "needed"),
    [
        ((), "2026-10-17 08:00", True),
        ((NOT_ASKED,), "2026-10-17 10:00", False),
        ((NOT_ASKED, NEW_DATE), "2026-10-20 10:00", True),
        ((MEANT_TO,), "2026-10-17 10:00", True),
        ((MEANT_TO, ASKED), "2026-10-17 11:00", False),
        ((MEANT_TO, ASKED, REFUSED), "2026-10-19 11:00", True),
        ((MEANT_TO, ASKED, REFUSED), "2026-10-22 08:00", False),
        ((WITHDRAWN,), "2026-10-20 09:00", False),
    ],
)
def test_a_stance_on_deferral_is_needed_for_each_date_and_after_a_refusal(events, now, needed):
    assert asked("deferral_needs_stance", eviction(*events), now) is needed


def test_kronofogden_is_reminded_each_working_day_until_it_answers_or_the_day_comes():
    waiting = eviction(MEANT_TO, ASKED)
    assert asked("next_deferral_reminder_at", waiting, "2026-10-17 11:00") == "2026-10-19T14:30:00+00:00"
    assert asked("next_deferral_reminder_at", waiting, "2026-10-21 16:30") is None
    assert asked("next_deferral_reminder_at", eviction(MEANT_TO, ASKED, REFUSED), "2026-10-19 11:00") is None
    assert asked("next_deferral_reminder_at", eviction(MEANT_TO, ASKED, NEW_DATE), "2026-10-20 11:00") is None
