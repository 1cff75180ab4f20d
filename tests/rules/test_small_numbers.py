"""A small number is never shown, and can never be worked out from what is shown."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.rules.small_numbers import Divided, Shown, divided, share_of, shown

PARTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), min_size=1)


def test_a_number_from_one_to_four_is_hidden_and_no_other() -> None:
    assert [shown(number) for number in (0, 5, 6)] == [Shown(0), Shown(5), Shown(6)]
    assert [shown(number) for number in (1, 2, 3, 4)] == [Shown(None, is_small=True)] * 4


def test_large_numbers_are_all_shown() -> None:
    assert divided({"a": 5, "b": 9, "c": 0}).parts == {"a": Shown(5), "b": Shown(9), "c": Shown(0)}


def test_one_small_number_takes_another_with_it() -> None:
    table = divided({"a": 3, "b": 10, "c": 20})
    assert table.total == Shown(33)
    assert table.parts == {"a": Shown(None, is_small=True), "b": Shown(10), "c": Shown(None)}


def test_small_numbers_that_fill_their_sum_take_another_with_them() -> None:
    """Two hidden numbers that make two are one each."""
    assert divided({"a": 1, "c": 40, "b": 1}).parts["c"] == Shown(None)


def test_the_guard_is_the_last_whatever_its_size() -> None:
    assert divided({"a": 3, "b": 10, "c": 9}).parts["b"] == Shown(10)
    assert divided({"a": 3, "c": 9, "b": 10}).parts["c"] == Shown(9)


@pytest.mark.parametrize(
    "parts", [{"a": 4}, {"a": 1, "b": 1, "c": 1, "d": 1}, {"a": 4, "b": 3}, {"a": 5, "b": 1}]
)
def test_too_few_are_not_divided_at_all(parts: dict[str, int]) -> None:
    table = divided(parts)
    assert table.is_whole
    assert table.parts == {}
    assert table.total == shown(sum(parts.values()))


def test_nothing_can_be_counted_below_zero() -> None:
    with pytest.raises(ValueError, match="below zero"):
        divided({"a": -1})


@given(PARTS)
def test_no_small_number_is_ever_shown_and_nothing_shown_is_wrong(parts: dict[str, int]) -> None:
    table = divided(parts)
    for name, part in table.parts.items():
        if part.number is not None:
            assert part.number == parts[name]
            assert part.number == 0 or part.number >= 5
    assert table.total.number in (None, sum(parts.values()))


def possible(table: Divided) -> dict[str, set[int]]:
    """What each small number could be, for somebody who sees the table and knows exactly how it is made."""
    hidden = [name for name, part in table.parts.items() if part.number is None]
    seen = {name: part.number for name, part in table.parts.items() if part.number is not None}
    left = (table.total.number or 0) - sum(seen.values())
    found: dict[str, set[int]] = {name: set() for name in hidden if table.parts[name].is_small}
    ranges = [range(1, 5) if table.parts[name].is_small else range(5, left + 1) for name in hidden[:-1]]
    for values in product(*ranges):
        world = dict(zip(hidden[:-1], values, strict=True)) | {hidden[-1]: left - sum(values)}
        if world[hidden[-1]] > 0 and divided(seen | world) == table:
            for name, values_of_it in found.items():
                values_of_it.add(world[name])
    return found


def test_whoever_knows_the_total_and_the_rule_cannot_tell_a_small_number() -> None:
    """Of every table of three numbers up to ten, every table that would look the same is tried."""
    for numbers in product(range(11), repeat=3):
        table = divided(dict(zip("abc", numbers, strict=True)))
        if any(part.number is None for part in table.parts.values()):
            assert set(map(frozenset, possible(table).values())) == {frozenset({1, 2, 3, 4})}, numbers


def test_a_table_is_divided_as_soon_as_it_can_be() -> None:
    assert divided({"a": 1, "b": 7}).is_whole
    assert not divided({"a": 1, "b": 8}).is_whole
    assert divided({"a": 1, "b": 1, "c": 7}).is_whole
    assert not divided({"a": 1, "b": 1, "c": 8}).is_whole


def test_a_share_is_told_as_far_as_the_table_tells_it() -> None:
    assert share_of({"a"}, divided({"a": 20, "b": 10})) == (66, True)
    assert share_of({"a", "b"}, divided({"a": 20, "b": 10, "c": 0})) == (100, True)
    assert share_of({"a"}, divided({"a": 26, "b": 4})) == (86, False)
    assert share_of({"a"}, divided({"a": 9, "b": 4, "c": 30})) == (20, True)
    assert share_of({"a", "c"}, divided({"a": 9, "b": 4, "c": 30})) == (90, False)
    assert share_of({"b", "a"}, divided({"a": 9, "b": 4, "c": 30})) == (23, False)
    assert share_of({"a"}, divided({"a": 3})) is None
    assert share_of({"a"}, divided({})) is None


@given(PARTS, st.sets(st.sampled_from("abcdefgh")))
def test_a_share_is_right_and_follows_from_what_the_table_shows(
    parts: dict[str, int], names: set[str]
) -> None:
    table = divided(parts)
    found = share_of(names, table)
    if found is not None:
        told, is_exact = found
        really = 100 * sum(number for name, number in parts.items() if name in names) // sum(parts.values())
        assert told == really if is_exact else told <= really
        assert not is_exact or all(table.parts[name].number is not None for name in names & parts.keys())
