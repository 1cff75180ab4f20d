"""An event that was recorded by mistake is taken back openly, and the case is then as if it had not happened."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from processes.actions.event_corrections import correct_event
from processes.actions.events import record_event
from processes.errors import AnswersRefused, CaseNotFound, EventNotCorrectable, NotAllowed, RecordNotFound
from processes.models import (
    Consent,
    ContactAttempt,
    Deadline,
    Event,
    JournalEntry,
    KeptMessage,
    Notice,
    Notification,
    Person,
    ProcessInstance,
    Timer,
)
from processes.rules.event_corrections import CORRECTABLE, WAYS_OUT
from processes.rules.events import EVENTS
from processes.rules.facts import FACTS
from processes.rules.gates import GATES, GateQuestion
from processes.rules.snapshot import Scope
from tests.city import City

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
REASON = "Betalningen gällde en annan lägenhet."
SERVED = {"served_on": "2026-03-02", "served_confirmed": True, "evidence": "Delgivningskvitto"}


@pytest.fixture
def case_id(city: City) -> int:
    """A case in which the recovery period is watched."""
    case_id = city.register(informant="other_private")
    with city.runtime.reading() as work:
        answers: dict[str, Any] = {
            "stance": "handle",
            "grounds": ["arrears"],
            "informant": "other_private",
            "may_lead_to_measure": False,
            "caseworker": city.person(work, "anna").id,
            "substitute": city.person(work, "bosse").id,
        }
    city.complete(case_id, "ta_stallning", "siv", **answers)
    city.clock.advance(timedelta(hours=1))
    return case_id


def happen(city: City, case_id: int, name: str, **said: Any) -> int:
    """Record the event, and let an hour pass."""
    with city.runtime.transaction() as work:
        who = city.person(work, "siv")
        event_id = record_event(work, case_id=case_id, name=name, payload=said, caseworker=who).id
    city.clock.advance(timedelta(hours=1))
    return event_id


def correct(
    city: City, case_id: int, event_id: int, who: str = "siv", reason: str = REASON, **more: Any
) -> int:
    """Take the event back, and let an hour pass."""
    with city.runtime.transaction() as work:
        person = city.person(work, who)
        correction_id = correct_event(
            work, case_id=case_id, event_id=event_id, reason=reason, caseworker=person, **more
        ).id
    city.clock.advance(timedelta(hours=1))
    return correction_id


def notice_of(city: City, case_id: int) -> Notice:
    with city.runtime.reading() as work:
        notice = work.session.scalars(select(Notice).where(Notice.case_id == case_id)).one()
        work.session.expunge(notice)
        return notice


def tenant(city: City, case_id: int) -> int:
    with city.runtime.reading() as work:
        return work.session.scalars(select(Person.id).where(Person.case_id == case_id)).one()


def state(city: City, case_id: int) -> dict[str, Any]:
    """What the rules make of the case at noon: facts, gates, the dates that run, and what waits."""
    with city.runtime.reading() as work:
        picture = work.snapshot(case_id)
        scope = Scope("notice", picture.notices[0].id)
        at = NOON
        dates = select(Deadline).where(Deadline.case_id == case_id, Deadline.is_current)
        timers = select(Timer).where(Timer.case_id == case_id)
        return {
            "facts": {name: one.read(picture, scope, at) for name, one in FACTS.items()},
            "gates": {
                name: gate.check(GateQuestion(picture, scope, at)).allowed for name, gate in GATES.items()
            },
            "dates": sorted(
                (row.rule, row.subject, str(row.falls_on)) for row in work.session.scalars(dates)
            ),
            "timers": sorted((row.step, row.due_at) for row in work.session.scalars(timers)),
            "tasks": city.open_steps(case_id),
        }


def watches(city: City, case_id: int) -> list[bool]:
    """For each watch of the recovery period, whether it still runs."""
    with city.runtime.reading() as work:
        rows = select(ProcessInstance).where(
            ProcessInstance.case_id == case_id, ProcessInstance.process_key == "bevaka-atervinningsfrist"
        )
        return [row.ended_at is None for row in work.session.scalars(rows.order_by(ProcessInstance.id))]


def cases_to_correct(city: City, case_id: int) -> dict[str, dict[str, Any]]:
    person, notice = tenant(city, case_id), notice_of(city, case_id).id
    return {
        "anteckning": {"text": "Fel ärende."},
        "kontaktforsok.gjort": {"person": person, "channel": "letter", "outcome": "message_left"},
        "besok.bokat": {"kind": "meeting", "booked_for": "2026-03-09T10:00"},
        "samtycke.givet": {
            "giver": person, "recipient": "landlord", "purposes": ["negotiate_stay"], "scopes": ["payment"],
            "direction": "both", "form": "oral", "informed_voluntary": True, "informed_how_to_revoke": True,
        },
        "hyra.betald": {
            "notice": notice, "amount": "500.00", "paid_on": "2026-03-02", "source": "tenant",
        },
        "underlag.andrat": {"notice": notice, **SERVED},
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(CORRECTABLE))
def test_the_case_is_as_if_the_event_had_not_happened(city: City, case_id: int, name: str) -> None:
    before = state(city, case_id)
    event_id = happen(city, case_id, name, **cases_to_correct(city, case_id)[name])
    correct(city, case_id, event_id)
    after = state(city, case_id)
    stay = set(after["tasks"]) - set(before["tasks"])
    assert stay <= {"kontakta_hyresvard"} if name == "samtycke.givet" else not stay  # barred by its gate
    assert after | {"tasks": before["tasks"]} == before


def test_every_event_that_may_be_taken_back_is_recorded_by_hand() -> None:
    assert all(EVENTS[name].by_hand and EVENTS[name].starts is None for name in CORRECTABLE)
    assert WAYS_OUT.keys() <= EVENTS.keys()


def test_a_wrong_day_of_service_moves_dates_and_timers_there_and_back(city: City, case_id: int) -> None:
    before = state(city, case_id)
    event_id = happen(city, case_id, "underlag.andrat", notice=notice_of(city, case_id).id, **SERVED)
    meanwhile = state(city, case_id)
    assert meanwhile["dates"] != before["dates"]
    assert meanwhile["timers"] != before["timers"]
    assert notice_of(city, case_id).served_on == date(2026, 3, 2)
    correct(city, case_id, event_id, reason="Kvittot gällde grannen.")
    assert notice_of(city, case_id).served_on is None
    assert not notice_of(city, case_id).served_confirmed
    after = state(city, case_id)
    assert (after["dates"], after["timers"]) == (before["dates"], before["timers"])


def test_a_wrong_payment_in_full_lets_the_watch_begin_anew(city: City, case_id: int) -> None:
    payment = cases_to_correct(city, case_id)["hyra.betald"] | {"amount": "9450.00"}
    before = state(city, case_id)
    event_id = happen(city, case_id, "hyra.betald", **payment)
    assert watches(city, case_id) == [False]
    correct(city, case_id, event_id)
    assert watches(city, case_id) == [False, True]
    after = state(city, case_id)
    assert after["facts"]["recovery_state"] == before["facts"]["recovery_state"] == "open"
    assert (after["dates"], after["timers"]) == (before["dates"], before["timers"])
    assert set(after["tasks"]) - set(before["tasks"]) <= CORRECTABLE["hyra.betald"].stays
    with city.runtime.reading() as work:
        assert work.snapshot(case_id).events_named("frist.avgjord") == []


def test_the_event_stays_and_the_journal_says_who_took_it_back_and_why(city: City, case_id: int) -> None:
    payment = cases_to_correct(city, case_id)["hyra.betald"]
    event_id = happen(city, case_id, "hyra.betald", **payment)
    correction = correct(city, case_id, event_id, new_answers=payment | {"amount": "700.00"})
    with city.runtime.reading() as work:
        old = work.session.get_one(Event, event_id)
        assert old.payload["amount"] == "500.00"
        assert old.corrected_by_id == correction
        [new] = work.snapshot(case_id).events_named("hyra.betald")
        assert new.payload["amount"] == "700.00"
        line = work.session.scalars(select(JournalEntry).where(JournalEntry.what == "event_corrected")).one()
        assert line.by_id == city.person(work, "siv").id
        assert line.details == {
            "event": event_id, "correction": correction, "instead": [new.id], "reason": REASON,
        }  # fmt: skip


def test_the_rows_that_the_event_made_go_with_it(city: City, case_id: int) -> None:
    for name in ("samtycke.givet", "kontaktforsok.gjort"):
        correct(city, case_id, happen(city, case_id, name, **cases_to_correct(city, case_id)[name]))
    with city.runtime.reading() as work:
        assert work.session.scalars(select(Consent)).all() == []
        assert work.session.scalars(select(ContactAttempt)).all() == []


def test_what_units_were_told_with_the_event_is_no_longer_current_unless_somebody_has_acted(
    city: City, case_id: int
) -> None:
    event_id = happen(city, case_id, "anteckning", text="Fel ärende.")
    with city.runtime.transaction() as work:
        event, siv = work.session.get_one(Event, event_id), city.person(work, "siv").id
        of_the_case = {"case_id": case_id, "administration_key": "hisingen", "unit": "vuxen"}
        for text, at, seen_by in (
            ("med händelsen", event.recorded_at, None),
            ("kvitterat", event.recorded_at, siv),
            ("om något annat", event.recorded_at + timedelta(minutes=1), None),
        ):
            seen = {"seen_at": event.recorded_at, "seen_by_id": seen_by} if seen_by else {}
            work.session.add(Notification(**of_the_case, text=text, at=at, **seen))
        recorded_at, corrected_at = event.recorded_at, work.now
    correct(city, case_id, event_id)
    with city.runtime.reading() as work:
        told = work.session.scalars(select(Notification).where(Notification.case_id == case_id))
        now = {one.text: (one.seen_at, one.seen_by_id) for one in told}
    assert now == {
        "med händelsen": (corrected_at, None),
        "kvitterat": (recorded_at, siv),
        "om något annat": (None, None),
    }


def test_a_consent_by_mistake_no_longer_opens_the_gate(city: City, case_id: int) -> None:
    wrong = cases_to_correct(city, case_id)["samtycke.givet"]
    kept = happen(city, case_id, "samtycke.givet", **wrong | {"recipient": "ffs"})
    event_id = happen(city, case_id, "samtycke.givet", **wrong)
    assert state(city, case_id)["gates"]["landlord-question"]
    correct(city, case_id, event_id)
    assert not state(city, case_id)["gates"]["landlord-question"]
    with city.runtime.reading() as work:
        assert [one.recipient for one in work.session.scalars(select(Consent))] == ["ffs"]
        assert work.session.get_one(Event, kept).corrected_by_id is None


def test_no_message_of_the_event_waits_for_a_process_any_longer(city: City, case_id: int) -> None:
    event_id = happen(city, case_id, "besok.bokat", **cases_to_correct(city, case_id)["besok.bokat"])
    correct(city, case_id, event_id)
    with city.runtime.reading() as work:
        assert event_id not in set(work.session.scalars(select(KeptMessage.event_id)))


def refused(city: City, case_id: int, event_id: int) -> str:
    with pytest.raises(EventNotCorrectable) as caught:
        correct(city, case_id, event_id)
    assert caught.value.way_out
    return caught.value.why


def test_what_has_moved_the_process_is_refused_with_a_way_out(city: City, case_id: int) -> None:
    said = cases_to_correct(city, case_id)["kontaktforsok.gjort"]
    event_id = happen(
        city, case_id, "kontaktforsok.gjort", **said | {"channel": "phone", "outcome": "reached"}
    )
    with city.runtime.reading() as work:
        recorded = work.session.get_one(Event, event_id).recorded_at
        others = select(Event).where(Event.recorded_at == recorded, Event.id != event_id)
        assert work.session.scalars(others).all() != []
    assert "fört ärendet vidare" in refused(city, case_id, event_id)


def test_an_event_is_taken_back_once(city: City, case_id: int) -> None:
    event_id = happen(city, case_id, "anteckning", text="Fel ärende.")
    correction = correct(city, case_id, event_id)
    assert "redan rättad" in refused(city, case_id, event_id)
    assert "inte tas tillbaka" in refused(city, case_id, correction)


def test_what_is_said_in_a_task_or_needs_more_is_refused(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        in_task = work.session.scalars(select(Event.id).where(Event.name == "stallningstagande.gjort")).one()
    assert "inte tas tillbaka" in refused(city, case_id, in_task)


def test_a_consent_that_something_was_told_on_is_not_taken_back(city: City, case_id: int) -> None:
    event_id = happen(city, case_id, "samtycke.givet", **cases_to_correct(city, case_id)["samtycke.givet"])
    happen(
        city, case_id, "uppgift.lamnad", recipient="landlord", about=[tenant(city, case_id)], at="2026-03-02T11:00",
        purpose="negotiate_stay", what=["payment"], ground="consent", channel="phone",
    )  # fmt: skip
    assert "lämnats ut" in refused(city, case_id, event_id)


def test_an_older_change_of_the_same_value_waits_for_the_newer(city: City, case_id: int) -> None:
    notice = notice_of(city, case_id).id
    first = happen(city, case_id, "underlag.andrat", notice=notice, **SERVED)
    second = happen(city, case_id, "underlag.andrat", notice=notice, **SERVED | {"served_on": "2026-03-01"})
    assert "Rätta den senare" in refused(city, case_id, first)
    correct(city, case_id, second)
    assert notice_of(city, case_id).served_on == date(2026, 3, 2)
    correct(city, case_id, first)
    assert notice_of(city, case_id).served_on is None


def test_a_reason_is_needed_and_nothing_changes_without(city: City, case_id: int) -> None:
    event_id = happen(city, case_id, "anteckning", text="Fel ärende.")
    with pytest.raises(AnswersRefused):
        correct(city, case_id, event_id, reason="fel")
    with city.runtime.reading() as work:
        assert work.session.get_one(Event, event_id).corrected_by_id is None


@pytest.mark.parametrize(("who", "refusal"), [("disa", CaseNotFound), ("stig", NotAllowed)])
def test_others_cannot_take_it_back(city: City, case_id: int, who: str, refusal: type[Exception]) -> None:
    event_id = happen(city, case_id, "anteckning", text="Fel ärende.")
    with pytest.raises(refusal):
        correct(city, case_id, event_id, who)


def test_an_event_of_another_case_is_not_found(city: City, case_id: int) -> None:
    other = city.register(address="Annangatan 2")
    event_id = happen(city, other, "anteckning", text="Ett annat ärende.")
    with pytest.raises(RecordNotFound):
        correct(city, case_id, event_id)
