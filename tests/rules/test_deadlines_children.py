"""The clocks of a report of concern, D-11 to D-15: 14 days, four months, a week, and six months that never stretch."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from processes.rules.deadlines import child_reports, children
from processes.rules.explanation import StartingPoint
from processes.rules.interpretations import Interpretations
from processes.rules.policy import Policy
from processes.rules.snapshot import CaseSnapshot, EventSeen, Scope
from tests.rules.case_pictures import case_of, day, event, report, swedish

ABOUT = Scope("report", 1)
ROLLING = Interpretations(child_deadlines_move_to_working_day=True)


def on(text: str) -> StartingPoint:
    """A starting point on a day."""
    return StartingPoint("Kom in", day(text))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-06-01 09:00", "2026-06-01 16:30"),
        ("2026-06-01 17:00", "2026-06-01 23:59"),
        ("2026-10-17 12:00", "2026-10-17 23:59"),
        ("2026-12-24 23:30", "2026-12-24 23:59"),
    ],
)
def test_protection_is_assessed_the_very_day_also_on_christmas_eve(received: str, due: str) -> None:
    found = children.protection_assessment(swedish(received), Policy())
    assert (found.on, found.at) == (day(received[:10]), swedish(due))


@pytest.mark.parametrize(
    ("received", "decided"),
    [("2026-06-01", "2026-06-15"), ("2026-10-22", "2026-11-05"), ("2026-02-12", "2026-02-26")],
)
def test_a_report_is_decided_within_fourteen_days(received: str, decided: str) -> None:
    found = children.decision_to_investigate(on(received))
    assert (found.on, found.readings, found.is_interpretation) == (day(decided), (), False)


def test_fourteen_days_that_end_on_a_day_off_are_not_moved_but_the_moved_day_is_shown() -> None:
    found = children.decision_to_investigate(on("2026-12-10"))
    assert (found.on, found.is_interpretation) == (day("2026-12-24"), True)
    assert [r.on for r in found.readings] == [day("2026-12-28")]
    moved = children.decision_to_investigate(on("2026-12-10"), ROLLING)
    assert moved.on == day("2026-12-28")
    assert [r.on for r in moved.readings] == [day("2026-12-24")]


def test_an_internal_hand_over_starts_the_same_clock_by_interpretation() -> None:
    found = children.decision_to_investigate(on("2026-02-12"), is_handover=True)
    assert (found.on, found.is_interpretation) == (day("2026-02-26"), True)
    off = Interpretations(handover_counts_as_report=False)
    assert children.decision_to_investigate(on("2026-02-12"), off, is_handover=True).on is None


@pytest.mark.parametrize(
    ("opened", "finished"),
    [
        ("2026-11-02", "2027-03-02"),
        ("2026-10-31", "2027-02-28"),
        ("2027-10-30", "2028-02-29"),
        ("2026-08-24", "2026-12-24"),
    ],
)
def test_an_investigation_takes_four_months_at_most(opened: str, finished: str) -> None:
    assert children.investigation_finished(on(opened)).on == day(finished)


@pytest.mark.parametrize(
    ("asked", "decided", "already", "answer"),
    [
        ("2026-11-03", "2026-11-02", False, "2026-11-09"),
        ("2026-11-09", "2026-11-02", False, "2026-11-09"),
        ("2026-11-10", "2026-11-02", False, "2026-11-10"),
        ("2026-11-03", None, False, None),
        ("2026-11-03", None, True, "2026-11-03"),
        ("2026-01-14", "2026-01-12", False, None),
        ("2026-01-15", "2026-01-12", False, "2026-01-19"),
        ("2026-12-18", "2026-12-17", False, "2026-12-24"),
    ],
)
def test_a_reporter_who_asks_is_answered_within_a_week_of_the_decision_or_at_once(
    asked: str, decided: str | None, already: bool, answer: str | None
) -> None:
    found = children.answer_to_reporter(
        day(asked), None if decided is None else day(decided), was_already_investigated=already
    )
    assert found.on == (None if answer is None else day(answer))


def test_a_question_on_the_last_day_of_the_week_has_that_day_and_a_later_one_is_answered_at_once() -> None:
    in_time = children.answer_to_reporter(day("2026-11-09"), day("2026-11-02"))
    late = children.answer_to_reporter(day("2026-11-10"), day("2026-11-02"))
    assert (in_time.latest_at, in_time.notes) == (swedish("2026-11-09 23:59"), ())
    assert "svara genast" in " ".join(late.notes)


@pytest.mark.parametrize(
    ("closed", "ends"),
    [("2026-06-24", "2026-12-24"), ("2026-08-31", "2027-02-28"), ("2026-04-25", "2026-10-25")],
)
def test_follow_up_without_consent_ends_after_six_months_even_on_a_day_off(closed: str, ends: str) -> None:
    found = children.follow_up_ends(on(closed))
    assert (found.on, found.readings) == (day(ends), ())


def case_with(*events: EventSeen) -> CaseSnapshot:
    """A case with one report of two children, received 22 October."""
    first = report(
        1, "2026-10-22 10:00", children=[7, 8], received_at=swedish("2026-10-22 09:30").isoformat()
    )
    return case_of(events=(first, *events))


def running(*events: EventSeen) -> dict[str, date | None]:
    """The clocks that run after these events."""
    case = case_with(*events)
    return {e.id: e.on for e in child_reports.running_clocks(case, child_reports.reports_of(case)[0])}


def of_report(event_id: int, name: str, at: str, **payload: object) -> EventSeen:
    """An event about the report."""
    return event(event_id, name, at, ABOUT, **payload)


ASSESSED = of_report(2, "skyddsbedomning.gjord", "2026-10-22 12:00")
OPENED = of_report(3, "barnutredning.inledd", "2026-11-02 10:00")
CLOSED = of_report(4, "barnutredning.avslutad", "2027-02-26 10:00")


def test_each_clock_of_a_report_stops_when_its_decision_is_made() -> None:
    assert running() == {"D-11": day("2026-10-22"), "D-12": day("2026-11-05")}
    assert running(ASSESSED) == {"D-12": day("2026-11-05")}
    assert running(ASSESSED, OPENED) == {"D-13": day("2027-03-02")}
    assert running(ASSESSED, OPENED, CLOSED) == {}
    follow_up = of_report(5, "barnuppfoljning.beslutad", "2027-02-26 11:00")
    assert running(ASSESSED, OPENED, CLOSED, follow_up) == {"D-15": day("2027-08-26")}
    finished = of_report(6, "orosanmalan.avslutad", "2027-03-26 11:00")
    assert running(ASSESSED, OPENED, CLOSED, follow_up, finished) == {}


def test_decisions_are_per_child_and_the_clock_runs_until_the_last_one() -> None:
    for_one = of_report(3, "barnutredning.inledd", "2026-11-02 10:00", children=[7])
    for_other = of_report(4, "barnutredning.ej_inledd", "2026-11-03 10:00", children=[8])
    assert set(running(ASSESSED, for_one)) == {"D-12", "D-13"}
    assert set(running(ASSESSED, for_one, for_other)) == {"D-13"}


def test_a_question_from_the_reporter_runs_until_it_is_answered() -> None:
    asked = of_report(4, "aterkoppling.begard", "2026-11-03 09:00")
    answered = of_report(5, "aterkoppling.lamnad", "2026-11-04 09:00")
    assert running(ASSESSED, OPENED, asked)["D-14"] == day("2026-11-09")
    assert "D-14" not in running(ASSESSED, OPENED, asked, answered)


def test_an_extension_sets_the_day_and_keeps_the_first_one_in_the_notes() -> None:
    longer = of_report(3, "forhandsbedomning.forlangd", "2026-11-04 09:00", until="2026-11-12")
    case = case_with(ASSESSED, longer)
    found = child_reports.decision_of(case, child_reports.reports_of(case)[0])
    assert (found.on, found.recompute()) == (day("2026-11-12"), day("2026-11-12"))
    assert any("5 november 2026" in note for note in found.notes)
    assert running(
        ASSESSED, OPENED, of_report(5, "barnutredning.forlangd", "2027-02-20 09:00", until="2027-04-02")
    ) == {"D-13": day("2027-04-02")}


def test_an_event_about_another_report_stops_nothing_here() -> None:
    other = event(9, "barnutredning.ej_inledd", "2026-11-02 10:00", Scope("report", 8))
    assert "D-12" in running(other)


def test_a_report_is_found_by_its_scope_and_otherwise_the_newest() -> None:
    two = case_of(events=(report(1, "2026-06-01 09:00"), report(2, "2026-07-01 09:00")))

    def found(scope: Scope) -> datetime | None:
        one = child_reports.report_in(two, scope)
        return None if one is None else one.at

    assert found(Scope("report", 1)) == swedish("2026-06-01 09:00")
    assert found(Scope("case", 1)) == swedish("2026-07-01 09:00")
    assert found(Scope("report", 3)) is None
    assert child_reports.report_in(case_of(), Scope("case", 1)) is None
