"""What is stuck is found, told of once, seen again, and closed by itself when the case moves on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from processes.actions.access import declare_recusal
from processes.actions.demo import CAST
from processes.actions.findings import lift_silence, silence_finding
from processes.actions.tasks import claim_task
from processes.errors import AnswersRefused, FindingClosed, FindingNotFound, NotAllowed, Recused
from processes.models import (
    Case,
    Caseworker,
    Deadline,
    Dwelling,
    Event,
    Finding,
    FindingRound,
    FindingSilence,
    JobFailure,
    JournalEntry,
    Mail,
    Notification,
    Person,
    Subscription,
    Task,
    Timer,
)
from processes.queries.findings import Wanted, count_findings, findings_of, open_findings_of_case
from processes.queries.findings_found import QUESTIONS
from processes.rules.stuck_limits import Limits
from processes.rules.units import Role
from tests.city import City
from workers import findings as job
from workers.findings import Findings

A_WORKING_WEEK = timedelta(days=7)
ON_ONE_DATABASE = pytest.mark.parametrize("city", ["sqlite"], indirect=True)
"""Nothing that differs between the databases is asked; tests/faults/test_stuck.py asks every check on both."""
OWNERS = [
    person.username for person in CAST if any(role is Role.PROCESS_OWNER for _, role in person.memberships)
]


def look(city: City) -> None:
    Findings()(city.runtime, lambda: False)


def findings(city: City, key: str = "", *, is_open: bool | None = True) -> list[Finding]:
    with city.runtime.reading() as work:
        found = work.session.scalars(select(Finding).order_by(Finding.id)).all()
        work.session.expunge_all()
    return [
        one
        for one in found
        if (not key or one.check_key == key) and (is_open is None or (one.closed_at is None) == is_open)
    ]


def change(city: City, model: type, **values: Any) -> None:
    """Break something, as no action of ours would."""
    with city.runtime.engine.begin() as connection:
        connection.execute(update(model).values(**values))


def give_up(city: City, case_id: int) -> None:
    """Let the worker have given the case up."""
    now = city.clock.now()
    failed = {"first_failed_at": now, "last_failed_at": now, "next_attempt_at": now, "given_up_at": now}
    with city.runtime.transaction() as work:
        work.session.add(
            JobFailure(
                job="timers", row_id=case_id, case_id=case_id, error="StepFailed", attempts=8, **failed
            )
        )


def mend(city: City) -> None:
    with city.runtime.transaction() as work:
        work.session.execute(delete(JobFailure))


def words(city: City) -> list[tuple[str, str | None]]:
    """What has been told of findings: kind, and the name of the one person it is for."""
    with city.runtime.reading() as work:
        found = (
            select(Notification.kind, Caseworker.username)
            .outerjoin(Caseworker, Caseworker.id == Notification.person_id)
            .where(Notification.finding_id.is_not(None))
            .order_by(Notification.id)
        )
        return [(row[0], row[1]) for row in work.session.execute(found)]


def silence(
    city: City, finding_id: int, until: date, who: str = "maria", reason: str = "Väntar på svar."
) -> None:
    with city.runtime.transaction() as work:
        silence_finding(
            work, finding_id=finding_id, caseworker=city.person(work, who), reason=reason, until=until
        )


@ON_ONE_DATABASE
def test_a_case_in_good_order_has_no_findings(city: City):
    city.register()
    look(city)
    assert findings(city) == []


def test_a_finding_is_opened_once_seen_again_and_closed_by_itself(city: City):
    case_id = city.register()
    city.clock.advance(A_WORKING_WEEK)
    change(city, Task, due_at=None, sorted_due_at=city.clock.now() + A_WORKING_WEEK)
    look(city)
    [found] = findings(city, "task_unclaimed")
    assert found.case_id == case_id
    assert found.unit == "samordning"
    assert found.facts == {"task": "Ta ställning till underrättelsen"}
    city.clock.advance(timedelta(hours=2))
    look(city)
    [again] = findings(city, "task_unclaimed")
    assert (again.id, again.opened_at) == (found.id, found.opened_at)
    assert again.last_seen_at == city.clock.now()
    with city.runtime.transaction() as work:
        claim_task(work, task_id=city.task(case_id, "ta_stallning"), caseworker=city.person(work, "siv"))
    look(city)
    assert findings(city, "task_unclaimed") == []
    [closed] = findings(city, "task_unclaimed", is_open=False)
    assert closed.closed_at == city.clock.now()


@ON_ONE_DATABASE
def test_what_breaks_again_is_a_new_finding_and_the_old_one_is_kept(city: City):
    case_id = city.register()
    for _ in range(2):
        give_up(city, case_id)
        look(city)
        mend(city)
        look(city)
        city.clock.advance(timedelta(minutes=5))
    assert len(findings(city, "engine_error", is_open=False)) == 2


@ON_ONE_DATABASE
def test_a_finding_follows_the_facts_of_its_case(city: City):
    case_id = city.register()
    city.clock.advance(A_WORKING_WEEK)
    look(city)
    [late] = findings(city, "task_overdue")
    assert late.facts["holder"] is None
    assert findings(city, "task_unclaimed") == [], "what is late is told of once"
    with city.runtime.transaction() as work:
        claim_task(work, task_id=city.task(case_id, "ta_stallning"), caseworker=city.person(work, "siv"))
    look(city)
    [taken] = findings(city, "task_overdue")
    assert (taken.id, taken.facts["holder"]) == (late.id, "Siv Samuelsson")


@ON_ONE_DATABASE
def test_a_critical_finding_is_told_at_once_in_the_app_and_by_mail_and_only_once(city: City):
    case_id = city.register()
    give_up(city, case_id)
    look(city)
    look(city)
    assert words(city) == [("finding", None), *(("broken_process", owner) for owner in OWNERS)]
    with city.runtime.reading() as work:
        [told] = work.session.scalars(select(Notification).where(Notification.kind == "finding"))
        assert (told.unit, told.administration_key) == ("enhetschef", "hisingen")
        assert told.text == "Systemet kan inte föra ärendet vidare."
        assert told.mailed_at is None, "the mail job sends it from there"
        mails = work.session.scalars(select(Mail).order_by(Mail.id)).all()
        assert [(one.caseworker.username, one.kind, one.case_id) for one in mails] == [
            (owner, "broken_process", None) for owner in OWNERS
        ]


@ON_ONE_DATABASE
def test_what_is_not_critical_stands_in_the_list_and_is_told_to_nobody(city: City):
    city.register()
    city.clock.advance(A_WORKING_WEEK)
    look(city)
    assert {one.severity for one in findings(city)} == {2}
    assert words(city) == []


@ON_ONE_DATABASE
def test_a_word_about_a_finding_settles_itself_with_the_finding(city: City):
    give_up(city, city.register())
    look(city)
    mend(city)
    look(city)
    with city.runtime.reading() as work:
        seen = work.session.scalars(select(Notification.seen_at).where(Notification.finding_id.is_not(None)))
        assert set(seen) == {city.clock.now()}


def test_a_silenced_finding_is_not_shown_until_its_day_has_passed_and_is_then_told_again(city: City):
    give_up(city, city.register())
    look(city)
    [found] = findings(city, "engine_error")
    silence(city, found.id, date(2026, 3, 4))
    look(city)
    assert shown(city) == []
    assert shown(city, "silenced") == [found.id]
    city.clock.advance(timedelta(days=2))
    look(city)
    assert found.id not in shown(city)
    city.clock.advance(timedelta(days=1))
    look(city)
    assert found.id in shown(city)
    assert [kind for kind, _ in words(city)].count("finding") == 2
    with city.runtime.reading() as work:
        [said] = work.session.scalars(select(FindingSilence))
        assert (said.reason, said.ended_at, said.ended_by_id) == ("Väntar på svar.", city.clock.now(), None)


def shown(city: City, state: str = "open", who: str = "maria") -> list[int]:
    with city.runtime.reading() as work:
        page = findings_of(work.session, city.person(work, who), work.now, Wanted(state=state))
        return [one.id for one in page.findings]


@ON_ONE_DATABASE
def test_silence_stands_in_the_journal_and_can_be_lifted(city: City):
    case_id = city.register()
    give_up(city, case_id)
    look(city)
    [found] = findings(city, "engine_error")
    silence(city, found.id, date(2026, 3, 4))
    for _ in range(2):
        with city.runtime.transaction() as work:
            lift_silence(work, finding_id=found.id, caseworker=city.person(work, "maria"))
    assert shown(city) == [found.id]
    with city.runtime.reading() as work:
        told = work.session.scalars(
            select(JournalEntry).where(JournalEntry.what.like("finding%")).order_by(JournalEntry.id)
        ).all()
        assert [(one.what, one.case_id, one.by_id) for one in told] == [
            ("finding_silenced", case_id, city.person(work, "maria").id),
            ("finding_heard", case_id, city.person(work, "maria").id),
        ]
        assert told[0].details["reason"] == "Väntar på svar."
        assert told[0].details["until"] == "2026-03-04"


@pytest.mark.parametrize(
    ("until", "reason", "wrong"),
    [
        (date(2026, 3, 2), "Väntar på svar.", {"until"}),
        (date(2026, 6, 1), "Väntar på svar.", {"until"}),
        (None, "Väntar på svar.", {"until"}),
        (date(2026, 3, 4), " kort ", {"reason"}),
    ],
)
@ON_ONE_DATABASE
def test_silence_needs_a_reason_and_a_day_ahead(city: City, until: date | None, reason: str, wrong: set[str]):
    give_up(city, city.register())
    look(city)
    [found] = findings(city, "engine_error")
    with city.runtime.transaction() as work, pytest.raises(AnswersRefused) as refused:
        maria = city.person(work, "maria")
        silence_finding(work, finding_id=found.id, caseworker=maria, reason=reason, until=until)
    assert refused.value.problems.keys() == wrong


@ON_ONE_DATABASE
def test_a_closed_finding_cannot_be_silenced_and_a_silence_ends_with_its_finding(city: City):
    give_up(city, city.register())
    look(city)
    [found] = findings(city, "engine_error")
    silence(city, found.id, date(2026, 3, 4))
    mend(city)
    look(city)
    with city.runtime.reading() as work:
        assert work.session.scalars(select(FindingSilence.ended_at)).one() == city.clock.now()
    with pytest.raises(FindingClosed):
        silence(city, found.id, date(2026, 3, 4))


@ON_ONE_DATABASE
def test_only_a_supervisor_who_sees_the_case_sees_its_findings(city: City):
    case_id = city.register()
    give_up(city, case_id)
    look(city)
    [found] = findings(city, "engine_error")
    for who in ("anna", "siv", "per", "gun", "stig"):
        with pytest.raises(NotAllowed):
            silence(city, found.id, date(2026, 3, 4), who)
        with pytest.raises(NotAllowed):
            shown(city, who=who)
    with pytest.raises(FindingNotFound):
        silence(city, found.id, date(2026, 3, 4), "disa")
    with city.runtime.transaction() as work:
        maria = city.person(work, "maria")
        why = "Påhittat jäv i ärendet."
        declare_recusal(work, case_id=case_id, caseworker=maria, person=maria, reason=why)
    assert shown(city) == []
    with pytest.raises(Recused):
        silence(city, found.id, date(2026, 3, 4))


@ON_ONE_DATABASE
def test_the_list_goes_on_where_the_page_before_ended(city: City):
    for number in range(5):
        case_id = city.register(apartment=str(1101 + number))
        if number % 2:
            give_up(city, case_id)
    city.clock.advance(A_WORKING_WEEK)
    look(city)
    with city.runtime.reading() as work:
        maria = city.person(work, "maria")
        seen, after = [], None
        while True:
            page = findings_of(work.session, maria, work.now, Wanted(), after=after, size=3)
            seen += [(one.severity, -one.id) for one in page.findings]
            if page.next_after is None:
                break
            after = page.next_after
        assert seen == sorted(set(seen))
        assert (
            len(seen)
            == len(findings(city))
            == sum(one.how_many for one in count_findings(work.session, maria, work.now))
        )
        only = findings_of(work.session, maria, work.now, Wanted(severity=1)).findings
        assert {one.check_key for one in only} == {"engine_error"}


@ON_ONE_DATABASE
def test_the_findings_of_a_case_are_for_supervisors(city: City):
    case_id = city.register()
    give_up(city, case_id)
    look(city)
    with city.runtime.reading() as work:
        case = work.session.get_one(Case, case_id)
        seen_by = {
            who: len(open_findings_of_case(work.session, case, city.person(work, who), work.now))
            for who in ("maria", "anna")
        }
    assert seen_by == {"maria": 1, "anna": 0}


@ON_ONE_DATABASE
def test_every_open_case_is_looked_at_in_one_run_and_again_an_hour_later(city: City, monkeypatch):
    monkeypatch.setattr("processes.actions.finding_rounds.AT_A_TIME", 2)
    for number in range(5):
        city.register(apartment=str(1101 + number))
    look(city)
    lose_the_tasks(city)
    look(city)
    assert findings(city, "rows_differ") == [], "the round is over, and the next one is not due"
    city.clock.advance(timedelta(hours=1))
    look(city)
    assert len(findings(city, "rows_differ")) == 5
    with city.runtime.reading() as work:
        assert work.session.scalars(select(FindingRound.ended_at)).one() == city.clock.now()


def lose_the_tasks(city: City) -> None:
    with city.runtime.transaction() as work:
        for task in work.session.scalars(select(Task).where(Task.status == "open")):
            task.status = "withdrawn"
            work.session.add(
                Subscription(case_id=task.case_id, instance_id=task.instance_id, name="hyra.betald")
            )


def test_a_round_that_was_interrupted_goes_on_where_it_was(city: City, monkeypatch):
    monkeypatch.setattr("processes.actions.finding_rounds.AT_A_TIME", 1)
    monkeypatch.setattr(job, "MOST_BATCHES", 2)
    cases = [city.register(apartment=str(1101 + number)) for number in range(3)]
    lose_the_tasks(city)
    look(city)
    assert {one.case_id for one in findings(city, "rows_differ")} == set(cases[:2])
    look(city)
    assert {one.case_id for one in findings(city, "rows_differ")} == set(cases)


@ON_ONE_DATABASE
def test_a_check_that_cannot_be_asked_does_not_silence_the_others(city: City, monkeypatch):
    def broken(_asked: object) -> object:
        raise RuntimeError("cannot be asked")

    monkeypatch.setitem(QUESTIONS, "task_unclaimed", broken)
    give_up(city, city.register())
    with pytest.raises(RuntimeError, match="cannot be asked"):
        look(city)
    assert len(findings(city, "engine_error")) == 1


@ON_ONE_DATABASE
def test_a_case_that_cannot_be_looked_at_does_not_hide_the_next(city: City):
    first, second = city.register(), city.register(apartment="1102")
    lose_the_tasks(city)
    spoil_an_event(city, first)
    with pytest.raises(ValueError, match="isoformat"):
        look(city)
    assert {one.case_id for one in findings(city, "rows_differ")} == {second}


def spoil_an_event(city: City, case_id: int) -> None:
    """Let the case have an event that no rule can read."""
    with city.runtime.transaction() as work:
        event = {"scope_kind": "case", "scope_id": case_id, "at": work.now, "recorded_at": work.now}
        work.session.add(Event(case_id=case_id, name="kfm.nyTid", payload={"eviction_at": 7}, **event))


@ON_ONE_DATABASE
def test_a_run_that_is_told_to_stop_stops(city: City):
    give_up(city, city.register())
    Findings()(city.runtime, lambda: True)
    assert findings(city) == []


@ON_ONE_DATABASE
def test_findings_about_the_processes_of_a_closed_case_are_closed(city: City):
    city.register()
    lose_the_tasks(city)
    look(city)
    assert len(findings(city, "rows_differ")) == 1
    change(city, Case, closed_at=city.clock.now())
    look(city)
    assert findings(city, "rows_differ") == []


def test_more_than_one_batch_is_found_in_one_run(city: City, monkeypatch):
    monkeypatch.setattr(job, "BATCH", 2)
    monkeypatch.setattr("processes.queries.findings_found.BATCH", 2)
    for number in range(5):
        give_up(city, city.register(apartment=str(1101 + number)))
    look(city)
    assert len(findings(city, "engine_error")) == 5
    mend(city)
    look(city)
    assert findings(city, "engine_error") == []


@ON_ONE_DATABASE
def test_neither_a_resting_task_nor_a_suspended_case_is_stuck(city: City):
    city.register()
    city.clock.advance(A_WORKING_WEEK)
    tomorrow = city.clock.now() + timedelta(days=1)
    change(city, Task, on_hold_until=tomorrow)
    look(city)
    assert findings(city, "task_overdue") == []
    change(city, Task, on_hold_until=None)
    change(city, Case, suspended_until=tomorrow)
    look(city)
    assert findings(city, "task_overdue") == []
    change(city, Case, suspended_until=None)
    look(city)
    assert len(findings(city, "task_overdue")) == 1


@ON_ONE_DATABASE
def test_a_timer_that_is_held_or_stands_behind_an_error_is_not_late(city: City):
    case_id = city.register_eviction()
    city.clock.advance(A_WORKING_WEEK)
    change(city, Timer, is_held=True)
    look(city)
    assert findings(city, "timer_late") == []
    change(city, Timer, is_held=False)
    look(city)
    assert {one.case_id for one in findings(city, "timer_late")} == {case_id}
    give_up(city, case_id)
    look(city)
    assert findings(city, "timer_late") == []


@ON_ONE_DATABASE
def test_two_cases_of_one_home_are_told_of_until_one_is_closed(city: City):
    first, second = city.register(), city.register(apartment="1102")
    change(city, Dwelling, address_key="provgatan1#1101")
    look(city)
    assert [one.case_id for one in findings(city, "home_has_two_cases")] == [second]
    with city.runtime.engine.begin() as connection:
        connection.execute(update(Case).where(Case.id == first).values(closed_at=city.clock.now()))
    look(city)
    assert findings(city, "home_has_two_cases") == []


def test_the_same_contract_holder_in_two_homes_is_told_of(city: City):
    _, second = city.register(), city.register(apartment="1102")
    change(city, Person, id_number="19800101-1234")
    look(city)
    assert [one.case_id for one in findings(city, "home_has_two_cases")] == [second]
    change(city, Person, roles=["child"])
    look(city)
    assert findings(city, "home_has_two_cases") == []


@ON_ONE_DATABASE
def test_the_municipality_says_how_long_something_may_stand(city: City):
    city.register()
    city.clock.advance(A_WORKING_WEEK)
    city.runtime.policy = replace(city.runtime.policy, limits=Limits(overdue_working_days=30))
    look(city)
    assert findings(city, "task_overdue") == []
    city.runtime.policy = replace(city.runtime.policy, limits=Limits(overdue_working_days=1))
    look(city)
    assert len(findings(city, "task_overdue")) == 1


@ON_ONE_DATABASE
def test_a_recovery_period_that_somebody_has_weighed_is_not_told_of(city: City):
    case_id = city.register()
    change(city, Deadline, falls_on=date(2026, 3, 5))
    look(city)
    assert len(findings(city, "recovery_undecided")) == 1
    weighed = {"scope_kind": "notice", "scope_id": 1, "at": city.clock.now(), "recorded_at": city.clock.now()}
    with city.runtime.transaction() as work:
        work.session.add(Event(case_id=case_id, name="raddning.provad", payload={}, **weighed))
    look(city)
    assert findings(city, "recovery_undecided") == []
