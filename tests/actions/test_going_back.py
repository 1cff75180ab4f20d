"""A wrong answer is put right by going back to its step: what it led to is taken back openly, or it is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from processes.actions.letters import mark_letter_sent
from processes.engine import Unsound
from processes.errors import InterventionRefused, PreviewOutdated
from processes.models import Case, CorrectionNote, Event, Letter, Task
from processes.operations.letter_sending import Sending
from processes.rules.events import EVENTS
from processes.rules.going_back import FINAL, UNSOUND
from processes.rules.snapshot import Scope
from tests.actions.moving_cases import moving, start
from tests.actions.stepping_in import (
    last_line,
    look,
    order,
    publish_with_forms,
    step_in,
    targets,
    the_task,
    told,
)
from tests.city import City
from tests.engine.drawn import sketch

SQLITE = pytest.mark.parametrize("city", ["sqlite"], indirect=True)
"""For what no database can do differently."""
ROOM = {
    "properties": {
        "room": {"type": "string", "title": "Rum", "oneOf": [{"const": c, "title": c} for c in "xy"]}
    }
}
"""A form with the answer by which the process chooses."""


def records(name: str, **more: Any) -> dict[str, Any]:
    """A form that records the event."""
    return {"x-events": [{"name": name}], **more}


@pytest.fixture
def case_id(city: City) -> int:
    return city.register()


def begin(city: City, case_id: int, drawing: Any, *, scope: Scope | None = None, **forms: Any) -> None:
    publish_with_forms(city, "prov", drawing, **forms)
    start(city, case_id, "prov", scope=scope)
    an_hour_later(city)


def an_hour_later(city: City) -> None:
    city.clock.advance(timedelta(hours=1))


def do(city: City, case_id: int, step: str, **answers: Any) -> None:
    city.complete(case_id, step, "anna", **answers)
    an_hour_later(city)


def hindrance(city: City, case_id: int, step: str) -> str:
    return targets(city, case_id, "ga-tillbaka")[step].hindrance


def go_back(city: City, case_id: int, step: str, **more: Any) -> Any:
    task = the_task(city, case_id, step)
    return step_in(city, case_id, order("ga-tillbaka", task.id, **more))


CHOICE = "user a b c d; xor val else c; start > a > b > val; val > d > slut if room == 'x'; val > c > slut"


def test_a_wrong_answer_is_answered_again_and_the_process_takes_the_other_way(
    city: City, case_id: int
) -> None:
    begin(city, case_id, CHOICE, a={}, b=ROOM, c={}, d={})
    do(city, case_id, "a")
    do(city, case_id, "b", room="y")
    assert "c" in city.open_steps(case_id)
    seen = look(city, case_id, order("ga-tillbaka", the_task(city, case_id, "b").id))
    assert told(seen.effects, "task") == [("goes", "c"), ("appears", "b")]
    assert "c" in city.open_steps(case_id), "a look changes nothing"
    go_back(city, case_id, "b")
    assert "b" in city.open_steps(case_id)
    assert "c" not in city.open_steps(case_id)
    do(city, case_id, "b", room="x")
    assert "d" in city.open_steps(case_id)


@SQLITE
def test_the_journal_says_who_why_before_and_after_and_the_answer_stands_corrected(
    city: City, case_id: int
) -> None:
    begin(city, case_id, CHOICE, a={}, b=ROOM, c={}, d={})
    do(city, case_id, "a")
    do(city, case_id, "b", room="y")
    wrong = the_task(city, case_id, "b")
    go_back(city, case_id, "b", why="Fel rum i svaret.")
    line = last_line(city, case_id, "intervention_went_back")
    with city.runtime.reading() as work:
        assert line.by_id == city.person(work, "maria").id
        note = work.session.scalars(select(CorrectionNote).where(CorrectionNote.case_id == case_id)).one()
        assert (note.about_kind, note.about_id, note.reason) == ("task", wrong.id, "Fel rum i svaret.")
        kept = work.session.get_one(Task, wrong.id)
        assert (kept.status, kept.answers) == ("completed", {"room": "y"}), "what was answered stays"
    assert line.subject == "b"
    assert line.details["reason"] == "Fel rum i svaret."
    assert [one["title"] for one in line.details["before"] if one["kind"] == "task"] == ["c"]
    assert [one["title"] for one in line.details["after"] if one["kind"] == "task"] == ["b"]


@SQLITE
def test_an_earlier_answer_counts_again_when_a_later_one_is_taken_back(city: City, case_id: int) -> None:
    twice = "user a b c d e; xor val else c; start > a > b > e > val; val > d > slut if room == 'x'; val > c > slut"
    begin(city, case_id, twice, a=ROOM, b=ROOM, c={}, d={}, e={})
    do(city, case_id, "a", room="x")
    do(city, case_id, "b", room="y")
    do(city, case_id, "e")
    go_back(city, case_id, "b")
    an_hour_later(city)
    with moving(city, case_id) as (work, case):
        from processes.actions.instances import running_in

        [running] = [one for one in running_in(work, case) if one.row.process_key == "prov"]
        assert running.instance.answers["room"] == "x"


def test_an_event_that_the_answer_recorded_is_taken_back_openly_and_counts_no_more(
    city: City, case_id: int
) -> None:
    begin(city, case_id, "user a b; start > a > b > slut", a=records("plan.upprattad"), b={})
    do(city, case_id, "a")
    course = go_back(city, case_id, "a")
    assert ("goes", EVENTS["plan.upprattad"].label) in told(course.effects, "event")
    with city.runtime.reading() as work:
        event = work.session.scalars(select(Event).where(Event.name == "plan.upprattad")).one()
        assert event.corrected_by_id is not None, "it stays, marked as corrected"
        assert not work.snapshot(case_id).events_named("plan.upprattad")
    assert last_line(city, case_id, "event_corrected").subject == "plan.upprattad"


@SQLITE
def test_what_an_event_changed_is_undone_through_the_machinery_of_corrections(
    city: City, case_id: int
) -> None:
    said = {"person": {"type": "integer", "format": "person", "title": "Vem"}}
    event = {
        "name": "kontaktforsok.gjort",
        "fields": ["person"],
        "set": {"channel": "phone", "outcome": "no_answer"},
    }
    begin(city, case_id, "user a b; start > a > b > slut", a={"properties": said, "x-events": [event]}, b={})
    with city.runtime.reading() as work:
        person = work.session.get_one(Case, case_id).persons[0].id
    do(city, case_id, "a", person=person)
    with city.runtime.reading() as work:
        assert len(work.snapshot(case_id).attempts) == 1
    go_back(city, case_id, "a")
    with city.runtime.reading() as work:
        assert work.snapshot(case_id).attempts == ()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("utredning.ej_inledd", "Ett beslut har fattats."),
        ("nycklar.bekraftade", "Kronofogden har fått besked."),
        ("hyresvard.informerad", "Uppgifter har lämnats ut."),
        ("orosanmalan.uppmanad", "Uppgifter har lämnats ut."),
        ("handlaggare.utsedd", "inte går att räkna tillbaka"),
        ("bevakning.skapad", "En process har börjat"),
    ],
)
@SQLITE
def test_what_cannot_be_taken_back_by_walking_backwards_is_refused_with_its_reason(
    city: City, case_id: int, name: str, why: str
) -> None:
    more = {"x-events": [{"name": name, "set": {"kind": "other", "until": "2026-03-20"}}]}
    begin(city, case_id, "user a b; start > a > b > slut", a=more, b={})
    do(city, case_id, "a")
    refused = hindrance(city, case_id, "a")
    assert why in refused
    assert "Skriv en rättelse bredvid" in refused
    with pytest.raises(InterventionRefused, match=why):
        go_back(city, case_id, "a")
    assert "b" in city.open_steps(case_id)


@SQLITE
def test_a_decision_later_on_the_way_stands_in_the_way_too(city: City, case_id: int) -> None:
    begin(city, case_id, "user a b c; start > a > b > c > slut", a={}, b=records("insats.beslutad"), c={})
    do(city, case_id, "a")
    assert not hindrance(city, case_id, "a")
    do(city, case_id, "b")
    assert "Ett beslut har fattats." in hindrance(city, case_id, "a")


@SQLITE
def test_an_event_that_the_process_recorded_by_itself_is_taken_back_or_stands_in_the_way(
    city: City, case_id: int
) -> None:
    drawn = sketch("user a b c d; start > a > b; c > d > slut", "prov")
    drawn.service("skriv", operation="record_event", name="'forhandling.inledd'").flow("b", "skriv", "c")
    begin(city, case_id, drawn, a={}, b={}, c={}, d=records("bistand.beslutat"))
    do(city, case_id, "a")
    do(city, case_id, "b")
    course = go_back(city, case_id, "a")
    assert ("goes", EVENTS["forhandling.inledd"].label) in told(course.effects, "event")
    for step in "abcd":
        an_hour_later(city)
        city.complete(case_id, step, "anna")


@SQLITE
def test_a_letter_that_waits_is_withdrawn_and_one_that_was_sent_stands_in_the_way(
    city: City, case_id: int
) -> None:
    drawn = sketch("user a b; start > a; b > slut", "prov")
    drawn.service("skriv", operation="prepare_letter", letter="'besked'", recipient="'contract_holders'")
    drawn.flow("a", "skriv", "b")
    begin(city, case_id, drawn, letters={"besked": "# Besked\n\nHej {{ mottagare }}."}, a={}, b={})
    do(city, case_id, "a")
    course = go_back(city, case_id, "a")
    assert told(course.effects, "letter") == [("goes", "besked")]
    assert last_line(city, case_id, "letter_withdrawn").subject == "besked"
    an_hour_later(city)
    do(city, case_id, "a")
    with city.runtime.transaction() as work:
        [letter] = work.session.scalars(select(Letter).where(Letter.case_id == case_id))
        mark_letter_sent(
            work, case_id=case_id, letter_id=letter.id, caseworker=city.person(work, "anna"),
            sending=Sending("post", work.now), is_checked=True,
        )  # fmt: skip
    assert "Ett brev har skickats" in hindrance(city, case_id, "a")


@SQLITE
def test_what_another_process_was_moved_to_by_the_answer_stands_in_the_way(city: City, case_id: int) -> None:
    publish_with_forms(city, "annan", "user x; message m forhandling.klar; start > m > x > slut", x={})
    start(city, case_id, "annan")
    begin(city, case_id, "user a b; start > a > b > slut", a=records("forhandling.klar"), b={})
    do(city, case_id, "a")
    assert "fört en annan process vidare" in hindrance(city, case_id, "a")


@SQLITE
def test_a_process_that_the_answer_ended_stands_in_the_way(city: City, case_id: int) -> None:
    publish_with_forms(
        city, "annan", "user x; message m forhandling.klar on x; start > x > slut; m > s2", x={}
    )
    start(city, case_id, "annan")
    begin(city, case_id, "user a b; start > a > b > slut", a=records("forhandling.klar"), b={})
    do(city, case_id, "a")
    assert "avslutades genom svaret" in hindrance(city, case_id, "a")


def test_the_phase_that_the_process_set_by_itself_is_set_back(city: City, case_id: int) -> None:
    drawn = sketch("user a b; start > a; b > slut", "prov")
    drawn.service("fas", operation="set_phase", phase="'after'").flow("a", "fas", "b")
    begin(city, case_id, drawn, a={}, b={})
    with city.runtime.reading() as work:
        before = work.session.get_one(Case, case_id).phase
    do(city, case_id, "a")
    go_back(city, case_id, "a")
    with city.runtime.reading() as work:
        assert work.session.get_one(Case, case_id).phase == before != "after"


SPLIT = "user a b c d; par dela samla; start > a > dela > b > samla > d > slut; dela > c > samla"


@SQLITE
def test_one_branch_is_gone_back_in_and_the_other_keeps_what_was_decided_in_it(
    city: City, case_id: int
) -> None:
    longer = f"{SPLIT.replace('dela > c > samla', 'dela > c > e > samla')}; user e"
    begin(city, case_id, longer, a={}, b={}, c=records("insats.beslutad"), d={}, e={})
    for step in "abc":
        do(city, case_id, step)
    assert not hindrance(city, case_id, "b"), "the decision was made beside it"
    go_back(city, case_id, "b")
    assert {"b", "e"} <= set(city.open_steps(case_id))
    with city.runtime.reading() as work:
        assert len(work.snapshot(case_id).events_named("insats.beslutad")) == 1
    do(city, case_id, "e")
    assert "d" not in city.open_steps(case_id), "the join waits for the other"


@SQLITE
def test_an_unsound_way_back_is_refused_with_what_would_be_lost(city: City, case_id: int) -> None:
    begin(city, case_id, SPLIT, a={}, b={}, c={}, d={})
    for step in "abc":
        do(city, case_id, step)
    assert "”d”" in hindrance(city, case_id, "b")
    assert "gå förlorat" in hindrance(city, case_id, "b")
    with pytest.raises(InterventionRefused):
        go_back(city, case_id, "b")
    go_back(city, case_id, "a")
    assert "d" not in city.open_steps(case_id)


@SQLITE
def test_what_was_looked_at_is_what_is_done_or_nothing(city: City, case_id: int) -> None:
    begin(city, case_id, "user a b c; start > a > b > c > slut", a={}, b={}, c={})
    do(city, case_id, "a")
    asked = order("ga-tillbaka", the_task(city, case_id, "a").id)
    token = look(city, case_id, asked).token
    do(city, case_id, "b")
    with pytest.raises(PreviewOutdated):
        step_in(city, case_id, asked, confirmed=token)
    assert "c" in city.open_steps(case_id)
    step_in(city, case_id, asked)
    assert "a" in city.open_steps(case_id)


def test_every_unsoundness_and_every_final_event_has_its_words() -> None:
    assert UNSOUND.keys() == {str(one) for one in Unsound}
    assert FINAL.keys() <= EVENTS.keys()
    assert all(why.endswith(".") for why in FINAL.values())
