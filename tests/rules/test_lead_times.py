"""How long steps take is counted in Swedish days, and the middle of it is what a sorted list would say."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.rules.counted_ages import AGES, age_of, youngest
from processes.rules.lead_times import CLASSES, class_of, days_of, quantile

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "first"), [(0, 0), (1, 1), (6, 6), (7, 7), (9, 7), (10, 10), (13, 10), (14, 14), (200, 180)]
)
def test_a_lead_time_falls_into_its_class(days: int, first: int) -> None:
    assert class_of(MONDAY, MONDAY + timedelta(days=days)) == first


def test_a_night_in_sweden_is_a_day_however_short_it_is() -> None:
    late = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # half past eleven in Sweden
    assert class_of(late, late + timedelta(hours=1)) == 1
    assert class_of(late - timedelta(hours=20), late) == 0


def test_the_classes_follow_on_each_other_without_a_gap() -> None:
    spans = [days_of(first) for first in CLASSES]
    assert [last for _, last in spans[:-1]] == [first - 1 for first, _ in spans[1:]]
    assert spans[-1] == (180, None)


@given(st.lists(st.sampled_from(CLASSES), min_size=5, max_size=60), st.sampled_from([0.5, 0.9]))
def test_a_quantile_is_what_stands_at_its_place_in_a_sorted_list(found: list[int], part: float) -> None:
    assert quantile(Counter(found), part) == sorted(found)[ceil(part * len(found)) - 1]


def test_of_fewer_than_five_nothing_is_said() -> None:
    assert quantile({0: 4}, 0.5) is None
    assert quantile({}, 0.5) is None


@given(st.integers(0, 400))
def test_every_age_has_one_group(days: int) -> None:
    first, _ = AGES[age_of(MONDAY - timedelta(days=days), MONDAY)]
    assert first == max(least for least, _ in AGES.values() if least <= days)


def test_a_period_holds_the_groups_that_are_as_young() -> None:
    assert youngest("week") == ("week",)
    assert youngest("quarter") == ("week", "month", "quarter")
    assert youngest("") == youngest("nonsense") == tuple(AGES)
