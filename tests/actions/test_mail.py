"""What is put into the outbox and for whom, and what is noted when a mail is sent, refused or given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from processes.actions.absences import let_go, report_absence
from processes.actions.access import declare_recusal
from processes.actions.digests import choices_without_digest, make_digest, next_digest_at
from processes.actions.mail import (
    LEASE,
    STALE,
    mail_notification,
    note_not_sent,
    note_sent,
    notifications_to_mail,
    queue_mail,
    take_mail,
)
from processes.actions.mail_choices import choose_mail, set_address
from processes.actions.tasks import claim_task
from processes.errors import AnswersRefused
from processes.models import Case, Caseworker, Mail, MailChoice, Notification, Task
from processes.rules.mail import ALARM, DIGEST, GIVEN_UP_AFTER, REMINDER
from processes.unit_of_work import UnitOfWork
from tests.city import City

AT_HALF_PAST_SEVEN = time(7, 30)


@pytest.fixture
def case_id(city: City) -> int:
    """A case, and nothing in the outbox about it."""
    case_id = city.register()
    with city.runtime.transaction() as work:
        work.session.execute(update(Notification).values(mailed_at=work.now))
    return case_id


def tell(city: City, case_id: int, unit: str = "vuxen", person: str = "") -> int:
    with city.runtime.transaction() as work:
        said = Notification(
            case_id=case_id,
            administration_key="hisingen",
            unit=unit,
            person_id=city.person(work, person).id if person else None,
            kind=REMINDER if person else ALARM,
            text="Påhittat larm",
            at=work.now,
        )
        work.session.add(said)
    return said.id


def spread(city: City, notification_id: int) -> int:
    with city.runtime.transaction() as work:
        return mail_notification(work, notification_id=notification_id)


def recipients(city: City) -> list[str]:
    with city.runtime.reading() as work:
        mails = work.session.scalars(select(Mail).order_by(Mail.id)).unique()
        return sorted(mail.caseworker.username for mail in mails)


def take(city: City) -> Mail:
    with city.runtime.transaction() as work:
        mail = take_mail(work)
    assert mail is not None
    return mail


def kept(city: City, mail_id: int) -> Mail:
    with city.runtime.reading() as work:
        mail = work.session.get_one(Mail, mail_id)
        work.session.expunge_all()
        return mail


def queue(work: UnitOfWork, to: Caseworker, key: str = "a") -> Mail | None:
    return queue_mail(work, to=to, kind=ALARM, path="/inkorg", dedup_key=key)


def test_a_unit_that_was_told_gets_mail_once(city: City, case_id: int) -> None:
    told = tell(city, case_id)
    assert spread(city, told) == 2
    assert spread(city, told) == 0
    assert recipients(city) == ["anna", "bosse"]


def test_the_mail_has_the_number_of_the_case_and_the_way_and_no_word_of_what_was_said(
    city: City, case_id: int
) -> None:
    spread(city, tell(city, case_id))
    mail = take(city)
    assert (mail.case_number, mail.path) == ("KVB 2026-000001", f"/arenden/{case_id}")
    assert "Påhittat" not in repr(vars(mail))


def test_several_words_about_a_case_at_one_time_make_one_mail_that_leads_to_the_case(
    city: City, case_id: int
) -> None:
    with city.runtime.transaction() as work:
        words = [
            Notification(
                case_id=case_id,
                administration_key="hisingen",
                unit="vuxen",
                person_id=city.person(work, "anna").id,
                task_id=city.task(case_id, "ta_stallning"),
                text=f"Påhittat larm {number}",
                at=work.now,
            )
            for number in range(3)
        ]
        work.session.add_all(words)
    assert [spread(city, word.id) for word in words] == [1, 0, 0]
    assert take(city).path == f"/arenden/{case_id}"
    later = tell(city, case_id, person="anna")
    assert spread(city, later) == 1


def test_what_is_for_one_person_is_mailed_to_that_person_alone(city: City, case_id: int) -> None:
    spread(city, tell(city, case_id, person="bosse"))
    assert recipients(city) == ["bosse"]


@pytest.mark.parametrize("why", ["no address", "not wanted", "away", "left", "recused"])
def test_who_cannot_or_will_not_be_reached_gets_no_mail(city: City, case_id: int, why: str) -> None:
    told = tell(city, case_id)
    with city.runtime.transaction() as work:
        anna, bosse = city.person(work, "anna"), city.person(work, "bosse")
        if why == "no address":
            anna.email = ""
        elif why == "not wanted":
            choose_mail(work, caseworker=anna, wanted=[REMINDER])
        elif why == "away":
            days = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 2)}
            report_absence(work, caseworker=anna, absent=anna, substitute=bosse, **days)
        elif why == "left":
            anna.is_active = False
        else:
            reason = "Granne till familjen sedan länge."
            declare_recusal(work, case_id=case_id, caseworker=anna, person=anna, reason=reason)
    spread(city, told)
    assert recipients(city) == ["bosse"]


def test_nobody_is_mailed_about_what_was_attended_to_or_is_long_ago(city: City, case_id: int) -> None:
    seen, old = tell(city, case_id), tell(city, case_id)
    with city.runtime.transaction() as work:
        work.session.get_one(Notification, seen).seen_at = work.now
    assert spread(city, seen) == 0
    city.clock.advance(STALE + timedelta(seconds=1))
    assert spread(city, old) == 0
    with city.runtime.reading() as work:
        assert not {seen, old} & set(notifications_to_mail(work, limit=50))


def test_the_same_thing_is_queued_once(city: City) -> None:
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        assert queue(work, anna) is not None
        assert queue(work, anna) is None
        assert queue(work, anna, "b") is not None


def test_a_mail_that_somebody_holds_is_not_given_to_another_until_that_one_must_be_dead(city: City) -> None:
    with city.runtime.transaction() as work:
        queue(work, city.person(work, "anna"))
    first = take(city)
    with city.runtime.transaction() as work:
        assert take_mail(work) is None
    city.clock.advance(LEASE)
    again = take(city)
    assert (again.id, again.message_id, again.attempts) == (first.id, first.message_id, 2)
    assert again.sending_since is not None


def test_a_mail_that_is_sent_is_never_taken_again(city: City) -> None:
    with city.runtime.transaction() as work:
        queue(work, city.person(work, "anna"))
    mail = take(city)
    with city.runtime.transaction() as work:
        note_sent(work, mail_id=mail.id)
    city.clock.advance(timedelta(days=30))
    with city.runtime.transaction() as work:
        assert take_mail(work) is None
    assert kept(city, mail.id).sent_at is not None


def test_a_mail_that_fails_is_tried_again_after_ever_longer_pauses_and_given_up_after_days(
    city: City,
) -> None:
    with city.runtime.transaction() as work:
        queue(work, city.person(work, "anna"))
    pauses: list[timedelta] = []
    while True:
        mail = take(city)
        with city.runtime.transaction() as work:
            note_not_sent(work, mail_id=mail.id, error="ConnectionRefusedError")
        found = kept(city, mail.id)
        if found.next_attempt_at is None:
            break
        pauses.append(found.next_attempt_at - city.clock.now())
        city.clock.move_to(found.next_attempt_at)
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(seconds=30)
    assert pauses[-1] == timedelta(minutes=15)
    assert found.given_up_at is not None
    assert found.given_up_at - found.created_at >= GIVEN_UP_AFTER


def test_a_mail_that_can_never_be_delivered_is_given_up_at_once(city: City) -> None:
    with city.runtime.transaction() as work:
        queue(work, city.person(work, "anna"))
    mail = take(city)
    with city.runtime.transaction() as work:
        note_not_sent(work, mail_id=mail.id, error="550", is_final=True)
    found = kept(city, mail.id)
    assert (found.next_attempt_at, found.last_error, found.given_up_at) == (None, "550", city.clock.now())


def test_what_waits_for_who_stops_working_here_is_not_sent(city: City) -> None:
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        queue(work, anna)
        let_go(work, leaving=anna)
    with city.runtime.transaction() as work:
        assert take_mail(work) is None


def test_a_mail_whose_recipient_has_no_address_any_more_makes_way_for_the_next(city: City) -> None:
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        queue(work, anna)
        queue(work, city.person(work, "bosse"), "b")
        anna.email = ""
    assert take(city).caseworker.username == "bosse"
    with city.runtime.transaction() as work:
        assert take_mail(work) is None


@pytest.mark.parametrize("address", ["anna", "anna@example.se\r\nBcc: alla@example.se", "a@b.se,c@d.se"])
def test_an_address_that_is_none_is_refused(city: City, address: str) -> None:
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        with pytest.raises(AnswersRefused) as refused:
            set_address(caseworker=anna, address=address)
        assert "email" in refused.value.problems
        assert anna.email == "anna@kvarboende.example"


def test_an_address_outside_the_employers_domains_is_refused(city: City) -> None:
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        with pytest.raises(AnswersRefused) as refused:
            set_address(caseworker=anna, address="anna@hemma.example", domains=["kommun.example"])
        assert "kommun.example" in refused.value.problems["email"]
        set_address(caseworker=anna, address=" anna@kommun.example ", domains=["kommun.example"])
        assert anna.email == "anna@kommun.example"
        set_address(caseworker=anna, address="", domains=["kommun.example"])
        assert anna.email == ""


def want_digest(city: City, *usernames: str) -> None:
    with city.runtime.transaction() as work:
        for username in usernames:
            choose_mail(work, caseworker=city.person(work, username), wanted=[DIGEST])


def make_digests(city: City) -> int:
    with city.runtime.reading() as work:
        waiting = choices_without_digest(work, at=AT_HALF_PAST_SEVEN, limit=50)
    made = 0
    for choice_id in waiting:
        with city.runtime.transaction() as work:
            made += make_digest(work, choice_id=choice_id)
    return made


def digests(city: City) -> list[dict[str, list[str]]]:
    with city.runtime.reading() as work:
        return list(work.session.scalars(select(Mail.counted).where(Mail.kind == DIGEST).order_by(Mail.id)))


def morning(day: int, clock: str = "06:30") -> datetime:
    return datetime.fromisoformat(f"2026-03-{day:02}T{clock}").replace(tzinfo=UTC)


def test_a_digest_comes_once_on_each_working_day_from_the_day_after_it_was_chosen(
    city: City, case_id: int
) -> None:
    want_digest(city, "siv")
    assert make_digests(city) == 0
    city.clock.move_to(morning(3, "06:29"))
    assert make_digests(city) == 0
    city.clock.move_to(morning(3))
    assert make_digests(city) == 1
    assert make_digests(city) == 0
    city.clock.move_to(morning(7))  # a Saturday
    assert make_digests(city) == 0
    city.clock.move_to(morning(9))
    assert make_digests(city) == 1


def test_a_digest_counts_the_own_late_tasks_and_the_units_free_ones_by_case_number(city: City) -> None:
    late, soon, free = (city.register(address=f"Provgatan {number}") for number in (1, 2, 3))
    want_digest(city, "siv")
    city.clock.move_to(morning(3))
    due = {late: morning(2), soon: morning(3, "15:00"), free: morning(2)}
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        for case_id, due_at in due.items():
            task = work.session.get_one(Task, city.task(case_id, "ta_stallning"))
            task.due_at = due_at
            if case_id != free:
                claim_task(work, task_id=task.id, caseworker=siv)
        numbers = {case_id: work.session.get_one(Case, case_id).number for case_id in due}
    assert make_digests(city) == 1
    assert digests(city) == [{"late": [numbers[late]], "today": [numbers[soon]], "unit": [numbers[free]]}]


def test_nobody_gets_a_digest_in_which_nothing_stands_or_while_away(city: City, case_id: int) -> None:
    want_digest(city, "eva", "siv", "stig")
    with city.runtime.transaction() as work:
        siv, eva = city.person(work, "siv"), city.person(work, "eva")
        days = {"starts_on": date(2026, 3, 3), "ends_on": date(2026, 3, 3)}
        report_absence(work, caseworker=siv, absent=siv, substitute=eva, **days)
    city.clock.move_to(morning(3))
    assert make_digests(city) == 0
    assert recipients(city) == []


def test_a_day_on_which_ones_own_office_is_shut_has_no_digest(city: City, case_id: int) -> None:
    want_digest(city, "siv")
    shut = {"hisingen": frozenset({date(2026, 3, 3)})}
    city.runtime.policy = replace(city.runtime.policy, closed_days=shut)
    city.clock.move_to(morning(3))
    assert make_digests(city) == 0
    city.clock.move_to(morning(4))
    assert make_digests(city) == 1


def test_a_digest_that_is_switched_off_stops(city: City, case_id: int) -> None:
    want_digest(city, "siv")
    with city.runtime.transaction() as work:
        choose_mail(work, caseworker=city.person(work, "siv"), wanted=[])
    city.clock.move_to(morning(9))
    assert make_digests(city) == 0
    with city.runtime.reading() as work:
        siv = city.person(work, "siv").id
        rows = work.session.scalars(select(MailChoice.wanted).where(MailChoice.caseworker_id == siv))
        assert set(rows) == {False}


def test_the_next_digest_is_today_or_on_the_next_working_day(city: City) -> None:
    def following() -> datetime:
        with city.runtime.reading() as work:
            return next_digest_at(work, at=AT_HALF_PAST_SEVEN)

    assert following() == morning(3)  # it is nine on Monday
    city.clock.move_to(morning(6, "06:00"))
    assert following() == morning(6)
    city.clock.move_to(morning(6))
    assert following() == morning(9)
