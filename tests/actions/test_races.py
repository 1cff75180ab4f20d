"""Two at the same moment: whoever comes second sees what the first did, and neither harms the other's work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from processes.actions.diagrams import publish
from processes.actions.events import record_event
from processes.actions.sign_in import count_try
from processes.actions.tasks import claim_task, complete_task
from processes.actions.timers import fire_case_timers
from processes.errors import AnswersRefused, NoticeAlreadyRegistered
from processes.models import (
    Case,
    DiagramVersion,
    Landlord,
    Notice,
    Notification,
    Person,
    ProcessInstance,
    SignInBrake,
)
from processes.queries.tasks import get_task
from tests.actions.moving_cases import publish_process, start
from tests.city import City
from tests.engine.drawn import Drawn

STANCE = {"stance": "handle", "grounds": ["arrears"], "informant": "landlord", "may_lead_to_measure": False}


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """Do all of it at the same moment; answers how each ended, sorted: done, or the name of what stopped it."""
    begin = threading.Barrier(len(deeds))
    ends: list[str] = []

    def run(deed: Callable[[], Any]) -> None:
        begin.wait()
        try:
            deed()
        except Exception as trouble:  # noqa: BLE001  # whatever it is, the test must see it
            ends.append(type(trouble).__name__)
        else:
            ends.append("done")

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def count(city: City, model: type[Any]) -> int:
    with city.runtime.reading() as work:
        return work.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_same_home_registered_twice_at_once_gives_one_case(city: City) -> None:
    ends = at_once(*[city.register] * 3)
    assert ends == ["AnswersRefused", "AnswersRefused", "done"]
    assert (count(city, Case), count(city, Landlord)) == (1, 1)


def test_two_homes_registered_at_once_give_two_cases(city: City) -> None:
    ends = at_once(*[lambda n=n: city.register(address=f"Provgatan {n}") for n in (1, 2)])
    assert ends == ["done", "done"]
    assert (count(city, Case), count(city, Landlord)) == (2, 1)


def test_a_form_that_is_sent_twice_opens_one_case_even_when_it_says_new(city: City) -> None:
    city.register(case_choice="new")
    with pytest.raises(NoticeAlreadyRegistered):
        city.register(case_choice="new")
    assert count(city, Notice) == 1


def test_another_household_in_the_same_home_gets_a_case_of_its_own(city: City) -> None:
    city.register()
    other = [{"name": "F-09 Påhittad", "role": "contract_holder", "protection": "none"}]
    city.register(case_choice="new", persons=other, received_at="2026-03-02T08:45")
    assert count(city, Case) == 2


def test_registering_once_more_as_new_without_saying_so_is_refused(city: City) -> None:
    city.register()
    with pytest.raises(AnswersRefused):
        city.register(received_at="2026-03-02T08:45")


def test_two_claims_at_once_give_the_task_to_one(city: City) -> None:
    task_id = city.task(city.register(), "ta_stallning")

    def claim(username: str) -> None:
        with city.runtime.transaction() as work:
            claim_task(work, task_id=task_id, caseworker=city.person(work, username))

    ends = at_once(lambda: claim("siv"), lambda: claim("maria"))
    assert ends == ["TaskAlreadyClaimed", "done"]


def test_a_person_and_the_worker_in_one_case_both_get_their_way(city: City) -> None:
    case_id = city.register()
    with city.runtime.transaction() as work:
        said = {"kind": "other", "until": "2026-03-03", "text": "Ring hyresvärden."}
        siv = city.person(work, "siv")
        record_event(work, case_id=case_id, name="bevakning.skapad", payload=said, caseworker=siv)
        claim_task(work, task_id=city.task(case_id, "ta_stallning"), caseworker=siv)
        people = {"caseworker": city.person(work, "anna").id, "substitute": city.person(work, "bosse").id}
    city.clock.move_to(city.clock.now().replace(day=4))
    task_id = city.task(case_id, "ta_stallning")

    def person() -> None:
        with city.runtime.transaction() as work:
            siv = city.person(work, "siv")
            get_task(work.session, task_id, siv, work.now).instance.process_key  # noqa: B018  # as the page does first
            complete_task(work, task_id=task_id, caseworker=siv, answers=STANCE | people)

    def worker() -> None:
        with city.runtime.transaction() as work:
            fire_case_timers(work, case_id=case_id)

    assert at_once(person, worker, worker) == ["done"] * 3
    assert "hantera_bevakning" in city.open_steps(case_id)
    assert city.open_steps(case_id).count("hantera_bevakning") == 1


def test_events_recorded_at_once_in_one_process_are_each_heard_once(city: City) -> None:
    case_id = city.register()
    drawn = Drawn("prov").start().xor("las").wait("v").message("m", "nycklar.inlamnade").end()
    drawn.timer("t", "next_attempt_at").service("ropa", "notify", unit="'vuxen'", text="'Nycklarna är här.'")
    publish_process(city, "prov", drawn.flow("start", "las", "v", "m", "ropa", "las").flow("v", "t", "slut"))
    start(city, case_id, "prov")

    def note() -> None:
        with city.runtime.transaction() as work:
            said = {"on": "2026-03-01", "to": "landlord", "dwelling_emptied": "yes"}
            siv = city.person(work, "siv")
            record_event(work, case_id=case_id, name="nycklar.inlamnade", payload=said, caseworker=siv)

    assert at_once(*[note] * 5) == ["done"] * 5
    assert count(city, Notification) == 5


def test_what_was_read_before_waiting_for_the_lock_is_read_anew(city: City) -> None:
    case_id = city.register()
    with city.runtime.transaction() as work:
        person = work.session.scalars(select(Person)).one()
        instance = work.session.scalars(select(ProcessInstance)).one()
        assert work.snapshot(case_id).persons[0].protection == "none"
        # What another transaction does meanwhile:
        work.session.execute(text("UPDATE persons SET protection = 'secrecy_mark'"))
        work.session.execute(text("UPDATE process_instances SET version = 7"))
        work.lock(case_id)
        assert work.snapshot(case_id).persons[0].protection == "secrecy_mark"
        assert (person.protection, instance.version) == ("secrecy_mark", 7)


def test_two_who_publish_at_once_leave_one_current_version(city: City) -> None:
    def deed(mark: str) -> Callable[[], None]:
        def run() -> None:
            with city.runtime.transaction() as work:
                publish(work, "bara-brev", files(mark))

        return run

    assert at_once(deed("a"), deed("b"), deed("a")) == ["done"] * 3
    with city.runtime.reading() as work:
        versions = work.session.scalars(
            select(DiagramVersion).where(DiagramVersion.process_key == "bara-brev")
        ).all()
        assert len(versions) == 2
        assert [version.is_current for version in versions].count(True) == 1


def files(mark: str) -> Mapping[str, bytes]:
    """A folder without a diagram, in as many versions as one likes."""
    return {str(Path("bara-brev") / "letters" / "hej.md"): mark.encode()}


def test_those_who_sign_in_from_one_address_at_the_same_moment_are_all_let_in_and_all_counted(
    city: City,
) -> None:
    def signing_in(username: str) -> Callable[[], None]:
        def try_to() -> None:
            with city.runtime.transaction() as work:
                count_try(work, username=username, address="10.0.0.1")
                both_have_begun.wait(0.5 if city.runtime.engine.dialect.name == "postgresql" else 0)

        return try_to

    both_have_begun = threading.Event()  # nobody sets it: whoever is first holds on to what the other needs
    assert at_once(signing_in("anna"), signing_in("bosse")) == ["done", "done"]
    with city.runtime.reading() as work:
        assert sorted(work.session.scalars(select(SignInBrake.tries))) == [1, 1, 1, 1, 2]
