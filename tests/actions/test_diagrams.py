"""Publishing: a new version for new cases, while what runs stays on the version that it began with."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from processes.actions.diagrams import publish
from processes.errors import DiagramNotFound, DiagramRefused
from processes.models import DiagramVersion, ProcessInstance, Task
from processes.queries.diagrams import current_version, pack_files, unpack_files
from tests.actions.moving_cases import publish_process, start
from tests.city import City
from tests.engine.drawn import files_of, sketch

FIRST = "user a; user b; start > a > b > slut"
SECOND = "user a; user c; start > a > c > slut"


@pytest.fixture
def case_id(city: City) -> int:
    return city.register()


def versions(city: City) -> list[bool]:
    """Of each version of the process in order, whether it is the current one."""
    with city.runtime.reading() as work:
        rows = select(DiagramVersion.is_current).where(DiagramVersion.process_key == "prov")
        return list(work.session.scalars(rows.order_by(DiagramVersion.id)))


def test_publishing_the_same_twice_changes_nothing(city: City) -> None:
    for _ in range(2):
        publish_process(city, "prov", FIRST, "a", "b")
    assert versions(city) == [True]


def test_what_runs_stays_on_its_version_while_what_begins_takes_the_new_one(city: City, case_id: int) -> None:
    other = city.register(address="Provgatan 2")
    publish_process(city, "prov", FIRST, "a", "b")
    start(city, case_id, "prov")
    publish_process(city, "prov", SECOND, "a", "c")
    start(city, other, "prov")
    for one in (case_id, other):
        city.complete(one, "a", "anna")
    assert "b" in city.open_steps(case_id)
    assert "c" in city.open_steps(other)
    assert versions(city) == [False, True]


def test_an_earlier_version_can_be_published_again(city: City, case_id: int) -> None:
    publish_process(city, "prov", FIRST, "a", "b")
    publish_process(city, "prov", SECOND, "a", "c")
    publish_process(city, "prov", FIRST, "a", "b")
    assert versions(city) == [True, False]
    start(city, case_id, "prov")
    city.complete(case_id, "a", "anna")
    assert "b" in city.open_steps(case_id)


def test_a_diagram_that_cannot_run_changes_nothing(city: City) -> None:
    publish_process(city, "prov", FIRST, "a", "b")
    dangling = sketch("user a; xor x; start > a > x > slut; x > s2", "prov")
    with pytest.raises(DiagramRefused), city.runtime.transaction() as work:
        publish(work, "prov", files_of(dangling))
    assert versions(city) == [True]


def test_a_version_that_was_published_in_a_transaction_that_failed_was_never_there(city: City) -> None:
    with pytest.raises(ZeroDivisionError), city.runtime.transaction() as work:
        publish(work, "prov", files_of(sketch(FIRST, "prov")))
        work.diagrams.get(work.session, "prov", current_version(work.session, "prov"))
        raise ZeroDivisionError
    with pytest.raises(DiagramNotFound), city.runtime.reading() as work:
        current_version(work.session, "prov")


def test_a_version_is_read_and_parsed_once(city: City, case_id: int) -> None:
    publish_process(city, "prov", FIRST, "a", "b")
    with city.runtime.reading() as work:
        version = current_version(work.session, "prov")
        first = work.diagrams.get(work.session, "prov", version)
    with city.runtime.reading() as work:
        assert work.diagrams.get(work.session, "prov", version) is first


def test_the_process_says_on_which_version_it_runs(city: City, case_id: int) -> None:
    publish_process(city, "prov", FIRST, "a", "b")
    start(city, case_id, "prov")
    with city.runtime.reading() as work:
        running = work.session.scalars(
            select(ProcessInstance).where(ProcessInstance.process_key == "prov")
        ).one()
        assert running.diagram_version == current_version(work.session, "prov")
        tasks = select(func.count()).where(Task.instance_id == running.id)
        assert work.session.scalar(tasks) == 1


def test_files_come_out_as_they_went_in() -> None:
    files = {"a/a.bpmn": "åäö\r\n\t<x/>".encode(), "a/forms/b.json": b"{}"}
    assert unpack_files(pack_files(files)) == files
