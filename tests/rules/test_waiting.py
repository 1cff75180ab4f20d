"""What happens next is said in plain words, from the rows alone, and never about whom."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest

from processes.rules.units import UNIT_NAMES, Unit
from processes.rules.waiting import Alarm, LegalDay, OpenTask, Outlook, outlook
from tests.rules.case_pictures import swedish

TODAY = date(2026, 3, 2)
AT = swedish("2026-03-05 00:00")
ADULTS, CHILDREN = UNIT_NAMES[Unit.ADULTS], UNIT_NAMES[Unit.CHILDREN]


def seen(**given: Any) -> Outlook:
    nothing: dict[str, Any] = {"tasks": (), "messages": (), "alarms": (), "days": (), "today": TODAY}
    return outlook(**(nothing | given))


def task(title: str, unit: Unit = Unit.ADULTS, days: int | None = None) -> OpenTask:
    return OpenTask(title, (str(unit),), None if days is None else AT + timedelta(days=days))


def test_the_unit_with_the_earliest_date_stands_first() -> None:
    found = seen(tasks=[task("Sen"), task("Barnens", Unit.CHILDREN, 1), task("Vuxnas", days=3)])
    assert [turn.units for turn in found.turns] == [(CHILDREN,), (ADULTS,)]
    assert [one.title for one in found.turns[1].tasks] == ["Vuxnas", "Sen"]
    assert found.summary == f"3 uppgifter väntar på {CHILDREN} och {ADULTS}."


def test_one_task_is_one() -> None:
    assert seen(tasks=[task("Ring")]).summary == f"En uppgift väntar på {ADULTS}."


def test_what_is_awaited_is_said_in_the_words_of_the_catalogue() -> None:
    found = seen(messages=["hyra.betald", "frist.avgjord", "hyra.betald", "finns.inte"])
    assert found.news == ("Hyra betald",)
    assert found.other_parts == ("Återvinningsfristen avgjord",)
    assert found.summary == "Ingen har något att göra just nu. Ärendet väntar."
    assert "tills någon antecknar" in found.otherwise


def test_alarms_stand_in_the_order_in_which_they_go_off() -> None:
    late, early = Alarm(AT + timedelta(days=1), "Dags att fråga"), Alarm(AT, "Nästa dag", ("Följ upp",))
    found = seen(alarms=[late, early, late])
    assert found.alarms == (early, late)
    assert "av sig självt" in found.otherwise


@pytest.mark.parametrize(
    ("days", "nearest", "has_passed"),
    [
        ((-3, 0, 4), 0, False),
        ((4, 2), 2, False),
        ((-5, -1), -1, True),
        ((), None, False),
    ],
)
def test_the_nearest_legal_day_is_the_next_or_else_the_last_that_passed(
    days: tuple[int, ...], nearest: int | None, has_passed: bool
) -> None:
    found = seen(days=[LegalDay("Frist", TODAY + timedelta(days=one), is_provisional=False) for one in days])
    assert (found.nearest and (found.nearest.on - TODAY).days) == nearest
    assert found.has_passed is has_passed


def test_without_anything_to_wait_for_nothing_remains() -> None:
    assert seen().summary == "Inget återstår."
    assert seen(is_closed=True).otherwise.startswith("Ärendet är avslutat.")


def test_with_tasks_only_the_case_stands_still_until_they_are_done() -> None:
    assert "aldrig av sig självt" in seen(tasks=[task("Ring")]).otherwise


def test_nothing_in_it_can_hold_a_person() -> None:
    told = {field.name for one in (OpenTask, Alarm, LegalDay) for field in fields(one)}
    assert told == {
        "title", "units", "due_at", "is_claimed", "is_barred", "rests_until", "at", "name", "then", "on",
        "is_provisional",
    }  # fmt: skip
