"""Calendars that other programs read: what they tell, how a moved date arrives there, and to whom they tell nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar, Event
from sqlalchemy import event, select, text, update
from werkzeug.test import TestResponse

from app import create_app
from processes.actions.absences import report_absence
from processes.actions.access import declare_recusal
from processes.actions.calendars import make_feed, revoke_feed
from processes.actions.events import record_event
from processes.actions.tasks import claim_task
from processes.clock import swedish_time
from processes.models import Booking, CalendarFeed, Case, Caseworker, Membership, ReadEntry, Task, ToldDate
from tests.app.conftest import Site
from tests.city import City

ANSWERS = "/kalender/{}.ics"


@dataclass
class Reader:
    """A program that has the address of a calendar."""

    client: FlaskClient
    token: str

    def asks(self, **headers: str) -> TestResponse:
        return self.client.get(ANSWERS.format(self.token), headers=headers)

    def events(self) -> dict[str, Event]:
        """What the calendar tells, by its summary without the case's number."""
        answer = self.asks()
        assert answer.status_code == 200, answer.status_code
        calendar = Calendar.from_ical(answer.data)
        told = [one for one in calendar.walk("VEVENT") if isinstance(one, Event)]
        assert len({str(one["uid"]) for one in told}) == len(told)
        return {" ".join(str(one["summary"]).split()[2:]): one for one in told}


@pytest.fixture
def reads(city: City) -> Callable[..., Reader]:
    """Makes the calendar of somebody in the city, and a program that reads it."""
    client = create_app(city.runtime).test_client()

    def make(username: str, unit: str = "", *, with_tasks: bool = False) -> Reader:
        with city.runtime.transaction() as work:
            who = city.person(work, username)
            return Reader(client, make_feed(work, caseworker=who, unit=unit, with_tasks=with_tasks))

    return make


def record(city: City, case_id: int, name: str, **payload: Any) -> None:
    with city.runtime.transaction() as work:
        record_event(work, case_id=case_id, name=name, payload=payload, caseworker=city.person(work, "anna"))


def new_day_of_eviction(city: City, case_id: int, at: str) -> None:
    city.clock.advance(timedelta(minutes=5))
    record(city, case_id, "kfm.nyTid", eviction_at=at, received_at=_local(city))


def _local(city: City) -> str:
    return f"{swedish_time(city.clock.now()):%Y-%m-%dT%H:%M}"


def test_an_eviction_stands_at_its_time_and_a_deadline_on_its_day(city, reads):
    city.register_eviction()
    told = reads("anna").events()
    assert told["Avhysning"].start == datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
    assert told["Avhysning"].end - told["Avhysning"].start == timedelta(hours=1)
    assert told["Bekräfta till Kronofogden"].start == date(2026, 3, 2)
    assert told["Bekräfta till Kronofogden"].end == date(2026, 3, 3)


def test_a_calendar_tells_nothing_about_anybody(city, reads):
    city.register_eviction()
    for who, unit in (("anna", ""), ("siv", "samordning")):
        raw = reads(who, unit, with_tasks=True).asks().text
        assert "KVB 2026-" in raw
        for secret in ("Påhittad", "F-05", "Provgatan", "Exempelbo", "T-05", "Anna", "Lindqvist"):
            assert secret not in raw, secret


def test_a_moved_eviction_keeps_its_identity_and_counts_the_change(city, reads):
    case_id = city.register_eviction()
    reader = reads("anna")
    before = reader.events()["Avhysning"]
    for number, day in ((1, 18), (2, 20), (3, 19)):
        new_day_of_eviction(city, case_id, f"2026-03-{day}T13:30")
        after = reader.events()["Avhysning"]
        assert after["uid"] == before["uid"]
        assert after["sequence"] == number
        assert after.start == datetime(2026, 3, day, 12, 30, tzinfo=UTC)
        assert after.last_modified == city.clock.now()
    assert before["sequence"] == 0


def test_an_eviction_after_the_change_to_summer_time_stands_at_its_swedish_hour(city, reads):
    case_id = city.register_eviction()
    new_day_of_eviction(city, case_id, "2026-03-30T10:00")
    assert reads("anna").events()["Avhysning"].start == datetime(2026, 3, 30, 8, 0, tzinfo=UTC)


def test_a_withdrawn_eviction_is_told_as_cancelled_and_again_as_held_when_it_comes_back(city, reads):
    case_id = city.register_eviction()
    reader = reads("anna")
    identity = reader.events()["Avhysning"]["uid"]
    city.clock.advance(timedelta(minutes=5))
    record(city, case_id, "kfm.aterkallad", received_at=_local(city), source="phone")
    cancelled = reader.events()["Avhysning"]
    assert (cancelled["uid"], cancelled["status"], cancelled["sequence"]) == (identity, "CANCELLED", 1)
    new_day_of_eviction(city, case_id, "2026-03-25T09:00")
    held = reader.events()["Avhysning"]
    assert (held["uid"], held["status"], held["sequence"]) == (identity, "CONFIRMED", 2)


def test_a_provisional_day_is_tentative_until_it_is_confirmed(city, reads):
    city.register()
    told = reads("siv", "samordning").events()
    assert told["Sista dag återvinning (preliminärt)"]["status"] == "TENTATIVE"
    assert told["Sista dag återvinning (preliminärt)"].start == date(2026, 3, 20)


def test_a_booked_visit_stands_in_the_calendar_until_it_is_moved_or_called_off(city, reads):
    case_id = city.register_eviction()
    reader = reads("anna")
    record(city, case_id, "besok.bokat", kind="home_visit", booked_for="2026-03-05T13:00")
    assert reader.events()["Besök"].start == datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
    record(city, case_id, "besok.bokat", kind="home_visit", booked_for="2026-03-06T09:00")
    record(city, case_id, "besok.bokat", kind="meeting", booked_for="2026-03-09T09:00")
    moved = reader.events()
    assert moved["Besök"].start == datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
    assert (moved["Besök"]["sequence"], moved["Möte"]["sequence"]) == (1, 0)
    record(city, case_id, "besok.avbokat", kind="home_visit")
    assert reader.events()["Besök"]["status"] == "CANCELLED"
    with city.runtime.reading() as work:
        assert work.session.scalars(select(Booking.kind)).all() == ["meeting"]


def test_due_dates_of_tasks_are_told_to_who_asked_for_them(city, reads):
    city.register()
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        claim_task(work, task_id=city.task(1, "ta_stallning"), caseworker=siv)
    assert "Uppgift" not in reads("siv").events()
    reader = reads("siv", with_tasks=True)
    assert reader.events()["Uppgift"].start == date(2026, 3, 3)
    with city.runtime.transaction() as work:
        work.session.execute(update(Task).values(status="withdrawn"))
        work.session.execute(update(Case).values(responsible_id=city.person(work, "siv").id))
    told = reader.events()
    assert "Uppgift" not in told, "a task that is done is not told as cancelled"
    assert told, "the case is still followed"


def test_a_program_that_asks_again_is_told_when_nothing_has_changed(city, reads):
    case_id = city.register_eviction()
    reader = reads("anna")
    first = reader.asks()
    city.clock.advance(timedelta(hours=3))
    again = reader.asks(**{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    new_day_of_eviction(city, case_id, "2026-03-19T10:00")
    changed = reader.asks(**{"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]
    assert changed.headers["Cache-Control"] == "private, no-cache"
    assert changed.mimetype == "text/calendar"


def test_nothing_is_written_when_nothing_has_changed(city, reads):
    city.register_eviction()
    reader = reads("anna")
    reader.asks()
    statements: list[str] = []
    event.listen(
        city.runtime.engine, "before_cursor_execute", lambda *call: statements.append(call[2].split()[0])
    )
    reader.asks()
    assert "SELECT" in statements
    assert {"INSERT", "UPDATE", "DELETE"} & set(statements) == set()


def test_a_unit_follows_the_cases_in_which_it_has_an_open_task(city, reads):
    city.register()
    assert reads("siv", "samordning").events()
    assert reads("karim", "barn-unga").events() == {}


@pytest.mark.requirement("R-178")
def test_a_conflict_of_interest_empties_the_calendar_of_the_case(city, reads):
    case_id = city.register_eviction()
    reader = reads("anna")
    assert reader.events()
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        declare_recusal(work, case_id=case_id, caseworker=anna, person=anna, reason="Påhittad släkting")
    assert reader.events() == {}
    with city.runtime.reading() as work:
        assert work.session.scalars(select(ToldDate.id)).all() == []


@pytest.mark.requirement("R-178")
def test_a_case_that_moves_to_another_administration_leaves_the_calendar(city, reads):
    case_id = city.register_eviction()
    reader = reads("anna")
    assert reader.events()
    with city.runtime.transaction() as work:
        work.session.execute(update(Case).where(Case.id == case_id).values(administration_key="sydvast"))
    assert reader.events() == {}


def test_who_stands_in_follows_the_colleague_as_long_as_the_absence_lasts(city, reads):
    case_id = city.register_eviction()
    with city.runtime.transaction() as work:
        work.session.execute(update(Case).where(Case.id == case_id).values(substitute_id=None))
        anna, bosse = city.person(work, "anna"), city.person(work, "bosse")
        report_absence(
            work,
            caseworker=anna,
            absent=anna,
            substitute=bosse,
            starts_on=date(2026, 3, 3),
            ends_on=date(2026, 3, 3),
        )
    reader = reads("bosse")
    assert reader.events() == {}
    city.clock.advance(timedelta(days=1))
    assert "Avhysning" in reader.events()
    city.clock.advance(timedelta(days=1))
    assert reader.events() == {}


def test_a_wrong_address_is_answered_like_a_page_that_does_not_exist(city, reads):
    city.register_eviction()
    reader = reads("anna")
    nowhere = reader.client.get("/finns-inte")
    wrong = Reader(reader.client, "x" * 43).asks()
    assert (wrong.status_code, nowhere.status_code) == (404, 404)
    assert _text_of(wrong) == _text_of(nowhere)


def _text_of(answer: TestResponse) -> str:
    """What is read on the page, without the address that it was asked for."""
    return re.sub(r'value="[^"]*"', "", answer.text)


@pytest.mark.parametrize("what", ["revoked", "renewed", "left", "no unit", "no role"])
def test_an_address_ends_when(city, reads, what):
    city.register_eviction()
    reader = reads("anna", "vuxen")
    assert reader.asks().status_code == 200
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        if what == "revoked":
            revoke_feed(work, caseworker=anna, unit="vuxen")
        elif what == "renewed":
            make_feed(work, caseworker=anna, unit="vuxen", with_tasks=False)
        elif what == "left":
            anna.is_active = False
        elif what == "no unit":
            work.session.execute(
                update(Membership).where(Membership.caseworker_id == anna.id).values(unit="barn-unga")
            )
        else:
            work.session.execute(
                update(Membership).where(Membership.caseworker_id == anna.id).values(role="granskare")
            )
    assert reader.asks().status_code == 404


def test_another_unit_than_ones_own_has_no_calendar_to_give(site: Site):
    answer = site.browser("anna").post("/kalender/prenumerera", vems="barn-unga")
    assert answer.status_code == 404
    assert site.browser("anna").get("/kalender?vems=barn-unga").status_code == 404


def test_the_address_is_shown_once_and_kept_nowhere(site: Site):
    browser = site.browser("anna")
    shown = browser.post("/kalender/prenumerera", vems="vuxen", uppgifter="1").text
    token = shown.partition("/kalender/")[2].partition(".ics")[0]
    while len(token) > 60:  # the menu's own links come first
        token = token.partition("/kalender/")[2]
    assert site.visitor().get(ANSWERS.format(token)).status_code == 200
    assert token not in browser.page("/kalender/prenumerera")
    with site.runtime.reading() as work:
        feed = work.session.scalars(select(CalendarFeed)).one()
        assert (feed.unit, feed.with_tasks) == ("vuxen", True)
        kept = work.session.execute(text("SELECT * FROM calendar_feeds")).one()
    assert token not in str(kept)
    browser.post("/kalender/prenumerera/avsluta", vems="vuxen")
    assert site.visitor().get(ANSWERS.format(token)).status_code == 404


def test_whoever_asks_too_often_is_held_back(site: Site):
    with site.runtime.transaction() as work:
        anna = work.session.scalars(select(Caseworker).where(Caseworker.username == "anna")).one()
        token = make_feed(work, caseworker=anna, with_tasks=False)
    client = site.visitor().client
    answers = [client.get(ANSWERS.format(token)).status_code for _ in range(14)]
    assert (answers[0], answers[-1]) == (200, 429)
    guesses = [client.get(ANSWERS.format(f"guess{number}")).status_code for number in range(40)]
    assert (guesses[0], guesses[-1]) == (404, 429)


def test_a_calendar_shows_only_numbers_so_the_read_log_has_nothing_to_say(city, reads):
    city.register_eviction()
    reads("anna", with_tasks=True).events()
    with city.runtime.reading() as work:
        assert work.session.scalars(select(ReadEntry.id)).all() == []


def test_the_page_shows_the_week_day_by_day_with_the_way_to_the_case(site: Site):
    case_id = site.register()
    browser = site.browser("siv")
    with site.runtime.transaction() as work:
        siv = work.session.scalars(select(Caseworker).where(Caseworker.username == "siv")).one()
        work.session.execute(update(Case).values(responsible_id=siv.id))
    page = browser.page("/kalender?vecka=2026-W12")
    assert "fredag 20 mars 2026" in page
    assert "Sista dag att få tillbaka hyresrätten" in page
    assert f'href="/arenden/{case_id}"' in page
    assert "Ingenting den här veckan" in browser.page("/kalender?vecka=2027-W13")
    for wrong in ("2026-W54", "2026-13", "x", "0000-W01"):
        assert browser.get(f"/kalender?vecka={wrong}").status_code == 400


def test_a_calendar_is_found_by_indexes_however_many_cases_there_are(site: Site):
    site.register()
    with site.runtime.transaction() as work:
        maria = work.session.scalars(select(Caseworker).where(Caseworker.username == "maria")).one()
        anna = work.session.scalars(select(Caseworker).where(Caseworker.username == "anna")).one()
        tokens = [
            make_feed(work, caseworker=maria, with_tasks=True),
            make_feed(work, caseworker=anna, unit="vuxen", with_tasks=True),
        ]
    plans: list[str] = []

    def explain(connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith("SELECT"):
            raw = connection.connection.driver_connection
            plans.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(site.runtime.engine, "before_cursor_execute", explain)
    for token in tokens:
        assert site.visitor().get(ANSWERS.format(token)).status_code == 200
    large = ("cases", "tasks", "deadlines", "bookings", "told_dates", "calendar_feeds")
    assert any("deadlines" in plan for plan in plans)
    assert [plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in large] == []
