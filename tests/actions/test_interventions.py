"""A head of unit steps into a case: never past the law, never unseen, and never otherwise than was looked at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError

from processes.actions.access import declare_recusal
from processes.actions.days import begin_day
from processes.actions.events import record_event
from processes.actions.failures import note_failure
from processes.actions.interventions import waiting
from processes.actions.interventions.table import INTERVENTIONS
from processes.actions.letter_corrections import note_letter_returned
from processes.actions.letter_writing import write_letter
from processes.actions.letters import mark_letter_sent
from processes.actions.mail import queue_mail
from processes.actions.reminders import give_reminders
from processes.actions.tasks import claim_task, complete_task
from processes.actions.timers import cases_with_due_timers, fire_case_timers
from processes.errors import (
    AnswersRefused,
    CaseChangedMeanwhile,
    CaseClosed,
    CaseNotFound,
    CaseSuspended,
    InterventionRefused,
    NotAllowed,
    PreviewOutdated,
    Recused,
)
from processes.models import (
    Case,
    Caseworker,
    Deadline,
    JobFailure,
    KeptMessage,
    Letter,
    Mail,
    Notification,
    ProcessInstance,
    Reminder,
    Task,
    Timer,
)
from processes.operations.letter_sending import Sending
from processes.queries.jobs import punctuality
from processes.rules.interventions import KINDS
from tests.actions.moving_cases import publish_process, runs, start, tell
from tests.actions.stepping_in import (
    WHY,
    at,
    last_line,
    lines,
    look,
    order,
    publish_with_forms,
    step_in,
    targets,
    the_task,
    told,
)
from tests.city import City

HANDLED: dict[str, Any] = {
    "stance": "handle",
    "grounds": ["arrears"],
    "informant": "landlord",
    "may_lead_to_measure": False,
}
HANDED_IN = {"on": "2026-03-01", "to": "landlord", "dwelling_emptied": "yes"}
SQLITE = pytest.mark.parametrize("city", ["sqlite"], indirect=True)
"""For what no database can do differently."""


@pytest.fixture
def case_id(city: City) -> int:
    """A case in which a stance is to be taken."""
    return city.register()


def handled(city: City, case_id: int) -> None:
    """Take the stance, so that the recovery period is watched."""
    with city.runtime.reading() as work:
        staff = {"caseworker": city.person(work, "anna").id, "substitute": city.person(work, "bosse").id}
    city.complete(case_id, "ta_stallning", "siv", **HANDLED, **staff)


def person(city: City, who: str) -> int:
    with city.runtime.reading() as work:
        return city.person(work, who).id


def remind(city: City, case_id: int, until: str = "2026-03-09") -> None:
    """Watch something that no law sets a day for."""
    with city.runtime.transaction() as work:
        payload = {"kind": "other", "until": until, "text": "Ring hyresvärden igen."}
        who = city.person(work, "siv")
        record_event(work, case_id=case_id, name="bevakning.skapad", payload=payload, caseworker=who)


def work_the_timers(city: City, case_id: int) -> int:
    """What the worker does with the case, if it finds anything due in it."""
    with city.runtime.transaction() as work:
        due = cases_with_due_timers(work, limit=10)
        return fire_case_timers(work, case_id=case_id) if case_id in due else 0


def suspend(city: City, case_id: int, until: str = "2026-03-20") -> Any:
    return step_in(city, case_id, order("pausa", "arendet", dag=until))


# Who may, and how


@pytest.mark.parametrize("who", ["anna", "siv", "per", "gun", "stig"])
@SQLITE
def test_only_who_leads_the_work_steps_in(city: City, case_id: int, who: str) -> None:
    asked = order("omfordela", the_task(city, case_id, "ta_stallning").id, till="enheten")
    with pytest.raises(NotAllowed):
        look(city, case_id, asked, who)


@SQLITE
def test_a_head_with_a_conflict_of_interest_or_of_another_authority_does_not(
    city: City, case_id: int
) -> None:
    with city.runtime.transaction() as work:
        maria = city.person(work, "maria")
        declare_recusal(
            work, case_id=case_id, caseworker=maria, person=maria, reason="Släkt med hyresgästen."
        )
    with pytest.raises(Recused):
        look(city, case_id, order("pausa", "arendet", dag="2026-03-20"))
    with city.runtime.transaction() as work:
        work.session.execute(update(Case).values(administration_key="sydvast"))
    with pytest.raises(CaseNotFound):
        look(city, case_id, order("pausa", "arendet", dag="2026-03-20"))


@pytest.mark.parametrize("why", ["", "  kort  ", "x" * 2001])
@SQLITE
def test_a_reason_is_always_given(city: City, case_id: int, why: str) -> None:
    with pytest.raises(AnswersRefused) as refused:
        look(city, case_id, order("pausa", "arendet", why=why, dag="2026-03-20"))
    assert set(refused.value.problems) == {"varfor"}


@SQLITE
def test_only_what_is_there_can_be_chosen_and_one_at_a_time(city: City, case_id: int) -> None:
    for chosen in ([], [987654], ["x"]):
        with pytest.raises(AnswersRefused) as refused:
            look(city, case_id, order("hoppa-over", *chosen))
        assert set(refused.value.problems) == {"val"}
    remind(city, case_id)
    first, second, *_ = targets(city, case_id, "avbryt").values()
    with pytest.raises(AnswersRefused, match="val"):
        look(city, case_id, order("avbryt", first.key, second.key))


def test_a_look_changes_nothing_and_what_was_looked_at_is_done(city: City, case_id: int) -> None:
    task = the_task(city, case_id, "ta_stallning")
    asked = order("omfordela", task.id, till=str(person(city, "siv")))
    before = lines(city, case_id)
    seen = look(city, case_id, asked)
    assert lines(city, case_id) == before
    assert the_task(city, case_id, "ta_stallning").claimed_by_id is None
    done = step_in(city, case_id, asked, confirmed=seen.token)
    assert done.effects == seen.effects
    assert the_task(city, case_id, "ta_stallning").claimed_by_id == person(city, "siv")


def test_a_case_that_has_moved_since_the_look_is_not_touched(city: City, case_id: int) -> None:
    task = the_task(city, case_id, "ta_stallning")
    asked = order("omfordela", task.id, till=str(person(city, "siv")))
    token = look(city, case_id, asked).token
    with city.runtime.transaction() as work:
        claim_task(work, task_id=task.id, caseworker=city.person(work, "siv"))
    other = order("omfordela", task.id, till="enheten")
    with pytest.raises(PreviewOutdated):
        step_in(city, case_id, other, confirmed=token)
    assert the_task(city, case_id, "ta_stallning").claimed_by_id == person(city, "siv")
    with pytest.raises(PreviewOutdated):
        step_in(
            city, case_id, order("omfordela", task.id, till="enheten", why=f"{WHY} Igen."), confirmed=token
        )


@SQLITE
def test_a_look_that_waits_too_long_for_the_case_says_so_and_leaves_no_trace(
    city: City, case_id: int
) -> None:
    clash = OperationalError("", {}, Exception("database is locked"))
    with pytest.raises(CaseChangedMeanwhile), city.runtime.rehearsal() as work:
        work.lock(case_id).suspended_why = "Påhittat"
        work.session.flush()
        raise clash
    with pytest.raises(OperationalError), city.runtime.rehearsal():
        raise OperationalError("", {}, Exception("no such table"))
    with city.runtime.reading() as work:
        assert work.session.get_one(Case, case_id).suspended_why == ""


@SQLITE
def test_a_closed_case_is_left_alone(city: City, case_id: int) -> None:
    not_ours = HANDLED | {"stance": "not_for_us", "stance_motive": "Bostaden ligger i en annan kommun."}
    city.complete(case_id, "ta_stallning", "siv", **not_ours)
    with pytest.raises(CaseClosed):
        look(city, case_id, order("pausa", "arendet", dag="2026-03-20"))
    assert all(not targets(city, case_id, kind) for kind in KINDS if kind != "skicka-om")


def test_every_way_to_step_in_has_its_functions() -> None:
    assert INTERVENTIONS.keys() == KINDS.keys()


# Tasks


def test_many_tasks_are_given_away_and_each_says_what_became_of_it(city: City, case_id: int) -> None:
    publish_process(city, "prov", "user a b; par dela; start > dela > a > slut; dela > b > s2", "a", "b")
    start(city, case_id, "prov")
    ids = [the_task(city, case_id, step).id for step in ("ta_stallning", "a", "b")]
    course = step_in(city, case_id, order("omfordela", *ids, till=str(person(city, "anna"))))
    troubles = [one.trouble for one in course.done.results]
    assert troubles == ["Anna Lindqvist arbetar inte i Samordningsfunktionen.", "", ""]
    assert told(course.effects, "task") == [("changes", "a"), ("changes", "b")]
    line = last_line(city, case_id, "intervention_reassigned")
    assert line.details["not_done"] == ["Ta ställning till underrättelsen"]
    assert [one["holder"] for one in line.details["after"] if one["kind"] == "task"] == ["Anna Lindqvist"] * 2
    with city.runtime.reading() as work:
        told_anna = select(Notification).where(Notification.person_id == city.person(work, "anna").id)
        assert len(work.session.scalars(told_anna).all()) == 2, "she is told so"
    back = step_in(city, case_id, order("omfordela", *ids, till="enheten"))
    assert [one.trouble for one in back.done.results] == ["Ingen har tagit uppgiften.", "", ""]
    assert the_task(city, case_id, "a").claimed_by_id is None


@SQLITE
def test_nobody_with_a_conflict_of_interest_is_given_a_task(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        siv, maria = city.person(work, "siv"), city.person(work, "maria")
        declare_recusal(
            work, case_id=case_id, caseworker=maria, person=siv, reason="Granne till hyresgästen."
        )
    asked = order("omfordela", the_task(city, case_id, "ta_stallning").id, till=str(person(city, "siv")))
    with pytest.raises(InterventionRefused, match="får inte se ärendet"):
        look(city, case_id, asked)


@pytest.mark.parametrize("to", ["", "987654", "x"])
@SQLITE
def test_a_task_goes_to_somebody_who_works_here(city: City, case_id: int, to: str) -> None:
    with pytest.raises(AnswersRefused, match="till"):
        look(city, case_id, order("omfordela", the_task(city, case_id, "ta_stallning").id, till=to))


def test_a_priority_by_hand_lasts_but_never_weighs_less_than_the_law(city: City, case_id: int) -> None:
    publish_process(city, "prov", "user a; start > a > slut", "a")
    start(city, case_id, "prov")
    task = the_task(city, case_id, "a")
    step_in(city, case_id, order("prioritet", task.id, prioritet="4"))
    with city.runtime.transaction() as work:
        begin_day(work, case_id=case_id)
    assert the_task(city, case_id, "a").priority == 4, "a new day does not forget it"
    city.register(
        "siv", kind="F", informant="kfm", eviction_at="2026-03-03T10:00", kfm_case_number="T-1",
        caseworker=person(city, "anna"), substitute=person(city, "bosse"),
        persons=[{"name": "F-01 Påhittad", "role": "contract_holder", "protection": "none", "is_defendant": True}],
        case_choice="existing", case_number=number(city, case_id),
    )  # fmt: skip
    step_in(city, case_id, order("prioritet", task.id, prioritet="1"))
    assert the_task(city, case_id, "a").priority >= 4, "the eviction is tomorrow"
    step_in(city, case_id, order("prioritet", task.id, prioritet="auto"))
    assert the_task(city, case_id, "a").priority_by_hand is None


def number(city: City, case_id: int) -> str:
    with city.runtime.reading() as work:
        return work.session.get_one(Case, case_id).number


@SQLITE
def test_a_follow_up_day_lets_a_task_rest_but_not_past_a_day_of_the_law(city: City, case_id: int) -> None:
    publish_process(city, "prov", "user a; start > a > slut", "a")
    start(city, case_id, "prov")
    task = the_task(city, case_id, "a")
    step_in(city, case_id, order("prioritet", task.id, dag="2026-03-06"))
    assert the_task(city, case_id, "a").on_hold_until == at("2026-03-05T23:00:00+00:00")
    step_in(city, case_id, order("prioritet", task.id, genast="1"))
    assert the_task(city, case_id, "a").on_hold_until is None
    with pytest.raises(InterventionRefused, match="Ska tas upp senast"):
        look(city, case_id, order("prioritet", task.id, dag="2026-05-28"))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "prioritet"),
        ({"prioritet": "6"}, "prioritet"),
        ({"prioritet": "hög"}, "prioritet"),
        ({"dag": "i morgon"}, "dag"),
        ({"dag": "2026-03-02"}, "dag"),
        ({"dag": "2026-12-24"}, "dag"),
    ],
)
@SQLITE
def test_a_priority_or_day_that_is_none_is_told(
    city: City, case_id: int, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(AnswersRefused) as refused:
        look(city, case_id, order("prioritet", the_task(city, case_id, "ta_stallning").id, **said))
    assert set(refused.value.problems) == {field}


WAY = {"properties": {"way": {"type": "string", "title": "Väg", "oneOf": [{"const": "x", "title": "X"}]}}}
FORK = "user a b c; xor val else c; start > a > val; val > b > slut if way == 'x'; val > c > s2"


def test_a_step_is_skipped_and_the_process_goes_the_way_that_is_chosen(city: City, case_id: int) -> None:
    publish_with_forms(city, "prov", FORK, a=WAY, b={}, c={})
    start(city, case_id, "prov")
    task = the_task(city, case_id, "a")
    without = look(city, case_id, order("hoppa-over", task.id))
    assert told(without.effects, "task") == [("goes", "a"), ("appears", "c")], "unanswered, the usual way"
    course = step_in(city, case_id, order("hoppa-over", task.id, answers={"way": "x"}))
    assert told(course.effects, "task") == [("goes", "a"), ("appears", "b")]
    skipped = the_task(city, case_id, "a")
    assert (skipped.status, skipped.answers) == ("withdrawn", None), "nobody has answered it"
    assert last_line(city, case_id, "intervention_skipped").subject == "a"


@SQLITE
def test_decisions_days_of_the_law_and_hard_gates_are_not_skipped(city: City, case_id: int) -> None:
    assert (
        "I steget fattas ett beslut"
        in targets(city, case_id, "hoppa-over")["Ta ställning till underrättelsen"].hindrance
    )
    eviction = city.register_eviction(address="Provgatan 2")
    confirm = targets(city, eviction, "hoppa-over")["Bekräfta till Kronofogden"].hindrance
    assert "SoF 11:3" in confirm
    task = the_task(city, eviction, "bekrafta_till_kronofogden")
    with pytest.raises(InterventionRefused, match="SoF 11:3"):
        look(city, eviction, order("hoppa-over", task.id))


# What is waited for


def test_a_message_that_is_awaited_is_given_by_its_form(city: City, case_id: int) -> None:
    publish_process(city, "prov", "user a; message m nycklar.inlamnade; start > m > a > slut", "a")
    start(city, case_id, "prov")
    with pytest.raises(AnswersRefused):
        look(city, case_id, order("meddelande", "nycklar.inlamnade", answers={"to": ""}))
    course = step_in(
        city,
        case_id,
        order(
            "meddelande",
            "nycklar.inlamnade",
            answers={"on": "2026-03-01", "to": "landlord", "dwelling_emptied": "yes"},
        ),
    )
    assert ("appears", "Nycklar inlämnade") in told(course.effects, "event")
    assert ("appears", "a") in told(course.effects, "task")


@SQLITE
def test_a_message_without_a_form_is_only_given_if_it_decides_nothing(city: City, case_id: int) -> None:
    drawing = (
        "user a b c; message k forhandling.klar; message l insats.beslutad; par dela;"
        "start > dela > k > a > slut; dela > l > b > s2; dela > c > s3"
    )
    publish_process(city, "prov", drawing, "a", "b", "c")
    start(city, case_id, "prov")
    refused = targets(city, case_id, "meddelande")["Insats beslutad"].hindrance
    assert "i det steg som det hör till" in refused
    with pytest.raises(InterventionRefused):
        look(city, case_id, order("meddelande", "insats.beslutad"))
    with pytest.raises(AnswersRefused, match="val"):
        look(city, case_id, order("meddelande", "barn.involverat"))
    course = step_in(city, case_id, order("meddelande", "forhandling.klar"))
    assert ("appears", "a") in told(course.effects, "task")


@SQLITE
def test_a_process_that_missed_an_event_is_reminded_of_it_without_a_second_one(
    city: City, case_id: int
) -> None:
    tell(city, case_id, "insats.beslutad")
    with city.runtime.transaction() as work:
        work.session.execute(delete(KeptMessage))
    publish_process(city, "prov", "user a; message l insats.beslutad; start > l > a > slut", "a")
    start(city, case_id, "prov")
    course = step_in(city, case_id, order("meddelande", "insats.beslutad"))
    assert ("appears", "a") in told(course.effects, "task")
    assert told(course.effects, "event") == []


def test_a_timer_takes_its_date_from_what_is_known_now(city: City, case_id: int) -> None:
    remind(city, case_id)
    [timer] = [one for one in targets(city, case_id, "tidsbevakning").values() if "9 mars" in one.note]
    with pytest.raises(InterventionRefused, match="inte ändra något"):
        look(city, case_id, order("tidsbevakning", timer.key))
    with city.runtime.transaction() as work:
        work.session.execute(update(Timer).values(due_at=at("2026-08-01T08:00:00+00:00")))
    course = step_in(city, case_id, order("tidsbevakning", timer.key))
    [effect] = [one for one in course.effects if one.kind == "timer"]
    [change] = effect.changes
    assert (change.was, change.becomes) == (at("2026-08-01T08:00:00+00:00"), at("2026-03-08T23:00:00+00:00"))


def fail(city: City, case_id: int, job: str) -> int:
    with city.runtime.transaction() as work:
        failure = note_failure(work, job=job, row_id=case_id, case_id=case_id, error=ZeroDivisionError())
        work.session.flush()
        return failure.id


def test_what_failed_is_tried_here_and_now(city: City, case_id: int) -> None:
    remind(city, case_id)
    city.clock.advance(timedelta(days=8))
    failure = fail(city, case_id, "timers")
    course = step_in(city, case_id, order("forsok-igen", failure))
    assert ("goes", "timers") in told(course.effects, "failure")
    assert ("appears", "Hantera bevakningen") in told(course.effects, "task")
    assert "hantera_bevakning" in city.open_steps(case_id)


@SQLITE
def test_what_fails_again_changes_nothing_and_says_so(
    city: City, case_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    failure = fail(city, case_id, "timers")
    monkeypatch.setitem(waiting.CASE_JOBS, "timers", lambda work, *, case_id: 1 / (case_id - case_id))
    before = lines(city, case_id)
    with pytest.raises(InterventionRefused, match="misslyckas fortfarande: ZeroDivisionError"):
        look(city, case_id, order("forsok-igen", failure))
    assert lines(city, case_id) == before


@SQLITE
def test_what_is_not_about_the_case_alone_is_left_to_the_worker(city: City, case_id: int) -> None:
    failure = fail(city, case_id, "mail")
    step_in(city, case_id, order("forsok-igen", failure))
    with city.runtime.reading() as work:
        assert work.session.get_one(JobFailure, failure).attempts == 0


# The case as a whole


def test_in_a_suspended_case_timers_wait_and_go_off_in_their_order_when_it_is_resumed(
    city: City, case_id: int
) -> None:
    remind(city, case_id, "2026-03-10")
    remind(city, case_id, "2026-03-09")
    suspend(city, case_id)
    city.clock.advance(timedelta(days=9))
    assert work_the_timers(city, case_id) == 0
    with city.runtime.reading() as work:
        assert not punctuality(work.session, work.now).due, "what is held is not late"
    course = step_in(city, case_id, order("ateruppta", "arendet"))
    assert told(course.effects, "task").count(("appears", "Hantera bevakningen")) == 2
    with city.runtime.reading() as work:
        made = select(Task.created_at).where(Task.step == "hantera_bevakning").order_by(Task.id)
        assert work.session.scalars(made).all() == [
            at("2026-03-08T23:00:00+00:00"),
            at("2026-03-09T23:00:00+00:00"),
        ]


@SQLITE
def test_the_law_is_never_suspended(city: City, case_id: int) -> None:
    handled(city, case_id)
    remind(city, case_id, "2026-03-04")
    with city.runtime.reading() as work:
        deadlines = picture_of_deadlines(city, case_id)
        watched = work.session.scalars(select(Timer).where(Timer.step == "nasta_fristdag")).all()
        assert watched, "somebody watches the recovery period"
    course = suspend(city, case_id, "2026-05-20")
    assert told(course.effects, "deadline") == []
    assert picture_of_deadlines(city, case_id) == deadlines
    with city.runtime.reading() as work:
        held = {timer.step: timer.is_held for timer in work.session.scalars(select(Timer))}
    assert held["nasta_fristdag"] is False
    assert held["bevakningsdag"] is True
    city.clock.move_to(at("2026-03-20T08:00:00+00:00"))
    assert work_the_timers(city, case_id) > 0, "the watch over the recovery period goes on"
    with city.runtime.reading() as work:
        still = set(work.session.scalars(select(Timer.step).where(Timer.is_held)))
    assert {step for step, is_held in held.items() if is_held} <= still, "in the same process too"
    assert "hantera_bevakning" not in city.open_steps(case_id)


def picture_of_deadlines(city: City, case_id: int) -> list[Any]:
    with city.runtime.reading() as work:
        rows = select(Deadline.rule, Deadline.falls_on).where(
            Deadline.case_id == case_id, Deadline.is_current
        )
        return sorted(map(tuple, work.session.execute(rows).all()), key=str)


@SQLITE
def test_nobody_completes_a_task_of_a_suspended_case_unless_the_law_sets_a_day_for_it(
    city: City, case_id: int
) -> None:
    suspend(city, case_id)
    task_id = the_task(city, case_id, "ta_stallning").id
    with pytest.raises(CaseSuspended) as refused, city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        claim_task(work, task_id=task_id, caseworker=siv)
        complete_task(work, task_id=task_id, caseworker=siv, answers=HANDLED)
    assert refused.value.until == "2026-03-20"
    eviction = city.register_eviction(address="Provgatan 2")
    suspend(city, eviction)
    city.complete(
        eviction, "bekrafta_till_kronofogden", "siv", sent_at="2026-03-02T08:50", channel="secure_message",
        caseworker=person(city, "anna"), caseworker_phone="08-1234567", content_checked=True, copy_handling="no_copy",
    )  # fmt: skip
    assert "bekrafta_till_kronofogden" not in city.open_steps(eviction)


@SQLITE
def test_nobody_is_reminded_of_what_waits_but_of_what_the_law_asks(city: City, case_id: int) -> None:
    publish_process(city, "prov", "user a; start > a > slut", "a")
    start(city, case_id, "prov")
    with city.runtime.transaction() as work:
        tasks = (
            update(Task)
            .where(Task.step == "a")
            .values(due_at=at("2026-03-04T15:00:00+00:00"), due_rule="none")
        )
        work.session.execute(tasks)
    suspend(city, case_id)
    with city.runtime.reading() as work:
        subjects = set(work.session.scalars(select(Reminder.subject).where(Reminder.case_id == case_id)))
    assert not any(one.startswith("task:") for one in subjects)
    step_in(city, case_id, order("ateruppta", "arendet"))
    with city.runtime.transaction() as work:
        give_reminders(work, case_id=case_id)
        subjects = set(work.session.scalars(select(Reminder.subject).where(Reminder.case_id == case_id)))
    assert any(one.startswith("task:") for one in subjects)


@SQLITE
def test_a_suspension_ends_by_itself_on_its_day(city: City, case_id: int) -> None:
    remind(city, case_id)
    suspend(city, case_id, "2026-03-20")
    city.clock.move_to(at("2026-03-19T22:59:00+00:00"))
    with city.runtime.transaction() as work:
        begin_day(work, case_id=case_id)
        assert work.session.get_one(Case, case_id).suspended_until is not None
    city.clock.move_to(at("2026-03-19T23:00:00+00:00"))
    with city.runtime.transaction() as work:
        begin_day(work, case_id=case_id)
        assert work.session.get_one(Case, case_id).suspended_until is None
    assert last_line(city, case_id, "case_resumed").by_id is None
    assert work_the_timers(city, case_id) == 1


@SQLITE
def test_a_suspended_case_is_not_suspended_again_nor_a_running_one_resumed(city: City, case_id: int) -> None:
    with pytest.raises(AnswersRefused, match="val"):
        look(city, case_id, order("ateruppta", "arendet"))
    suspend(city, case_id)
    with pytest.raises(AnswersRefused, match="val"):
        suspend(city, case_id)


@SQLITE
def test_news_reaches_a_suspended_case_and_a_timer_that_comes_of_it_is_held(city: City, case_id: int) -> None:
    suspend(city, case_id)
    remind(city, case_id, "2026-03-09")
    with city.runtime.reading() as work:
        [timer] = work.session.scalars(select(Timer).where(Timer.step == "bevakningsdag"))
        assert timer.is_held


@SQLITE
def test_a_process_is_called_off_with_its_tasks_and_timers(city: City, case_id: int) -> None:
    remind(city, case_id)
    with city.runtime.reading() as work:
        watch = work.session.scalars(
            select(ProcessInstance.id).where(ProcessInstance.process_key == "bevakning")
        ).one()
    course = step_in(city, case_id, order("avbryt", watch, grund="Hyresvärden har återkallat bevakningen."))
    assert [change for change, _ in told(course.effects, "timer")] == ["goes"]
    with city.runtime.reading() as work:
        ended = work.session.get_one(ProcessInstance, watch)
        assert (ended.ending, ended.ended_at) == ("cancelled", work.now)
    assert last_line(city, case_id, "intervention_cancelled").subject == "Bevakning"
    assert runs(city, case_id, "underrattelse") == 1


def test_while_a_day_of_the_law_is_open_only_the_heads_ground_calls_anything_off(
    city: City, case_id: int
) -> None:
    handled(city, case_id)
    asked = order("avbryt", "arendet", utfall="settled_by_tenant")
    with pytest.raises(AnswersRefused) as refused:
        look(city, case_id, asked)
    assert "Sista dag att få tillbaka hyresrätten" in refused.value.problems["grund"]
    ground = "Hyran är betald och hyresvärden har skriftligen bekräftat det."
    with pytest.raises(AnswersRefused, match="utfall"):
        look(city, case_id, order("avbryt", "arendet", grund=ground))
    with pytest.raises(AnswersRefused, match="utfall"):
        look(city, case_id, order("avbryt", "arendet", grund=ground, utfall="continue_outreach"))
    step_in(city, case_id, order("avbryt", "arendet", grund=ground, utfall="settled_by_tenant"))
    with city.runtime.reading() as work:
        case = work.session.get_one(Case, case_id)
        assert (case.outcome, case.closed_at) == ("settled_by_tenant", work.now)
        assert not work.session.scalars(select(Timer).where(Timer.case_id == case_id)).all()
    assert city.open_steps(case_id) == []
    assert last_line(city, case_id, "intervention_cancelled").details["ground"] == ground


@SQLITE
def test_a_head_who_is_not_of_the_heads_unit_calls_nothing_off_while_a_day_is_open(
    city: City, case_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    handled(city, case_id)
    monkeypatch.setattr(Caseworker, "units", frozenset({"samordning"}))
    ground = "Hyran är betald och hyresvärden har skriftligen bekräftat det."
    with pytest.raises(AnswersRefused, match="grund"):
        look(city, case_id, order("avbryt", "arendet", grund=ground, utfall="settled_by_tenant"))


# What did not arrive


def test_a_letter_that_came_back_is_written_anew_once(city: City) -> None:
    case_id = city.register_eviction()
    with city.runtime.transaction() as work:
        who = city.person(work, "anna")
        write_letter(work, case_id=case_id, kind="informationsbrev", caseworker=who)
        letter = work.session.scalars(select(Letter).where(Letter.kind == "informationsbrev")).first()
        assert letter is not None
        letter_id = letter.id
        mark_letter_sent(
            work, case_id=case_id, letter_id=letter_id, caseworker=who, sending=Sending("post", work.now),
            is_checked=True,
        )  # fmt: skip
        note_letter_returned(
            work,
            case_id=case_id,
            letter_id=letter_id,
            caseworker=who,
            on=date(2026, 3, 2),
            why="Adressaten okänd.",
        )
    assert [one.key for one in targets(city, case_id, "skicka-om").values()] == [f"brev:{letter_id}"]
    city.clock.advance(timedelta(hours=1))
    course = step_in(city, case_id, order("skicka-om", f"brev:{letter_id}"))
    assert told(course.effects, "letter") == [("appears", "informationsbrev")]
    with city.runtime.reading() as work:
        old, new = work.session.scalars(
            select(Letter).where(Letter.kind == "informationsbrev").order_by(Letter.id)
        )
        assert (old.id, new.sent_at, new.recipient_id) == (letter_id, None, old.recipient_id)
        assert new.text
    assert targets(city, case_id, "skicka-om") == {}


def test_a_mail_that_was_given_up_is_put_into_the_outbox_once_more(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        about = (case_id, number(city, case_id))
        mail = queue_mail(
            work, to=anna, kind="reminder", path=f"/arenden/{case_id}", dedup_key="prov", case=about
        )
        assert mail is not None
        mail.given_up_at, mail.next_attempt_at = work.now, None
        work.session.flush()
        mail_id = mail.id
    step_in(city, case_id, order("skicka-om", f"epost:{mail_id}"))
    with city.runtime.reading() as work:
        old, new = work.session.scalars(select(Mail).order_by(Mail.id))
        assert old.given_up_at is not None, "how the first went stays to be seen"
        assert (new.caseworker_id, new.next_attempt_at, new.given_up_at) == (
            old.caseworker_id,
            work.now,
            None,
        )
        assert new.message_id != old.message_id
    assert targets(city, case_id, "skicka-om") == {}


@SQLITE
def test_a_mail_to_somebody_who_has_left_is_not_sent_again(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        mail = queue_mail(work, to=anna, kind="reminder", path="/", dedup_key="prov", case=(case_id, "x"))
        assert mail is not None
        mail.given_up_at, mail.next_attempt_at, anna.is_active = work.now, None, False
    [target] = targets(city, case_id, "skicka-om").values()
    assert "arbetar inte här längre" in target.hindrance
