"""What the diagrams ask about children: who counts as a child, what is decided, and how long follow-up may go on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from processes.rules.facts import FACTS, FactValue
from processes.rules.snapshot import CaseSnapshot, EventSeen, PersonSeen, Scope
from tests.rules.case_pictures import case_of, day, event, report, swedish

REPORT = Scope("report", 1)
CAME_IN = report(1, "2026-10-22 13:00", children=[2])


def about(number: int, name: str, at: str, **payload: object) -> EventSeen:
    """Something that happened in the track of the report."""
    return event(number, name, at, REPORT, **payload)


def asked(name: str, case: CaseSnapshot, now: str = "2027-03-01 09:00") -> FactValue:
    """The fact about the report, asked at Swedish wall-clock time."""
    return FACTS[name].read(case, REPORT, swedish(now))


OPENED = about(2, "barnutredning.inledd", "2026-11-02 10:00", children=[2])
CLOSED = about(3, "barnutredning.avslutad", "2027-02-01 10:00", closed_on="2027-02-01")
WITHOUT = about(
    4,
    "barnuppfoljning.beslutad",
    "2027-02-05 10:00",
    decision="without_consent",
    next_on="2027-03-01",
    ends_on="2027-12-31",
)
AGREED = about(
    4,
    "barnuppfoljning.beslutad",
    "2027-02-05 10:00",
    decision="agreed",
    next_on="2027-03-01",
    agreed_with=[1],
)


def case(*events: EventSeen) -> CaseSnapshot:
    """A case with a report of concern and what followed."""
    return case_of(events=(CAME_IN, *events))


CHILD = PersonSeen(2, "Barn Påhittat", frozenset({"child"}), born_on=day("2009-03-01"))


@pytest.mark.parametrize(
    ("child", "affected"),
    [
        (CHILD, True),
        (replace(CHILD, roles=frozenset({"contact_child"})), True),
        (replace(CHILD, born_on=None), True),
        (replace(CHILD, born_on=day("2009-02-28")), True),
        (replace(CHILD, born_on=day("2008-10-22")), False),
        (replace(CHILD, died_on=day("2026-01-01")), False),
        (replace(CHILD, roles=frozenset({"adult_resident"})), False),
    ],
)
def test_children_are_the_living_ones_under_18_wherever_they_are_registered(child, affected):
    assert asked("case_has_child", case_of(persons=(child,)), "2026-10-22 09:00") is affected


def test_an_investigation_is_open_from_its_decision_until_it_is_closed():
    assert asked("child_investigation_is_open", case()) is False
    assert asked("child_investigation_is_open", case(OPENED)) is True
    assert asked("child_investigation_is_open", case(OPENED, CLOSED)) is False


def test_another_reports_investigation_is_not_ours():
    other = event(2, "barnutredning.inledd", "2026-11-02 10:00", Scope("report", 99))
    assert asked("child_investigation_is_open", case(other)) is False


def test_a_reporter_can_be_answered_once_it_is_decided_or_already_investigated():
    running = about(2, "skyddsbedomning.gjord", "2026-10-22 15:00", already_investigated=True)
    assert asked("child_decision_is_made", case()) is False
    assert (
        asked("child_decision_is_made", case(about(2, "barnutredning.ej_inledd", "2026-11-02 10:00"))) is True
    )
    assert asked("child_decision_is_made", case(running)) is True


def test_a_granted_measure_is_reported_after_three_months():
    assert asked("child_decision_report_at", case(OPENED)) is None
    assert asked("child_decision_report_at", case(OPENED, CLOSED)) == "2027-04-30T22:00:00+00:00"


def test_follow_up_without_consent_never_lasts_longer_than_six_months():
    followed = case(OPENED, CLOSED, WITHOUT)
    assert asked("child_follow_up_last_day", followed) == "2027-08-01"
    assert asked("child_follow_up_ends_at", followed) == "2027-08-01T21:59:00+00:00"
    assert asked("child_follow_up_goes_on", followed, "2027-08-01 23:00") is True
    assert asked("child_follow_up_goes_on", followed, "2027-08-02 00:00") is False


def test_a_shorter_time_that_was_decided_is_kept():
    shorter = replace(WITHOUT, payload={**WITHOUT.payload, "ends_on": "2027-05-01"})
    assert asked("child_follow_up_ends_at", case(OPENED, CLOSED, shorter)) == "2027-05-01T21:59:00+00:00"


def test_an_agreed_follow_up_has_no_last_day_but_ends_when_it_is_taken_back():
    agreed = case(OPENED, CLOSED, AGREED)
    taken_back = event(5, "samtycke.aterkallat", "2027-02-20 10:00", giver=1)
    somebody_else = event(5, "samtycke.aterkallat", "2027-02-20 10:00", giver=9)
    assert asked("child_follow_up_ends_at", agreed) is None
    assert asked("child_follow_up_goes_on", agreed, "2027-12-01 09:00") is True
    assert asked("child_follow_up_goes_on", case(OPENED, CLOSED, AGREED, taken_back)) is False
    assert asked("child_follow_up_goes_on", case(OPENED, CLOSED, AGREED, somebody_else)) is True
    assert asked("child_follow_up_goes_on", case(OPENED, CLOSED, WITHOUT, taken_back)) is True


def test_the_last_contact_may_end_it():
    done = about(5, "barnuppfoljning.gjord", "2027-03-01 10:00", follow_up_again=False)
    assert asked("child_follow_up_goes_on", case(OPENED, CLOSED, AGREED, done)) is False
    assert asked("child_follow_up_goes_on", case(OPENED, CLOSED)) is False


def test_the_plan_is_contact_then_warning_then_the_end():
    followed = case(OPENED, CLOSED, WITHOUT)
    assert asked("child_follow_up_is_due", followed, "2027-02-28 23:00") is False
    assert asked("child_follow_up_is_due", followed, "2027-03-01 00:00") is True
    assert asked("next_child_follow_up_at", followed, "2027-02-10 09:00") == "2027-02-28T23:00:00+00:00"
    assert asked("next_child_follow_up_at", followed, "2027-03-01 09:00") == "2027-07-29T22:00:00+00:00"
    assert asked("next_child_follow_up_at", followed, "2027-07-30 09:00") == "2027-08-01T21:59:01+00:00"
    assert asked("next_child_follow_up_at", followed, "2027-08-02 09:00") is None


@pytest.mark.parametrize(
    ("name", "done"),
    [
        ("children_unit_is_involved", "barn.involverat"),
        ("parents_talk_is_settled", "foraldrasamtal.hallet"),
    ],
)
def test_a_new_child_and_kronofogdens_date_ask_for_both_units_parts_anew(name, done):
    first, again = event(2, done, "2026-10-23 10:00"), event(4, done, "2026-10-25 10:00")
    assert asked(name, case()) is False
    assert asked(name, case(first)) is True
    for anew in ("barn.upptackt", "kfm.underrattelse"):
        told = event(3, anew, "2026-10-24 10:00")
        assert asked(name, case(first, told)) is False
        assert asked(name, case(first, told, again)) is True
