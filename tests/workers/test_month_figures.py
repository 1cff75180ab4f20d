"""The months of the statistics say what happened, are counted anew in time, and stand when their cases are gone."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from processes.actions.month_figures import AT_MOST_EVERY, months_to_count
from processes.clock import swedish_day
from processes.models import Case, Counting, Event, MonthFigure, ProcessInstance, Reminder, Task
from processes.queries.month_facts import PRIVATE_PERSON, UNKNOWN_LANDLORD
from processes.rules.lead_times import CLASSES
from processes.rules.measures import ALL, MEASURES
from processes.rules.urgency import FAR_AWAY
from tests.city import City
from workers.month_figures import count_months

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 2, 28, 23, 0, tzinfo=UTC)
"""When March begins in Sweden."""


def never() -> bool:
    return False


def figures(city: City, measure: str, **choice: str) -> dict[tuple[str, str], int]:
    """By month and part, for one choice of the filters."""
    wanted = {"district": ALL, "notice_kind": ALL, "administration_key": "hisingen"} | choice
    counts: Counter[tuple[str, str]] = Counter()
    with city.runtime.reading() as work:
        found = select(MonthFigure).where(MonthFigure.measure == measure).filter_by(**wanted)
        for row in work.session.scalars(found):
            counts[f"{row.month:%Y-%m}", row.what] += row.how_many
    return dict(counts)


def test_notices_count_in_their_month_by_type_and_district(city: City) -> None:
    city.register(received_at="2026-02-27T08:30", district="Backa", posted_on="2026-02-26")
    city.register(address="Provgatan 2", district="backa ")
    city.register(address="Provgatan 3", kind="B", grounds=["disturbance"], disturbance_kinds=["noise"])
    with city.runtime.transaction() as work:
        work.session.execute(update(Case).where(Case.id == 1).values(opened_at=NOW - timedelta(days=4)))
    count_months(city.runtime, never)
    assert figures(city, "notices") == {("2026-02", ""): 1, ("2026-03", ""): 2}
    assert figures(city, "notices", notice_kind="A") == {("2026-02", ""): 1, ("2026-03", ""): 1}
    assert figures(city, "notices", district="Backa") == {("2026-02", ""): 1, ("2026-03", ""): 1}
    assert figures(city, "notices", district="", notice_kind="B") == {("2026-03", ""): 1}
    assert figures(city, "notices", administration_key="sydvast") == {}


def test_a_landlord_who_is_a_person_or_unknown_is_not_named(city: City) -> None:
    for number, kind in enumerate(["public", "person", None]):
        told = {"landlord_kind": kind} if kind else {}
        city.register(address=f"Provgatan {number}", landlord_name=f"Påhittad {number}", **told)
    count_months(city.runtime, never)
    assert figures(city, "landlords") == {
        ("2026-03", "Påhittad 0"): 1,
        ("2026-03", PRIVATE_PERSON): 1,
        ("2026-03", UNKNOWN_LANDLORD): 1,
    }


def confirm(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        anna = city.person(work, "anna").id
    city.complete(
        case_id,
        "bekrafta_till_kronofogden",
        "anna",
        sent_at=city.clock.now().isoformat(),
        channel="secure_message",
        caseworker=anna,
        caseworker_phone="031-000 00 00",
        content_checked=True,
        copy_handling="one_each",
    )


@pytest.mark.requirement("R-056")
def test_a_confirmation_is_of_the_same_day_later_or_not_there_yet(city: City) -> None:
    same_day, later, _ = (city.register_eviction(address=f"Provgatan {n}") for n in range(3))
    confirm(city, same_day)
    city.clock.advance(timedelta(days=1))
    confirm(city, later)
    count_months(city.runtime, never)
    assert figures(city, "confirmations") == {
        ("2026-03", "same_day"): 1,
        ("2026-03", "later"): 1,
        ("2026-03", "not_yet"): 1,
    }


def test_a_confirmation_that_was_taken_back_is_none(city: City) -> None:
    confirm(city, city.register_eviction())
    with city.runtime.transaction() as work:
        work.session.execute(
            update(Event).where(Event.name == "bekraftelse.skickad").values(corrected_by_id=Event.id)
        )
    count_months(city.runtime, never)
    assert figures(city, "confirmations") == {("2026-03", "not_yet"): 1}


def test_children_and_the_reached_count_in_the_month_in_which_the_case_was_opened(city: City) -> None:
    person = {"role": "child", "protection": "none"}
    family = [
        {"name": "F-01a Påhittad", "role": "contract_holder", "protection": "none"},
        {"name": "F-01b Påhittad", **person},
        {"name": "F-01c Påhittad", **person},
    ]
    city.register(persons=family)
    city.register(address="Provgatan 2")
    count_months(city.runtime, never)
    assert figures(city, "households") == {("2026-03", "with_child"): 1, ("2026-03", "without_child"): 1}
    assert figures(city, "children") == {("2026-03", ""): 2}
    assert figures(city, "reached") == {("2026-03", "not_reached"): 2}


def advise(city: City) -> int:
    """A question that is answered, after which the case is closed."""
    unsaid = ("posted_on", "posted_registered", "amount_due", "landlord_name", "apartment", "persons")
    question: dict[str, Any] = {"kind": "J", "channel": "phone", "informant": "relative"}
    home = {"address": "Uppges inte", "contract_kind": "unknown"}
    case_id = city.register("siv", **question, **home, **dict.fromkeys(unsaid))
    city.complete(
        case_id,
        "ta_stallning",
        "siv",
        grounds=["other"],
        informant="relative",
        may_lead_to_measure=False,
        stance="advice_only",
        stance_motive="Allmän fråga.",
    )
    return case_id


def test_an_answered_question_closes_and_nobody_is_to_be_reached(city: City) -> None:
    advise(city)
    count_months(city.runtime, never)
    assert figures(city, "outcomes") == {("2026-03", "none"): 1}
    assert figures(city, "reached") == {}
    assert figures(city, "lead_times") == {("2026-03", "0"): 1}
    assert figures(city, "due_times") == {("2026-03", "kept"): 1}


def test_the_current_month_is_counted_every_ten_minutes_and_the_others_once_a_day(city: City) -> None:
    city.register()
    with city.runtime.transaction() as work:
        work.session.execute(update(Case).values(opened_at=NOW - timedelta(days=40)))
    assert count_months(city.runtime, never) == NOW + AT_MOST_EVERY
    assert due(city) == []
    city.clock.advance(AT_MOST_EVERY)
    assert due(city) == ["2026-03"]
    count_months(city.runtime, never)
    city.clock.advance(timedelta(days=1))
    assert due(city) == ["2026-03", "2026-02", "2026-01"]


def due(city: City) -> list[str]:
    with city.runtime.reading() as work:
        return [f"{month.first:%Y-%m}" for month in months_to_count(work)]


def test_a_month_of_long_ago_stands_when_its_cases_are_gone(city: City) -> None:
    city.register()
    count_months(city.runtime, never)
    before = figures(city, "notices")
    city.clock.advance(timedelta(days=3 * 366))
    count_months(city.runtime, never)
    assert figures(city, "notices") == before
    assert "2026-03" not in due(city)


def test_a_stop_is_obeyed_between_two_months(city: City) -> None:
    city.register()
    assert count_months(city.runtime, lambda: True) is None
    assert figures(city, "notices") == {}


DONE = st.lists(
    st.fixed_dictionaries(
        {
            "home": st.integers(0, 2),
            "step": st.sampled_from(["ta_stallning", "kontakta_hyresgast"]),
            "unit": st.sampled_from(["samordning", "vuxen"]),
            "status": st.sampled_from(["completed", "completed", "withdrawn", "open"]),
            "took_hours": st.sampled_from([0, 5, 24, 70, 24 * 9, 24 * 30, 24 * 500]),
            "ended": st.sampled_from([-24 * 20, -1, 0, 5, 33]),
            "due_after": st.sampled_from([None, -1, 0, 30]),
        }
    ),
    max_size=20,
)
HOMES = (("Backa", "A"), ("Backa", "B"), ("", "A"))


@pytest.fixture
def homes(city: City) -> City:
    """Three cases in February, of two districts and two types."""
    for number, (district, kind) in enumerate(HOMES):
        about: dict[str, Any] = (
            {"grounds": ["disturbance"], "disturbance_kinds": ["noise"]} if kind == "B" else {}
        )
        city.register(address=f"Provgatan {number}", kind=kind, district=district, **about)
    with city.runtime.transaction() as work:
        work.session.execute(delete(Reminder))
        work.session.execute(update(Case).values(opened_at=NOW - timedelta(days=28)))
    return city


def place(city: City, drawn: list[dict[str, Any]]) -> None:
    with city.runtime.transaction() as work:
        instances = dict(work.session.execute(select(ProcessInstance.case_id, ProcessInstance.id)).all())
        cases = work.session.scalars(select(Case.id).order_by(Case.id)).all()
        kept = {"case_id": cases, "instance_id": [instances[one] for one in cases]}
        for model in (Task, MonthFigure, Counting):
            work.session.execute(delete(model))
        rows = [row_of(one, number, kept) for number, one in enumerate(drawn)]
        if rows:
            work.session.execute(insert(Task), rows)


def row_of(one: dict[str, Any], number: int, cases: dict[str, Any]) -> dict[str, Any]:
    ended_at = MIDNIGHT + timedelta(hours=one["ended"])
    due_at = None if one["due_after"] is None else ended_at + timedelta(hours=one["due_after"])
    return {
        **{name: ids[one["home"]] for name, ids in cases.items()},
        **{name: one[name] for name in ("step", "unit", "status")},
        "engine_id": f"prov-{number}",
        "administration_key": "hisingen",
        "process_key": "underrattelse",
        "title": "Prov",
        "priority": 3,
        "blocked_by": "",
        "created_at": ended_at - timedelta(hours=one["took_hours"]),
        "ended_at": None if one["status"] == "open" else ended_at,
        "due_at": due_at,
        "sorted_due_at": due_at or FAR_AWAY,
    }


def by_hand(drawn: list[dict[str, Any]], district: str, kind: str) -> Counter[tuple[str, str, str, str]]:
    """By month, step, and class or whether the time was kept, for one choice of the filters."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for one in drawn:
        of_home = HOMES[one["home"]]
        if one["status"] != "completed" or district not in (ALL, of_home[0]) or kind not in (ALL, of_home[1]):
            continue
        ended_at = MIDNIGHT + timedelta(hours=one["ended"])
        days = (swedish_day(ended_at) - swedish_day(ended_at - timedelta(hours=one["took_hours"]))).days
        first = max(first for first in CLASSES if first <= days)
        month = f"{swedish_day(ended_at):%Y-%m}"
        counts[month, "lead_times", one["step"], str(first)] += 1
        if one["due_after"] is not None:
            counts[month, "due_times", one["step"], "kept" if one["due_after"] >= 0 else "late"] += 1
    return counts


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DONE)
def test_every_choice_of_the_filters_shows_what_a_recount_finds(
    homes: City, drawn: list[dict[str, Any]]
) -> None:
    place(homes, drawn)
    count_months(homes.runtime, never)
    with homes.runtime.reading() as work:
        rows = work.session.scalars(select(MonthFigure).where(MonthFigure.step != "")).all()
        found: dict[tuple[str, str], Counter[Any]] = {}
        for row in rows:
            counts = found.setdefault((row.district, row.notice_kind), Counter())
            counts[f"{row.month:%Y-%m}", row.measure, row.step, row.what] += row.how_many
    for district in ("Backa", "", ALL):
        for kind in ("A", "B", ALL):
            assert found.get((district, kind), Counter()) == by_hand(drawn, district, kind), (district, kind)


def test_every_measure_is_counted_somewhere(city: City) -> None:
    confirm(city, city.register_eviction())
    advise(city)
    family = [{"name": "F-09 Påhittad", "role": "child", "protection": "none"}]
    city.register(address="Provgatan 9", persons=family)
    count_months(city.runtime, never)
    with city.runtime.reading() as work:
        assert set(work.session.scalars(select(MonthFigure.measure))) == set(MEASURES)
