"""All dates that run in a case: the scenarios' guide dates, and when each date stops running."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from processes.rules.deadlines import deadlines_of, notices, stages
from processes.rules.due_dates import due_at
from processes.rules.facts import FACTS
from processes.rules.policy import Policy
from processes.rules.snapshot import CaseSnapshot, Scope
from tests.rules.case_pictures import A_CHILD, CASE, arrears, case_of, day, event, from_kfm, report, swedish

NOTICE = Scope("notice", 1)


def running(case: CaseSnapshot) -> dict[str, date | None]:
    """The running dates by number, D-17 also by its part."""
    found = deadlines_of(case)
    return {f"{e.id} {e.part}".strip(): e.on for e in found}


def days(**wanted: str) -> dict[str, date]:
    """Dates by number, written D_01='2026-04-01'."""
    return {key.replace("_", "-", 1).replace("_", " "): day(text) for key, text in wanted.items()}


S01: dict[str, Any] = {
    "posted_on": day("2026-03-09"),
    "posted_registered": True,
    "served_on": day("2026-03-11"),
}
S02: dict[str, Any] = {
    "received": "2026-05-28 10:00",
    "posted_on": day("2026-05-27"),
    "posted_registered": True,
    "served_on": day("2026-05-29"),
    "served_confirmed": True,
    "amount_due": Decimal("18200.00"),
}


def test_s01_is_provisional_until_the_landlord_has_answered() -> None:
    notice = arrears(**(S01 | {"served_on": None}))
    before = deadlines_of(case_of(notice))
    recovery = next(e for e in before if e.id == "D-01")
    assert (recovery.on, recovery.is_provisional) == (day("2026-03-30"), True)
    known = case_of(replace(notice, served_on=day("2026-03-11"), served_confirmed=True))
    after = next(e for e in deadlines_of(known) if e.id == "D-01")
    assert (after.on, after.is_provisional, after.subject) == (day("2026-04-01"), False, "notice:1")


def test_s01_dates() -> None:
    case = case_of(arrears(**S01, served_confirmed=True))
    assert running(case) == days(
        D_01="2026-04-01",
        D_03="2026-04-01",
        D_05="2026-04-07",
        D_17_guide="2026-03-24",
        D_17_limit="2026-04-07",
    )


def test_s01_after_assistance_paid_the_debt_only_the_rent_check_and_follow_up_remain() -> None:
    events = (
        event(1, "utredning.inledd", "2026-03-13 10:00"),
        event(2, "hyra.betald", "2026-03-25 10:00", NOTICE, amount="9450.00", paid_on="2026-03-25"),
        event(3, "uppfoljning.planerad", "2026-03-30 10:00", on="2026-05-08"),
    )
    case = case_of(arrears(**S01, served_confirmed=True), events=events)
    assert running(case) == days(D_28="2026-04-08", D_29="2026-05-08")


def test_s02_dates() -> None:
    case = case_of(arrears(**S02), events=(report(1, "2026-06-01 11:00"),), persons=(A_CHILD,))
    assert running(case) == days(
        D_01="2026-06-22",
        D_03="2026-06-22",
        D_05="2026-06-24",
        D_11="2026-06-01",
        D_12="2026-06-15",
        D_17_guide="2026-06-11",
        D_17_limit="2026-06-25",
    )


@pytest.mark.parametrize(
    ("posted_at", "is_settled"), [("2026-06-22T14:05:00+02:00", True), ("2026-06-23T00:05:00+02:00", False)]
)
def test_s02_the_letter_posted_on_the_last_day_saves_the_lease(posted_at: str, is_settled: bool) -> None:
    posted = event(1, "atagande.postat", "2026-06-23 08:00", NOTICE, posted_at=posted_at, registered=True)
    case = case_of(arrears(**S02), events=(posted,))
    assert notices.is_settled(case, case.notices[0]) is is_settled
    assert ("D-01" not in running(case)) is is_settled


def test_s03_disturbance_starts_no_recovery_period() -> None:
    warning = arrears(
        received="2026-02-02 09:00", kind="B", grounds=frozenset({"disturbance"}), amount_due=None
    )
    assert running(case_of(warning)) == days(D_17_guide="2026-02-16", D_17_limit="2026-03-02")


def test_s04_dates() -> None:
    notice = from_kfm(1, "2026-10-16 15:40", "2026-10-22 09:00")
    case = case_of(notice, persons=(A_CHILD,))
    assert running(case) == days(
        D_10="2026-10-16",
        D_18="2026-10-22",
        D_20="2026-10-20",
        D_17_guide="2026-10-30",
        D_17_limit="2026-11-13",
    )
    confirmed = case_of(notice, events=(event(1, "bekraftelse.skickad", "2026-10-16 16:05", NOTICE),))
    assert "D-10" not in running(confirmed)


def test_s04_the_child_after_the_eviction() -> None:
    about = Scope("report", 2)
    events = (
        event(1, "kfm.verkstalld", "2026-10-22 10:00"),
        report(2, "2026-10-22 10:30", source="kfm"),
        event(3, "skyddsbedomning.gjord", "2026-10-22 13:00", about),
        event(4, "barnutredning.inledd", "2026-11-02 10:00", about),
        event(5, "aterkoppling.begard", "2026-11-03 10:00", about),
        event(6, "utredning.ej_inledd", "2026-11-03 11:00"),
        event(7, "bekraftelse.skickad", "2026-10-16 16:05", NOTICE),
    )
    case = case_of(from_kfm(1, "2026-10-16 15:40", "2026-10-22 09:00"), events=events)
    assert running(case) == days(D_13="2027-03-02", D_14="2026-11-09")


def test_s06_dates() -> None:
    notice = arrears(received="2026-02-10 09:00", posted_on=day("2026-02-09"), served_on=day("2026-02-10"))
    case = case_of(notice, events=(report(1, "2026-02-12 15:00", source="internal"),))
    assert running(case) == days(
        D_01="2026-03-03",
        D_03="2026-03-03",
        D_05="2026-03-05",
        D_11="2026-02-12",
        D_12="2026-02-26",
        D_17_guide="2026-02-24",
        D_17_limit="2026-03-10",
    )


def test_s09_dates() -> None:
    notice = arrears(
        received="2026-09-08 09:00",
        posted_on=day("2026-09-07"),
        posted_registered=True,
        served_on=day("2026-09-08"),
    )
    assert running(case_of(notice)) == days(
        D_01="2026-09-29",
        D_03="2026-09-29",
        D_05="2026-10-01",
        D_17_guide="2026-09-22",
        D_17_limit="2026-10-06",
    )


def test_each_notice_of_a_household_keeps_its_own_period() -> None:
    january = arrears(1, "2026-02-10 09:00", served_on=day("2026-02-10"))
    february = arrears(2, "2026-03-10 09:00", served_on=day("2026-03-11"))
    found = [e for e in deadlines_of(case_of(january, february)) if e.id == "D-01"]
    assert [(e.subject, e.on) for e in found] == [
        ("notice:1", day("2026-03-03")),
        ("notice:2", day("2026-04-01")),
    ]


def test_a_tenant_who_must_move_anyway_gets_the_reason_instead_of_a_period() -> None:
    found = deadlines_of(case_of(arrears(must_move_anyway=True)))
    assert {e.id for e in found} == {"D-06", "D-17"}
    assert found[-1].id == "D-06", "what has no day comes last"


def test_a_cooperative_flat_gets_its_own_period_and_no_commitment() -> None:
    found = deadlines_of(case_of(arrears(**S02), contract_kind="cooperative"))
    assert {e.id for e in found} == {"D-09", "D-17"}


@pytest.mark.parametrize("scope", [NOTICE, Scope("case", 1)])
def test_a_period_that_somebody_has_decided_no_longer_runs(scope: Scope) -> None:
    decided = event(1, "frist.avgjord", "2026-04-02 10:00", scope, notice=1)
    assert "D-01" not in running(case_of(arrears(**S01), events=(decided,)))


def test_a_passed_day_goes_on_being_listed_until_somebody_acts() -> None:
    assert running(case_of(arrears(**S01)))["D-01"] == day("2026-04-01")


def test_nothing_runs_in_a_closed_case() -> None:
    assert deadlines_of(case_of(arrears(**S01), is_closed=True)) == []


def test_what_may_lead_to_a_measure_asks_for_a_decision_that_very_day() -> None:
    told = event(1, "atgard.kan_bli_aktuell", "2026-03-14 10:00")
    answered = event(2, "utredning.inledd", "2026-03-14 11:00")
    assert running(case_of(arrears(**S01), events=(told,)))["D-16"] == day("2026-03-14")
    assert "D-16" not in running(case_of(arrears(**S01), events=(told, answered)))
    again = event(3, "atgard.kan_bli_aktuell", "2026-04-20 10:00")
    assert "D-16" in running(case_of(arrears(**S01), events=(answered, again)))


def test_an_old_notice_that_is_not_ours_does_not_start_the_intake() -> None:
    other = arrears(1, "2026-02-10 09:00", stance="not_for_us")
    ours = arrears(2, "2026-03-10 09:00")
    assert running(case_of(other, ours))["D-17 guide"] == day("2026-03-24")
    assert running(case_of())["D-17 guide"] == day("2026-03-16")


def test_a_watch_shows_its_day_as_it_was_moved_and_ends() -> None:
    watch = event(
        1, "bevakning.skapad", "2026-03-25 10:00", Scope("watch", 1), kind="rent_check", until="2026-04-08"
    )
    moved = event(2, "bevakning.flyttad", "2026-04-08 10:00", Scope("watch", 1), until="2026-05-08")
    again = event(5, "bevakning.flyttad", "2026-05-08 10:00", Scope("watch", 1), until="2026-06-08")
    ended = event(3, "bevakning.avslutad", "2026-05-08 10:00", Scope("watch", 1))
    other = event(
        4, "bevakning.skapad", "2026-03-25 10:00", Scope("watch", 4), kind="other", until="2026-04-08"
    )
    assert running(case_of(events=(watch, other)))["D-28"] == day("2026-04-08")
    assert running(case_of(events=(watch, moved)))["D-28"] == day("2026-05-08")
    assert running(case_of(events=(watch, moved, again)))["D-28"] == day("2026-06-08")
    assert "D-28" not in running(case_of(events=(watch, moved, ended)))


def test_a_follow_up_that_is_done_no_longer_runs() -> None:
    planned = event(1, "uppfoljning.planerad", "2026-03-30 10:00", on="2026-05-08")
    done = event(2, "uppfoljning.gjord", "2026-05-08 10:00")
    assert "D-29" in running(case_of(events=(planned,)))
    assert "D-29" not in running(case_of(events=(planned, done)))


def test_the_day_to_weigh_special_reasons_stands_until_they_are_weighed() -> None:
    notice = arrears(received="2026-02-02 10:00")
    assert running(case_of(notice))["D-17 limit"] == day("2026-03-02")
    weighed = event(1, "sarskilda_skal.provade", "2026-03-03 10:00")
    assert running(case_of(notice, events=(weighed,)))["D-17 limit"] == day("2026-03-09")
    again = event(2, "sarskilda_skal.provade", "2026-03-09 10:00")
    assert running(case_of(notice, events=(weighed, again)))["D-17 limit"] == day("2026-03-16")


@pytest.mark.requirement("R-151")
@pytest.mark.parametrize(
    ("eviction", "remark"),
    [
        ("2026-10-15 09:00", "har passerat"),
        ("2026-10-16 16:00", "i dag"),
        ("2026-10-19 09:00", "Mindre än tre arbetsdagar"),
        ("2026-10-22 09:00", "6 dagar återstår"),
        ("2026-10-31 09:00", "ledig dag"),
    ],
)
def test_what_is_odd_about_an_eviction_day_stands_in_its_explanation(eviction: str, remark: str) -> None:
    found = deadlines_of(case_of(from_kfm(1, "2026-10-16 15:40", eviction)))
    assert any(remark in note for date in found if date.id == "D-18" for note in date.notes)


def test_every_date_of_a_case_has_a_subject_of_its_own() -> None:
    case = case_of(
        arrears(1, "2026-10-01 09:00"),
        arrears(2, "2026-10-12 09:00"),
        from_kfm(3, "2026-10-16 15:40", "2026-10-22 09:00"),
        events=(report(1, "2026-10-16 10:00"), report(2, "2026-10-17 10:00")),
    )
    found = deadlines_of(case)
    assert len({(e.id, e.subject) for e in found}) == len(found) == 15
    assert all(e.recompute() == e.on for e in found)
    assert [e.on for e in found] == sorted(e.on for e in found if e.on)


def test_the_stages_of_a_recovery_period_end_with_passed_only_when_it_is_certain() -> None:
    case = case_of(arrears(**S02))
    certain = notices.recovery_of(case, case.notices[0])
    assert certain is not None
    found = stages.recovery_stages(certain, Policy())
    assert [(s.name, s.on) for s in found] == [
        ("warn_5", day("2026-06-12")),
        ("warn_2", day("2026-06-17")),
        ("warn_1", day("2026-06-18")),
        ("passed", day("2026-06-23")),
    ]
    assert found[-1].at == swedish("2026-06-23 00:00")
    provisional = replace(certain, is_provisional=True)
    assert [s.name for s in stages.recovery_stages(provisional, Policy())] == ["warn_5", "warn_2", "warn_1"]
    assert stages.recovery_stages(replace(certain, on=None), Policy()) == []


@pytest.mark.requirement("R-056")
def test_a_notice_that_came_again_is_confirmed_again_and_moves_no_day() -> None:
    first = from_kfm(1, "2026-10-12 09:00", "2026-10-27 10:00")
    again = from_kfm(2, "2026-10-13 08:30", "2026-10-27 10:00")
    withdrawn = from_kfm(3, "2026-10-12 15:00", None, kind="H")
    case = case_of(first, repeated=(again,))
    due = {e.subject: e.on for e in deadlines_of(case) if e.id == "D-10"}
    assert due == {"notice:1": day("2026-10-12"), "notice:2": day("2026-10-13")}
    assert running(case)["D-18"] == day("2026-10-27")
    assert "D-18" not in running(case_of(first, withdrawn, repeated=(again,)))


def test_in_a_reopened_case_the_intake_is_counted_anew_and_by_one_rule_everywhere() -> None:
    first = arrears(1, "2026-02-02 10:00", stance="handle")
    before = (
        event(1, "utredning.ej_inledd", "2026-02-10 10:00"),
        event(2, "utredning.avslutad", "2026-02-20 10:00"),
    )
    assert "D-17 limit" not in running(case_of(first, events=before)), "nothing has come in since"
    case = case_of(first, arrears(2, "2026-05-04 09:00"), events=before)
    assert running(case)["D-17 guide"] == day("2026-05-18")
    assert running(case)["D-17 limit"] == day("2026-06-01")
    timer = FACTS["next_intake_review_at"].read(case, CASE, swedish("2026-05-04 10:00"))
    assert timer == "2026-05-31T22:00:00+00:00"
    assert due_at("intake_28_days", case, CASE, swedish("2026-05-04 10:00")) == swedish("2026-06-01 16:30")
    assert "D-17 limit" not in running(
        replace(case, events=(*before, event(3, "utredning.inledd", "2026-05-05 10:00")))
    )


def test_a_transfer_runs_for_each_person_until_the_other_municipality_answers() -> None:
    anna, bo = Scope("person", 7), Scope("person", 8)
    asked = event(1, "overflyttning.begard", "2026-09-22 10:00", anna, sent_on="2026-09-22")
    also = event(2, "overflyttning.begard", "2026-09-30 10:00", bo, sent_on="2026-09-30")
    answered = event(3, "overflyttning.svar", "2026-10-02 10:00", anna, answer="accepted")
    found = [(e.subject, e.on) for e in deadlines_of(case_of(events=(asked, also))) if e.id == "D-27"]
    assert found == [("person:7", day("2026-10-22")), ("person:8", day("2026-10-30"))]
    left = [e.subject for e in deadlines_of(case_of(events=(asked, also, answered))) if e.id == "D-27"]
    assert left == ["person:8"]
