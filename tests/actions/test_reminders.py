"""Who is reminded in a real case: the holder, the unit, the substitute and the head, each once and in this order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update

from processes.actions.absences import let_go, report_absence
from processes.actions.access import declare_recusal
from processes.actions.reminders import cases_with_due_reminders, give_reminders, next_reminder_at
from processes.actions.tasks import claim_task, complete_task, release_task
from processes.clock import STOCKHOLM
from processes.models import Case, Deadline, Notification, Reminder, Task
from processes.queries.notifications import UNITS, notifications_of, unseen_notifications
from processes.rules.mail import ESCALATION, REMINDER
from tests.city import City

STANCE = {"stance": "handle", "grounds": ["arrears"], "informant": "landlord", "may_lead_to_measure": False}
BACK_AFTER_TEN_DAYS = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)


@pytest.fixture
def case_id(city: City) -> int:
    """A case whose first task, to take a stance, is to be done soon."""
    return city.register()


def swedish(day: int, clock: str = "08:00") -> datetime:
    return datetime.fromisoformat(f"2026-03-{day:02}T{clock}").replace(tzinfo=STOCKHOLM).astimezone(UTC)


def the_task(city: City, case_id: int, step: str = "ta_stallning") -> Task:
    with city.runtime.reading() as work:
        task = work.session.get_one(Task, city.task(case_id, step))
        work.session.expunge(task)
        return task


def set_due(city: City, case_id: int, due_at: datetime) -> None:
    """Let the only open task be due then, and nothing else be told of the case."""
    with city.runtime.transaction() as work:
        work.lock(case_id)
        work.session.execute(
            update(Task).where(Task.case_id == case_id, Task.status == "open").values(due_at=due_at)
        )
        work.session.execute(update(Deadline).where(Deadline.case_id == case_id).values(is_current=False))


def claim(city: City, case_id: int, username: str) -> None:
    with city.runtime.transaction() as work:
        task_id = city.task(case_id, "ta_stallning")
        claim_task(work, task_id=task_id, caseworker=city.person(work, username))


def look(city: City, case_id: int, at: datetime) -> int:
    city.clock.move_to(at)
    with city.runtime.transaction() as work:
        return give_reminders(work, case_id=case_id)


def told(city: City, case_id: int) -> list[tuple[str, str]]:
    """Rung and recipient of what was said about tasks, in the order in which it was said."""
    with city.runtime.reading() as work:
        names = {city.person(work, name).id: name for name in ("anna", "bosse", "siv", "eva", "maria")}
        rows = work.session.scalars(
            select(Notification)
            .where(Notification.case_id == case_id, Notification.dedup_key.contains(":task:"))
            .order_by(Notification.id)
        )
        return [
            (str(row.dedup_key).rpartition(":")[2], names[row.person_id] if row.person_id else row.unit)
            for row in rows
        ]


def follow(city: City, case_id: int) -> None:
    """Let a worker look at every instant at which there is something to say."""
    for _ in range(20):
        with city.runtime.reading() as work:
            at = next_reminder_at(work)
        if at is None:
            return
        look(city, case_id, at)


def test_a_task_climbs_from_its_holder_over_the_unit_and_the_substitute_to_the_head(
    city: City, case_id: int
) -> None:
    claim(city, case_id, "siv")
    with city.runtime.transaction() as work:
        case = work.lock(case_id)
        case.substitute = city.person(work, "bosse")
    set_due(city, case_id, swedish(5, "16:30"))
    with city.runtime.transaction() as work:
        give_reminders(work, case_id=case_id)
    follow(city, case_id)
    assert told(city, case_id) == [
        ("due_today", "siv"),
        ("overdue", "siv"),
        ("overdue_unit", "samordning"),
        ("overdue_substitute", "bosse"),
        ("overdue_head", "enhetschef"),
    ]


def test_the_unit_is_told_of_what_nobody_has_taken_and_not_told_again(city: City, case_id: int) -> None:
    set_due(city, case_id, swedish(5, "16:30"))
    with city.runtime.transaction() as work:
        give_reminders(work, case_id=case_id)
    follow(city, case_id)
    assert told(city, case_id) == [
        ("due_today", "samordning"),
        ("overdue", "samordning"),
        ("overdue_head", "enhetschef"),
    ]


def test_the_substitute_is_reminded_in_the_place_of_who_is_away(city: City, case_id: int) -> None:
    claim(city, case_id, "siv")
    with city.runtime.transaction() as work:
        siv, eva = city.person(work, "siv"), city.person(work, "eva")
        report_absence(
            work,
            caseworker=siv,
            absent=siv,
            substitute=eva,
            starts_on=date(2026, 3, 5),
            ends_on=date(2026, 3, 5),
        )
    set_due(city, case_id, swedish(5, "16:30"))
    look(city, case_id, swedish(5))
    look(city, case_id, swedish(6, "07:00"))
    assert told(city, case_id) == [("due_today", "eva"), ("overdue", "siv")]


def test_after_ten_days_without_a_worker_the_reminder_comes_before_the_escalation(
    city: City, case_id: int
) -> None:
    claim(city, case_id, "siv")
    set_due(city, case_id, swedish(5, "16:30"))
    with city.runtime.transaction() as work:
        give_reminders(work, case_id=case_id)
    look(city, case_id, BACK_AFTER_TEN_DAYS)
    assert told(city, case_id) == [("overdue", "siv")]
    follow(city, case_id)
    assert told(city, case_id) == [
        ("overdue", "siv"),
        ("overdue_unit", "samordning"),
        ("overdue_head", "enhetschef"),
    ]
    with city.runtime.reading() as work:
        at = work.session.scalars(
            select(Notification.at).where(Notification.kind == ESCALATION, Notification.case_id == case_id)
        ).one()
    assert at == swedish(18)


def test_the_administrations_own_closed_day_is_no_day_for_a_reminder(city: City, case_id: int) -> None:
    shut = {"hisingen": frozenset({date(2026, 3, 6)})}
    city.runtime.policy = replace(city.runtime.policy, closed_days=shut)
    claim(city, case_id, "siv")
    set_due(city, case_id, swedish(5, "16:30"))
    for at in (swedish(5, "16:30"), swedish(6, "12:00")):
        look(city, case_id, at)
    assert told(city, case_id) == [("overdue", "siv")]
    look(city, case_id, swedish(9))
    assert told(city, case_id) == [("overdue", "siv"), ("overdue_unit", "samordning")]


def test_what_is_said_names_the_step_and_the_day_and_no_person(city: City, case_id: int) -> None:
    set_due(city, case_id, swedish(5, "16:30"))
    look(city, case_id, swedish(5, "16:30"))
    with city.runtime.reading() as work:
        text = work.session.scalars(
            select(Notification.text).where(Notification.dedup_key.endswith(":overdue"))
        ).one()
    assert text == f"”{the_task(city, case_id).title}” skulle ha varit klar torsdag 5 mars 2026."
    assert "Påhittad" not in text


def test_a_task_that_is_done_reminds_nobody_and_takes_its_words_back(city: City, case_id: int) -> None:
    claim(city, case_id, "siv")
    set_due(city, case_id, swedish(5, "16:30"))
    look(city, case_id, swedish(5))
    with city.runtime.reading() as work:
        [said] = notifications_of(work.session, city.person(work, "siv"))[0]
        assert said.seen_at is None
    with city.runtime.transaction() as work:
        people = {"caseworker": city.person(work, "anna").id, "substitute": city.person(work, "bosse").id}
        task_id = city.task(case_id, "ta_stallning")
        complete_task(work, task_id=task_id, caseworker=city.person(work, "siv"), answers=STANCE | people)
    with city.runtime.reading() as work:
        assert work.session.scalars(select(Reminder).where(Reminder.task_id == task_id)).all() == []
        left = work.session.scalars(select(Notification).where(Notification.task_id == task_id)).one()
        assert (left.seen_by_id, left.seen_at) == (None, swedish(5))


def test_the_inbox_is_headed_by_what_its_list_does_not_say(city: City) -> None:
    case_id = city.register_eviction()
    with city.runtime.transaction() as work:
        give_reminders(work, case_id=case_id)
    look(city, case_id, swedish(6))
    with city.runtime.reading() as work:
        said = unseen_notifications(work.session, city.person(work, "anna"))
        assert [one.text for one in said if one.task_id is None and one.kind == REMINDER] == [
            "Snart: Senast lämpliga dag att begära anstånd, tisdag 10 mars 2026."
        ]
        assert [one for one in said if one.task_id is not None and one.kind == REMINDER] == []
        late = notifications_of(work.session, city.person(work, "anna"), whose=UNITS)[0]
        assert [one for one in late if one.task_id is not None]


def test_a_task_that_is_due_later_begins_its_ladder_anew(city: City, case_id: int) -> None:
    set_due(city, case_id, swedish(5, "16:30"))
    look(city, case_id, swedish(5, "16:30"))
    set_due(city, case_id, swedish(12, "16:30"))
    look(city, case_id, swedish(9))
    assert told(city, case_id) == [("overdue", "samordning")]
    look(city, case_id, swedish(12))
    look(city, case_id, swedish(12, "16:30"))
    assert told(city, case_id) == [
        ("overdue", "samordning"),
        ("due_today", "samordning"),
        ("overdue", "samordning"),
    ]


def test_a_date_that_goes_and_comes_back_is_not_told_twice(city: City, case_id: int) -> None:
    for due_at in (swedish(5, "16:30"), swedish(12, "16:30"), swedish(5, "16:30")):
        set_due(city, case_id, due_at)
        look(city, case_id, swedish(6, "07:00"))
        with city.runtime.reading() as work:
            overdue = select(Notification.seen_at).where(Notification.dedup_key.contains(":overdue"))
            waits = work.session.scalars(overdue).one() is None
        assert waits == (due_at == swedish(5, "16:30")), "it is to be attended to only as long as it is so"
    assert told(city, case_id) == [("overdue", "samordning")]


def test_a_task_that_rests_reminds_nobody_until_it_is_back(city: City, case_id: int) -> None:
    set_due(city, case_id, swedish(5, "16:30"))
    with city.runtime.transaction() as work:
        work.session.get_one(Task, city.task(case_id, "ta_stallning")).on_hold_until = swedish(10)
    look(city, case_id, swedish(9))
    assert told(city, case_id) == []
    look(city, case_id, swedish(10))
    assert told(city, case_id) == [("overdue", "samordning")]


def test_who_has_a_conflict_of_interest_is_never_told(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        bosse = city.person(work, "bosse")
        work.lock(case_id).substitute = bosse
        work.session.flush()
        declare_recusal(
            work, case_id=case_id, caseworker=bosse, person=bosse, reason="Granne till familjen sedan länge."
        )
        work.session.get_one(Case, case_id).substitute = bosse
    set_due(city, case_id, swedish(5, "16:30"))
    with city.runtime.transaction() as work:
        give_reminders(work, case_id=case_id)
    follow(city, case_id)
    assert "bosse" not in [who for _, who in told(city, case_id)]


def test_the_words_to_who_stops_working_here_become_the_units(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        word = Notification(
            case_id=case_id,
            administration_key="hisingen",
            unit="samordning",
            person_id=siv.id,
            text="Ring tillbaka.",
            at=work.now,
        )
        work.session.add(word)
    with city.runtime.transaction() as work:
        let_go(work, leaving=city.person(work, "siv"))
    with city.runtime.reading() as work:
        assert work.session.get_one(Notification, word.id).person_id is None


def test_a_task_given_back_reminds_the_unit(city: City, case_id: int) -> None:
    claim(city, case_id, "siv")
    set_due(city, case_id, swedish(5, "16:30"))
    with city.runtime.transaction() as work:
        release_task(work, task_id=city.task(case_id, "ta_stallning"), caseworker=city.person(work, "siv"))
    look(city, case_id, swedish(5, "16:30"))
    assert told(city, case_id) == [("overdue", "samordning")]


def test_the_same_word_is_said_once_however_many_workers_say_it(city: City, case_id: int) -> None:
    set_due(city, case_id, swedish(5, "16:30"))
    city.clock.move_to(swedish(5, "16:30"))
    both_ready = Barrier(2)

    def work() -> None:
        both_ready.wait()
        with city.runtime.transaction() as transaction:
            give_reminders(transaction, case_id=case_id)

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert told(city, case_id) == [("overdue", "samordning")]


def test_the_confirmation_to_kronofogden_is_told_on_the_same_day(city: City) -> None:
    case_id = city.register_eviction()
    due_at = the_task(city, case_id, "bekrafta_till_kronofogden").due_at
    assert due_at == swedish(2, "16:30")
    with city.runtime.transaction() as work:
        give_reminders(work, case_id=case_id)
    for at in (due_at - timedelta(hours=2), due_at - timedelta(minutes=15), due_at):
        look(city, case_id, at)
    confirmation = f":task:{city.task(case_id, 'bekrafta_till_kronofogden')}:"
    with city.runtime.reading() as work:
        said = work.session.execute(
            select(Notification.dedup_key, Notification.at, Notification.kind)
            .where(Notification.dedup_key.contains(confirmation))
            .order_by(Notification.id)
        ).all()
    assert [(row.dedup_key.rpartition(":")[2], row.at) for row in said] == [
        ("confirm_soon", due_at - timedelta(hours=2)),
        ("confirm_cutoff", due_at - timedelta(minutes=15)),
        ("overdue", due_at),
        ("overdue_head", due_at),
    ]
    assert said[-1].kind == ESCALATION


def test_a_date_of_the_law_is_told_to_its_unit_before_it_comes_and_to_the_head_on_the_day(city: City) -> None:
    case_id = city.register_eviction()
    with city.runtime.reading() as work:
        falls_on = work.session.scalars(
            select(Deadline.falls_on).where(
                Deadline.case_id == case_id, Deadline.rule == "D-20", Deadline.is_current
            )
        ).one()
    assert falls_on == date(2026, 3, 10)
    for day in (6, 9, 10):
        look(city, case_id, swedish(day))
    with city.runtime.reading() as work:
        said = work.session.scalars(
            select(Notification)
            .where(Notification.case_id == case_id, Notification.dedup_key.contains(":D-20 "))
            .order_by(Notification.id)
        ).all()
        work.session.expunge_all()
    assert [(row.unit, row.at) for row in said] == [
        ("vuxen", swedish(6)),
        ("vuxen", swedish(9)),
        ("vuxen", swedish(10)),
        ("enhetschef", swedish(10)),
    ]
    assert said[0].text == "Snart: Senast lämpliga dag att begära anstånd, tisdag 10 mars 2026."


def test_the_cases_that_are_due_are_found_the_longest_waiting_first(city: City) -> None:
    first, second = city.register(), city.register(address="Provgatan 2")
    set_due(city, first, swedish(6, "16:30"))
    set_due(city, second, swedish(5, "16:30"))
    for case_id in (first, second):
        with city.runtime.transaction() as work:
            give_reminders(work, case_id=case_id)
    city.clock.move_to(swedish(7))
    with city.runtime.reading() as work:
        assert cases_with_due_reminders(work, limit=50) == [second, first]
        assert cases_with_due_reminders(work, limit=1) == [second]
