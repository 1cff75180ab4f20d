"""The ladders of reminders: whom, when, in which order, and what an outage does to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.clock import STOCKHOLM, swedish_day
from processes.rules import reminders
from processes.rules.calendar import is_office_day, working_days_until
from processes.rules.deadlines import DEADLINES
from processes.rules.explanation import DeadlineKind
from processes.rules.mail import ESCALATION, KINDS
from processes.rules.policy import Policy
from processes.rules.reminders import (
    CONFIRMATION_STEP,
    LADDERS,
    LEGAL_DATES,
    TOLD_BY_A_DIAGRAM,
    Audience,
    Matter,
    ladder_of_task,
    next_word,
)

POLICY = Policy()


def swedish(day: str, clock: str = "08:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=STOCKHOLM).astimezone(UTC)


def climb(matter: Matter, looks: list[datetime], policy: Policy = POLICY) -> list[tuple[str, datetime]]:
    """The rungs that are told when somebody looks at these instants and always finds somebody to tell."""
    told = []
    for now in looks:
        while (word := next_word(matter, now, policy)) is not None and word.at <= now:
            told.append((word.rung.key, now))
            matter = replace(matter, passed=word.rung.key, told_at=now)
    return told


def every_minute_that_counts(matter: Matter, policy: Policy = POLICY) -> list[tuple[str, datetime]]:
    """The rungs with their instants when the worker never sleeps."""
    told = []
    now = matter.since
    while (word := next_word(matter, now, policy)) is not None:
        now = max(now, word.at)
        told.append((word.rung.key, now))
        matter = replace(matter, passed=word.rung.key, told_at=now)
    return told


def task(due: datetime, since: str = "2026-02-20") -> Matter:
    return Matter("task", due, swedish(since))


def confirmation(due: datetime, since: datetime) -> Matter:
    return Matter("confirmation", due, since)


WEEK = [
    # A task due on Thursday 12 March: the weekend does not count.
    (
        task(swedish("2026-03-12", "16:30")),
        [
            ("due_today", swedish("2026-03-12")),
            ("overdue", swedish("2026-03-12", "16:30")),
            ("overdue_unit", swedish("2026-03-13")),
            ("overdue_substitute", swedish("2026-03-16")),
            ("overdue_head", swedish("2026-03-17")),
        ],
    ),
    # Due on Maundy Thursday 2 April, an ordinary day: Good Friday and Easter Monday do not count.
    (
        task(swedish("2026-04-02", "16:30")),
        [
            ("due_today", swedish("2026-04-02")),
            ("overdue", swedish("2026-04-02", "16:30")),
            ("overdue_unit", swedish("2026-04-07")),
            ("overdue_substitute", swedish("2026-04-08")),
            ("overdue_head", swedish("2026-04-09")),
        ],
    ),
    # It came up at ten on the very day: nobody is told at once what has only just been seen.
    (
        Matter("task", swedish("2026-03-12", "16:30"), swedish("2026-03-12", "10:00")),
        [
            ("overdue", swedish("2026-03-12", "16:30")),
            ("overdue_unit", swedish("2026-03-13")),
            ("overdue_substitute", swedish("2026-03-16")),
            ("overdue_head", swedish("2026-03-17")),
        ],
    ),
    # Put aside past its due day: the reminder waits for its return.
    (
        replace(task(swedish("2026-03-12", "16:30")), rests_until=swedish("2026-03-16", "00:00")),
        [
            ("overdue", swedish("2026-03-16", "00:00")),
            ("overdue_unit", swedish("2026-03-17")),
            ("overdue_substitute", swedish("2026-03-18")),
            ("overdue_head", swedish("2026-03-19")),
        ],
    ),
    # The confirmation of a notice that came at nine: everything happens before the day is over.
    (
        confirmation(swedish("2026-03-12", "16:30"), swedish("2026-03-12", "09:00")),
        [
            ("confirm_soon", swedish("2026-03-12", "14:30")),
            ("confirm_cutoff", swedish("2026-03-12", "16:15")),
            ("overdue", swedish("2026-03-12", "16:30")),
            ("overdue_unit", swedish("2026-03-12", "16:30")),
            ("overdue_head", swedish("2026-03-12", "16:30")),
        ],
    ),
    # One that came at three o'clock: two hours before has been.
    (
        confirmation(swedish("2026-03-12", "16:30"), swedish("2026-03-12", "15:00")),
        [
            ("confirm_cutoff", swedish("2026-03-12", "16:15")),
            ("overdue", swedish("2026-03-12", "16:30")),
            ("overdue_unit", swedish("2026-03-12", "16:30")),
            ("overdue_head", swedish("2026-03-12", "16:30")),
        ],
    ),
    # A decision within 14 days (D-12) on Monday 16 March, first said three working days before.
    (
        Matter("law", swedish("2026-03-16", "23:59"), swedish("2026-03-02"), near=3),
        [
            ("law_near", swedish("2026-03-11")),
            ("law_last", swedish("2026-03-13")),
            ("law_day", swedish("2026-03-16")),
            ("law_head", swedish("2026-03-16")),
        ],
    ),
    # A day of the law that is a Saturday, 14 March: nobody would hear it then.
    (
        Matter("law", swedish("2026-03-14", "23:59"), swedish("2026-02-28"), near=3),
        [
            ("law_near", swedish("2026-03-10")),
            ("law_last", swedish("2026-03-12")),
            ("law_day", swedish("2026-03-13")),
            ("law_head", swedish("2026-03-13")),
        ],
    ),
    # In the night when summer time begins (29 March) eight o'clock is still eight o'clock.
    (
        Matter("task", swedish("2026-03-30", "16:30"), swedish("2026-03-20")),
        [
            ("due_today", datetime(2026, 3, 30, 6, 0, tzinfo=UTC)),
            ("overdue", datetime(2026, 3, 30, 14, 30, tzinfo=UTC)),
            ("overdue_unit", datetime(2026, 3, 31, 6, 0, tzinfo=UTC)),
            ("overdue_substitute", datetime(2026, 4, 1, 6, 0, tzinfo=UTC)),
            ("overdue_head", datetime(2026, 4, 2, 6, 0, tzinfo=UTC)),
        ],
    ),
]


@pytest.mark.parametrize(("matter", "told"), WEEK)
def test_each_rung_is_told_at_its_instant(matter: Matter, told: list[tuple[str, datetime]]) -> None:
    assert every_minute_that_counts(matter) == told


def test_after_ten_days_without_a_worker_the_reminder_comes_before_the_escalation() -> None:
    back = swedish("2026-03-12", "10:00")
    mornings = [swedish(f"2026-03-{day}") for day in (13, 14, 15, 16, 17, 18, 19)]
    assert climb(task(swedish("2026-03-02", "16:30")), [back, *mornings]) == [
        ("overdue", back),
        ("overdue_unit", swedish("2026-03-13")),
        ("overdue_substitute", swedish("2026-03-16")),
        ("overdue_head", swedish("2026-03-17")),
    ]


def test_a_late_confirmation_does_not_wait_for_another_day() -> None:
    back = swedish("2026-03-12", "10:00")
    late = confirmation(swedish("2026-03-02", "16:30"), swedish("2026-03-02", "09:00"))
    assert [key for key, _ in climb(late, [back])] == ["overdue", "overdue_unit", "overdue_head"]


def test_a_date_of_the_law_that_is_found_late_is_told_once_and_not_twice_at_once() -> None:
    late = Matter("law", swedish("2026-03-16", "23:59"), swedish("2026-03-02"), near=3)
    assert [key for key, _ in climb(late, [swedish("2026-03-13", "10:00")])] == ["law_last"]


def test_a_local_closed_day_is_no_day_for_a_reminder() -> None:
    policy = Policy(local_closed_days=frozenset({date(2026, 3, 13)}))
    told = dict(every_minute_that_counts(task(swedish("2026-03-12", "16:30")), policy))
    assert told["overdue_unit"] == swedish("2026-03-16")


def test_the_municipality_chooses_how_long_the_head_waits() -> None:
    policy = Policy(overdue_working_days=(1, 2, 5))
    told = dict(every_minute_that_counts(task(swedish("2026-03-12", "16:30")), policy))
    assert told["overdue_head"] == swedish("2026-03-19")


INSTANTS = st.timedeltas(timedelta(0), timedelta(days=2600)).map(
    lambda by: datetime(2024, 1, 1, tzinfo=UTC) + by
)
MATTERS = st.builds(
    lambda ladder, since, days, near: Matter(ladder, since + days, since, near),
    st.sampled_from(sorted(LADDERS)),
    INSTANTS,
    st.timedeltas(timedelta(minutes=1), timedelta(days=40)),
    st.integers(1, 10),
)
LOOKS = st.lists(st.timedeltas(timedelta(0), timedelta(days=80)), max_size=30)


@given(matter=MATTERS, looks=LOOKS)
def test_nobody_is_told_before_the_time_nor_twice_nor_out_of_order(
    matter: Matter, looks: list[timedelta]
) -> None:
    rungs = LADDERS[matter.ladder].rungs
    keys = [rung.key for rung in rungs]
    told = climb(matter, [matter.since + one for one in sorted(looks)])
    places = [keys.index(key) for key, _ in told]
    assert places == sorted(set(places))
    for key, at in told:
        assert at >= LADDERS[matter.ladder].rung(key).when(matter.due_at, matter.near, POLICY)


@given(matter=MATTERS, looks=LOOKS)
def test_nobody_is_escalated_to_before_somebody_was_reminded(matter: Matter, looks: list[timedelta]) -> None:
    ladder = LADDERS[matter.ladder]
    told = climb(matter, [matter.since + one for one in sorted(looks)])
    kinds = [ladder.rung(key).kind for key, _ in told]
    assert not kinds or kinds[0] != ESCALATION


@given(matter=MATTERS.filter(lambda one: one.ladder == "task"), looks=LOOKS)
def test_on_the_ladder_of_a_task_each_has_a_working_day_before_the_next_is_told(
    matter: Matter, looks: list[timedelta]
) -> None:
    told = climb(matter, [matter.since + one for one in sorted(looks)])
    after_the_due_day = [at for key, at in told if key != "due_today"]
    for before, after in pairwise(after_the_due_day):
        assert working_days_until(swedish_day(before), swedish_day(after)) >= 1


@given(matter=MATTERS)
def test_what_looks_ahead_is_never_said_too_late(matter: Matter) -> None:
    word = next_word(matter, matter.due_at + timedelta(days=1), POLICY)
    assert word is not None
    assert not word.rung.is_before


@given(matter=MATTERS.filter(lambda one: one.ladder == "task"))
def test_the_unit_and_the_head_are_told_while_the_office_is_open(matter: Matter) -> None:
    for key, at in every_minute_that_counts(matter):
        if key not in ("overdue", "due_today"):
            assert is_office_day(swedish_day(at))


def test_every_ladder_ends_with_the_head_and_says_where_it_stands() -> None:
    for ladder in LADDERS.values():
        assert ladder.rungs[-1].to is Audience.HEAD
        assert ladder.rungs[-1].kind == ESCALATION
        assert ladder.source
        assert len({rung.key for rung in ladder.rungs}) == len(ladder.rungs)
        assert {rung.kind for rung in ladder.rungs} <= set(KINDS)


def test_the_table_at_the_top_names_every_rung_and_no_other() -> None:
    shown = [
        (cells[1].strip(), cells[2].strip())
        for line in (reminders.__doc__ or "").splitlines()
        if len(cells := line.split("|")) == 6 and cells[1].strip() in LADDERS
    ]
    assert shown == [(ladder.name, rung.key) for ladder in LADDERS.values() for rung in ladder.rungs]


def test_every_date_on_which_somebody_must_act_is_told_by_a_ladder_or_by_a_diagram() -> None:
    no_running_clock = {
        "D-11",  # the day it came in: a task that is due the same day
        "D-16",  # at once, no day to count to
        "D-23",  # another unit's claim in court, three years on
        "D-24",  # a report each quarter, about the municipality
        "D-27",  # between municipalities; its watch brings up a task
    }
    acts = {key for key, one in DEADLINES.items() if one.kind is DeadlineKind.ACT}
    assert acts <= LEGAL_DATES.keys() | TOLD_BY_A_DIAGRAM.keys() | no_running_clock
    assert not LEGAL_DATES.keys() & TOLD_BY_A_DIAGRAM.keys()


@pytest.mark.parametrize("process", sorted(set(TOLD_BY_A_DIAGRAM.values())))
def test_the_diagrams_that_tell_of_a_date_do_tell_a_unit(process: str) -> None:
    folder = Path(__file__).parents[2] / "bpmn-diagrams" / process
    assert 'serviceTaskOperator id="notify' in (folder / f"{process}.bpmn").read_text()


def test_the_confirmation_is_a_step_of_its_diagram() -> None:
    folder = Path(__file__).parents[2] / "bpmn-diagrams" / "underrattelse-kronofogden"
    assert f'userTask id="{CONFIRMATION_STEP}"' in (folder / f"{folder.name}.bpmn").read_text()
    assert ladder_of_task(CONFIRMATION_STEP) == "confirmation"
    assert ladder_of_task("ta_stallning") == "task"


def test_there_is_no_rung_that_nobody_named() -> None:
    with pytest.raises(KeyError):
        LADDERS["task"].rung("law_head")
