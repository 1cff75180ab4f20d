"""When tasks are due by the table of due times: earlier when it becomes urgent, never later than the law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from processes.actions.diagrams import publish
from processes.actions.events import record_event
from processes.diagrams.files import DUE_TIMES, files_of_process, read_folder
from processes.models import DiagramVersion, Task
from processes.rules.calendar import instant_on
from processes.rules.policy import Policy
from tests.city import DIAGRAMS, City, eviction_notice
from tests.rules.case_pictures import day, swedish

STANCE = {"grounds": ["arrears"], "informant": "landlord", "may_lead_to_measure": False, "stance": "handle"}
OWN_ROW = b'"stegets_egen"'


def task(city: City, case_id: int, step: str) -> Task:
    with city.runtime.reading() as work:
        found = work.session.get_one(Task, city.task(case_id, step))
        work.session.expunge_all()
        return found


def due(city: City, case_id: int, step: str) -> datetime | None:
    return task(city, case_id, step).due_at


def handled(city: City, **answers: Any) -> int:
    """A case whose first notice is to be handled, so that contact is to be made."""
    case_id = city.register(**answers)
    with city.runtime.reading() as work:
        anna, bosse = (city.person(work, name).id for name in ("anna", "bosse"))
    city.complete(case_id, "ta_stallning", "siv", **STANCE, caseworker=anna, substitute=bosse)
    return case_id


def evicted_on(city: City, day_and_time: str, **answers: Any) -> int:
    """A case with Kronofogden's notice of an eviction then."""
    with city.runtime.reading() as work:
        anna, bosse = (city.person(work, name).id for name in ("anna", "bosse"))
    notice = eviction_notice() | {"eviction_at": day_and_time, "caseworker": anna, "substitute": bosse}
    return city.register(**notice | answers)


def publish_table(city: City, rows: Mapping[bytes, bytes]) -> None:
    """Publish every process again with the table changed so."""
    files = read_folder(DIAGRAMS)
    for old, new in rows.items():
        assert old in files[DUE_TIMES]
        files[DUE_TIMES] = files[DUE_TIMES].replace(old, new)
    with city.runtime.transaction() as work:
        keys = {row.process_key for row in work.session.query(DiagramVersion)}
        for key in sorted(keys):
            publish(work, key, files_of_process(files, key))


def test_a_step_that_the_table_does_not_mention_keeps_the_time_of_its_diagram(city: City) -> None:
    case_id = city.register()
    assert due(city, case_id, "ta_stallning") == swedish("2026-03-03 16:30")
    assert task(city, case_id, "ta_stallning").due_rule == "next_working_day"


def test_the_first_contact_is_due_by_how_urgent_the_notice_is(city: City) -> None:
    normal = handled(city)
    assert due(city, normal, "kontakta_hyresgast") == swedish("2026-03-05 16:30")
    child = {"name": "B-02 Påhittad", "role": "child", "protection": "none"}
    tenant = {"name": "F-02 Påhittad", "role": "contract_holder", "protection": "none"}
    family = handled(city, address="Provgatan 2", persons=[tenant, child])
    assert due(city, family, "kontakta_hyresgast") == swedish("2026-03-04 16:30")
    evicted = evicted_on(city, "2026-03-05T10:00", address="Provgatan 3", kfm_case_number="T-9")
    assert due(city, evicted, "planera_narvaro") == swedish("2026-03-03 16:30")


def test_a_case_that_becomes_urgent_is_due_earlier_counted_from_then(city: City) -> None:
    case_id = handled(city)
    before = task(city, case_id, "kontakta_hyresgast")
    city.clock.move_to(datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
    with city.runtime.transaction() as work:
        said = {"name": "B-01 Påhittad", "role": "child", "protection": "none"}
        record_event(
            work, case_id=case_id, name="barn.upptackt", payload=said, caseworker=city.person(work, "siv")
        )
    after = task(city, case_id, "kontakta_hyresgast")
    assert (before.due_rule, after.due_rule) == ("in_working_days_3", "in_working_days_3")
    assert after.due_at == before.due_at, "two days from today is no earlier than three from yesterday"
    number = f"KVB 2026-{case_id:06d}"
    evicted_on(
        city, "2026-03-05T10:00", received_at="2026-03-03T09:30", case_choice="existing", case_number=number
    )
    urgent = task(city, case_id, "kontakta_hyresgast")
    assert urgent.due_rule == "next_working_day"
    assert urgent.due_since == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    assert urgent.due_at == swedish("2026-03-04 16:30")


def test_what_is_no_longer_urgent_is_due_as_it_was_at_first(city: City) -> None:
    evicted = evicted_on(city, "2026-03-05T10:00")
    assert due(city, evicted, "planera_narvaro") == swedish("2026-03-03 16:30")
    with city.runtime.transaction() as work:
        anna = city.person(work, "anna")
        said = {"eviction_at": "2026-03-26T10:00", "received_at": "2026-03-02T09:00"}
        record_event(work, case_id=evicted, name="kfm.nyTid", payload=said, caseworker=anna)
    assert due(city, evicted, "planera_narvaro") == swedish("2026-03-05 16:30")


def test_no_table_makes_a_task_of_the_law_due_later(city: City) -> None:
    publish_table(city, {OWN_ROW: b'"in_days_40"'})
    evicted = city.register_eviction()
    assert due(city, evicted, "bekrafta_till_kronofogden") == swedish("2026-03-02 16:30")
    assert due(city, evicted, "planera_narvaro") == swedish("2026-03-12 10:00"), "when Kronofogden comes"
    case_id = city.register(address="Provgatan 2", served_on="2026-03-02")
    assert due(city, case_id, "ta_stallning") == swedish("2026-03-23 23:59"), (
        "while the lease can be won back"
    )


def test_a_running_case_stays_with_the_table_that_it_began_with(city: City) -> None:
    before = city.register()
    publish_table(city, {OWN_ROW: b'"in_working_days_4"'})
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        record_event(work, case_id=before, name="anteckning", payload={"text": "Prov"}, caseworker=siv)
    after = city.register(address="Provgatan 2")
    assert due(city, before, "ta_stallning") == swedish("2026-03-03 16:30")
    assert due(city, after, "ta_stallning") == swedish("2026-03-06 16:30")


def test_closed_days_of_the_administration_are_passed_over(city: City) -> None:
    city.runtime.policy = Policy(closed_days={"hisingen": frozenset({day("2026-03-03")})})
    case_id = city.register()
    with city.runtime.reading() as work:
        key = work.snapshot(case_id).administration
    closed = day("2026-03-04") if key == "hisingen" else day("2026-03-03")
    assert due(city, case_id, "ta_stallning") == instant_on(closed, Policy().office_closes_at)
