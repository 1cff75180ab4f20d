"""A case moves until it is quiet: every message reaches those it is meant for, once; a finished case stays closed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from processes.actions.events import record_event
from processes.actions.moving import NeverQuiet, settle
from processes.actions.notices import register_notice
from processes.errors import CaseClosed
from processes.models import Case, Consent, JournalEntry, KeptMessage, Notice, Person, Task, Timer
from processes.operations.recording import record
from processes.rules.snapshot import Scope
from processes.unit_of_work import Start
from tests.actions.moving_cases import kept, moving, publish_process, runs, start, tell, times_opened
from tests.city import City, arrears_notice
from tests.engine.drawn import Drawn

KEYS = "nycklar.inlamnade"
NOT_OURS = {
    "stance": "not_for_us",
    "stance_motive": "Bostaden ligger i en annan kommun.",
    "grounds": ["arrears"],
    "informant": "landlord",
    "may_lead_to_measure": False,
}
WAITS = "user a; message m nycklar.inlamnade; user b; start > a > m > b > slut"
LISTENS = "message m nycklar.inlamnade; user c; start > m > c > slut"


@pytest.fixture
def case_id(city: City) -> int:
    return city.register()


def close(city: City, case_id: int) -> None:
    """Bring a new case to its end: the notice was not for us."""
    city.complete(case_id, "ta_stallning", "siv", **NOT_OURS)
    assert is_closed(city, case_id), city.open_steps(case_id)


def is_closed(city: City, case_id: int) -> bool:
    with city.runtime.reading() as work:
        return work.session.get_one(Case, case_id).closed_at is not None


def test_two_cases_in_one_transaction_each_move_on_their_own(city: City) -> None:
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        homes = ("Provgatan 1", "Provgatan 2")
        cases = [
            register_notice(work, caseworker=siv, answers=arrears_notice() | {"address": home}).case_id
            for home in homes
        ]
    assert [city.open_steps(case_id) for case_id in cases] == [["ta_stallning"], ["ta_stallning"]]


def test_an_early_message_is_kept_until_the_process_waits_for_it(city: City, case_id: int) -> None:
    publish_process(city, "prov", WAITS, "a", "b")
    start(city, case_id, "prov")
    tell(city, case_id, KEYS)
    assert KEYS in kept(city, case_id)
    city.complete(case_id, "a", "anna")
    assert "b" in city.open_steps(case_id)
    assert KEYS not in kept(city, case_id)


def test_the_same_early_message_twice_knocks_once(city: City, case_id: int) -> None:
    twice = "user a; message m nycklar.inlamnade; user b; message n nycklar.inlamnade; user c"
    publish_process(city, "prov", f"{twice}; start > a > m > b > n > c > slut", "a", "b", "c")
    start(city, case_id, "prov")
    tell(city, case_id, KEYS)
    tell(city, case_id, KEYS)
    city.complete(case_id, "a", "anna")
    city.complete(case_id, "b", "anna")
    assert "c" not in city.open_steps(case_id), "one knock has opened two doors"


def test_a_message_reaches_every_process_that_waits_and_is_kept_for_each_that_does_not_yet(
    city: City, case_id: int
) -> None:
    publish_process(city, "prov", WAITS, "a", "b")
    publish_process(city, "annat", LISTENS, "c")
    start(city, case_id, "prov", "annat")
    tell(city, case_id, KEYS)
    assert "c" in city.open_steps(case_id)
    city.complete(case_id, "a", "anna")
    assert "b" in city.open_steps(case_id)


def test_what_is_kept_for_a_process_goes_when_it_ends(city: City, case_id: int) -> None:
    ends = (
        "user a; xor x else slut; message m nycklar.inlamnade; start > a > x > slut; x > m if 1 > 2; m > s2"
    )
    publish_process(city, "prov", ends, "a")
    start(city, case_id, "prov")
    tell(city, case_id, KEYS)
    assert KEYS in kept(city, case_id)
    city.complete(case_id, "a", "anna")
    assert KEYS not in kept(city, case_id)


def test_an_event_before_its_process_starts_is_kept_for_the_process(city: City, case_id: int) -> None:
    publish_process(city, "annat", LISTENS, "c")
    tell(city, case_id, KEYS)
    start(city, case_id, "annat")
    assert "c" in city.open_steps(case_id)


def test_an_event_about_one_notice_leaves_the_processes_of_another_alone(city: City, case_id: int) -> None:
    number = f"KVB 2026-{case_id:06d}"
    city.register(received_at="2026-03-02T09:00", case_choice="existing", case_number=number)
    publish_process(city, "prov", "message m hyra.betald; user b; start > m > b > slut", "b")
    with city.runtime.reading() as work:
        first, second = work.session.scalars(select(Notice.id).order_by(Notice.id))
    for notice in (first, second):
        start(city, case_id, "prov", scope=Scope("notice", notice))
    tell(city, case_id, "hyra.betald", {"notice": second, "amount": "1.00", "paid_on": "2026-03-02"})
    with city.runtime.reading() as work:
        woken = work.session.scalars(select(Task).where(Task.step == "b")).all()
        assert [task.instance.scope_id for task in woken] == [second]


def test_a_process_hears_what_it_has_itself_let_happen(city: City, case_id: int) -> None:
    drawn = Drawn("prov").start().user("a").par("dela", "mot")
    drawn.service("hand", "record_event", name=f"'{KEYS}'").message("m", KEYS).user("b")
    drawn.end().flow("start", "a", "dela", "hand", "mot").flow("dela", "m", "b", "mot").flow("mot", "slut")
    publish_process(city, "prov", drawn, "a", "b")
    start(city, case_id, "prov")
    city.complete(case_id, "a", "anna")
    assert "b" in city.open_steps(case_id)


def test_a_process_that_has_just_ended_does_not_keep_the_next_from_starting(city: City, case_id: int) -> None:
    drawn = Drawn("prov").start().user("a").service("igen", "start_process", key="'prov'").end()
    publish_process(city, "prov", drawn.flow("start", "a", "igen", "slut"), "a")
    start(city, case_id, "prov")
    city.complete(case_id, "a", "anna")
    assert runs(city, case_id, "prov") == 1
    assert times_opened(city, case_id, "a") == 2


def test_two_processes_of_a_kind_never_run_about_the_same_thing(city: City, case_id: int) -> None:
    publish_process(city, "prov", WAITS, "a", "b")
    start(city, case_id, "prov", "prov")
    start(city, case_id, "prov")
    assert runs(city, case_id, "prov") == 1


def test_a_death_that_is_recorded_twice_is_handled_once(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        person = work.session.scalars(select(Person.id)).one()
    for _ in range(2):
        tell(city, case_id, "avliden", {"person": person, "on": "2026-03-01"})
    assert runs(city, case_id, "hantera-dodsfall") == 1


def test_what_comes_and_goes_within_one_transaction_leaves_no_row(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        work.lock(case_id)
        work.rows(KeptMessage, case_id)
        event = record(work, work.lock(case_id), "anteckning", {})
        message = KeptMessage(case_id=case_id, event_id=event.id, name=KEYS)
        work.add(message)
        work.remove(message)
    assert KEYS not in kept(city, case_id)


def test_a_circle_of_processes_is_found_and_undone(city: City, case_id: int) -> None:
    drawn = Drawn("prov").start().service("igen", "start_process", key="'prov'").end()
    publish_process(city, "prov", drawn.flow("start", "igen", "slut"))
    with pytest.raises(NeverQuiet):
        start(city, case_id, "prov")
    assert runs(city, case_id, "prov") == 0


def test_a_case_closes_when_nothing_runs_in_it_and_keeps_no_message(city: City, case_id: int) -> None:
    tell(city, case_id, KEYS)
    close(city, case_id)
    assert is_closed(city, case_id)
    assert kept(city, case_id) == []


def test_a_note_in_a_closed_case_leaves_it_closed_as_it_ended(city: City, case_id: int) -> None:
    close(city, case_id)
    with moving(city, case_id) as (_work, case):
        case.outcome = "stays"
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        said = {"text": "Hyresvärden har ringt och tackat."}
        record_event(work, case_id=case_id, name="anteckning", payload=said, caseworker=siv)
    with city.runtime.reading() as work:
        assert work.session.get_one(Case, case_id).outcome == "stays"
    assert is_closed(city, case_id)
    assert kept(city, case_id) == []


def test_news_for_which_nothing_starts_is_refused_in_a_closed_case(city: City, case_id: int) -> None:
    close(city, case_id)
    said = {"eviction_at": "2026-03-20T09:00", "received_at": "2026-03-02T08:30"}
    with pytest.raises(CaseClosed), city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        record_event(work, case_id=case_id, name="kfm.nyTid", payload=said, caseworker=siv)


def test_a_process_that_starts_in_a_closed_case_opens_it_and_the_old_outcome_stays_in_the_journal(
    city: City, case_id: int
) -> None:
    close(city, case_id)
    with moving(city, case_id) as (_work, case):
        case.outcome = "stays"
    number = f"KVB 2026-{case_id:06d}"
    city.register(received_at="2026-03-02T09:00", case_choice="existing", case_number=number)
    with city.runtime.reading() as work:
        case = work.session.get_one(Case, case_id)
        assert (case.closed_at, case.outcome) == (None, None)
        line = work.session.scalars(select(JournalEntry).where(JournalEntry.what == "case_reopened")).one()
        assert line.details["outcome"] == "stays"


def test_a_consent_does_not_outlive_the_matter_that_it_was_given_for(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        person = work.session.scalars(select(Person.id)).one()
    said = {"giver": person, "recipient": "landlord", "purposes": ["negotiate_stay"], "scopes": ["payment"]}
    said |= {"direction": "both", "form": "oral", "informed_voluntary": True, "informed_how_to_revoke": True}
    tell(city, case_id, "samtycke.givet", said)
    close(city, case_id)
    with city.runtime.reading() as work:
        ends = work.session.scalars(select(Consent.valid_until)).one()
        assert ends is not None
        assert ends.isoformat() == "2026-03-02"


def test_a_case_that_ends_leaves_no_timer_behind(city: City, case_id: int) -> None:
    close(city, case_id)
    with city.runtime.reading() as work:
        assert work.session.scalars(select(Timer)).all() == []


def test_settling_a_quiet_case_changes_nothing(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        before = work.session.scalars(select(JournalEntry.id)).all()
    with city.runtime.transaction() as work:
        settle(work, work.lock(case_id), cause="prov")
    with city.runtime.reading() as work:
        assert work.session.scalars(select(JournalEntry.id)).all() == before


def test_a_start_of_an_unknown_process_changes_nothing(city: City, case_id: int) -> None:
    with pytest.raises(Exception, match="finns-inte"), moving(city, case_id) as (work, _case):
        work.set_off(Start("finns-inte", case_id, Scope("case", case_id)))
