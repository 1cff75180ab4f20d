"""A substitute sees and does what an absent colleague holds, on the days agreed, and then no more (E-05, E-54)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from processes.actions.absences import end_absence, let_go, report_absence
from processes.actions.tasks import claim_task, complete_task, release_task
from processes.errors import AbsenceNotFound, AnswersRefused, NotAllowed, NotOfThisUnit
from processes.models import Case, JournalEntry, Task
from processes.queries.absences import coming_absences
from processes.queries.access import may_see_case, stands_in_for
from processes.queries.inbox import Inbox
from processes.queries.people import get_caseworker_named
from tests.city import City

MONDAY, WEDNESDAY = date(2026, 3, 2), date(2026, 3, 4)


@pytest.fixture
def task_id(city: City) -> int:
    """The task of a new notice, which Siv has claimed."""
    task_id = city.task(city.register(), "ta_stallning")
    with city.runtime.transaction() as work:
        claim_task(work, task_id=task_id, caseworker=city.person(work, "siv"))
    return task_id


def away(
    city: City,
    absent: str = "siv",
    substitute: str = "eva",
    by: str | None = None,
    days: tuple[date, date] = (MONDAY, WEDNESDAY),
) -> int:
    with city.runtime.transaction() as work:
        absence = report_absence(
            work,
            caseworker=city.person(work, by or absent),
            absent=city.person(work, absent),
            substitute=city.person(work, substitute),
            starts_on=days[0],
            ends_on=days[1],
        )
        return absence.id


def in_the_inbox_of(city: City, username: str) -> list[int]:
    with city.runtime.reading() as work:
        who = city.person(work, username)
        standing_in_for = stands_in_for(work.session, who, work.now)
        return [
            task.id
            for task in Inbox(work.session, who, work.now, standing_in_for=standing_in_for).page().tasks
        ]


def sees_the_case(city: City, username: str) -> bool:
    with city.runtime.reading() as work:
        case = work.session.scalars(select(Case)).one()
        return may_see_case(work.session, case, city.person(work, username), work.now)


def test_the_substitute_has_the_task_in_the_inbox_during_the_days_and_not_before_or_after(
    city: City, task_id: int
) -> None:
    away(city, days=(date(2026, 3, 3), WEDNESDAY))
    assert (in_the_inbox_of(city, "eva"), sees_the_case(city, "eva")) == ([], False)
    city.clock.advance(timedelta(days=1))
    assert (in_the_inbox_of(city, "eva"), sees_the_case(city, "eva")) == ([task_id], True)
    assert in_the_inbox_of(city, "siv") == [task_id]
    city.clock.advance(timedelta(days=2))
    assert (in_the_inbox_of(city, "eva"), sees_the_case(city, "eva")) == ([], False)
    assert in_the_inbox_of(city, "siv") == [task_id]


def test_the_substitute_does_the_task_and_both_names_stand_in_the_journal(city: City, task_id: int) -> None:
    away(city)
    with city.runtime.transaction() as work:
        siv, anna, eva = (city.person(work, name) for name in ("siv", "anna", "eva"))
        assert claim_task(work, task_id=task_id, caseworker=eva).claimed_by_id == siv.id
        answers = {
            "stance": "handle", "grounds": ["arrears"], "informant": "landlord", "caseworker": anna.id,
            "substitute": siv.id, "may_lead_to_measure": True,
        }  # fmt: skip
        complete_task(work, task_id=task_id, caseworker=eva, answers=answers)
        line = work.session.scalars(select(JournalEntry).where(JournalEntry.what == "task_completed")).one()
        assert (line.by_id, line.details["for"]) == (eva.id, siv.id)


def test_ending_the_absence_takes_the_substitute_out_again(city: City, task_id: int) -> None:
    absence_id = away(city)
    assert sees_the_case(city, "eva")
    with city.runtime.transaction() as work:
        end_absence(work, absence_id=absence_id, caseworker=city.person(work, "siv"))
    assert not sees_the_case(city, "eva")
    with pytest.raises(NotOfThisUnit), city.runtime.transaction() as work:
        release_task(work, task_id=task_id, caseworker=city.person(work, "eva"))


def test_what_the_absent_person_does_not_hold_is_not_the_substitutes(city: City, task_id: int) -> None:
    other = city.task(city.register(address="Provgatan 44"), "ta_stallning")
    away(city)
    assert in_the_inbox_of(city, "eva") == [task_id]
    with pytest.raises(NotOfThisUnit), city.runtime.transaction() as work:
        claim_task(work, task_id=other, caseworker=city.person(work, "eva"))


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"days": (WEDNESDAY, MONDAY)}, "ends_on"),
        ({"days": (date(2026, 2, 2), date(2026, 2, 3))}, "ends_on"),
        ({"substitute": "siv"}, "substitute"),
        ({"substitute": "disa"}, "substitute"),
        ({"substitute": "gun"}, "substitute"),
        ({"substitute": "stig"}, "substitute"),
    ],
)
def test_an_absence_that_helps_nobody_is_refused(city: City, told: dict[str, Any], field: str) -> None:
    with pytest.raises(AnswersRefused) as refused:
        away(city, **told)
    assert field in refused.value.problems


def test_nobody_has_two_substitutes_or_one_who_is_away(city: City) -> None:
    away(city, absent="anna", substitute="bosse")
    with pytest.raises(AnswersRefused):
        away(city, absent="anna", substitute="siv")
    with pytest.raises(AnswersRefused):
        away(city, absent="bosse", substitute="anna")


def test_a_sick_colleagues_absence_is_reported_by_a_leader_and_by_no_other(city: City) -> None:
    away(city, absent="anna", substitute="bosse", by="maria")
    with pytest.raises(NotAllowed):
        away(city, absent="siv", substitute="eva", by="bosse")
    with pytest.raises(NotAllowed):
        away(city, absent="gun", substitute="eva", by="gun")


def test_another_administration_neither_sees_nor_ends_an_absence(city: City) -> None:
    absence_id = away(city, absent="anna", substitute="bosse")
    with city.runtime.reading() as work:
        assert coming_absences(work.session, city.person(work, "disa"), work.now) == []
        assert coming_absences(work.session, city.person(work, "eva"), work.now) == []
        assert len(coming_absences(work.session, city.person(work, "bosse"), work.now)) == 1
        assert len(coming_absences(work.session, city.person(work, "maria"), work.now)) == 1
    for absent in (absence_id, 99):
        with pytest.raises(AbsenceNotFound), city.runtime.transaction() as work:
            end_absence(work, absence_id=absent, caseworker=city.person(work, "disa"))


def test_what_somebody_who_leaves_held_goes_back_with_a_line_in_the_journal(city: City, task_id: int) -> None:
    away(city)
    with city.runtime.transaction() as work:
        siv = get_caseworker_named(work.session, "siv")
        let_go(work, leaving=siv, by=city.person(work, "maria"))
    assert in_the_inbox_of(city, "eva") == []
    with city.runtime.reading() as work:
        assert work.session.get_one(Task, task_id).claimed_by_id is None
        line = work.session.scalars(select(JournalEntry).where(JournalEntry.what == "task_released")).one()
        assert line.details["held_by"] == city.person(work, "siv").id
        assert line.by_id == city.person(work, "maria").id
