"""A log's chain shows where it was tampered with, and a sample can be drawn again from its seed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.rules.log_chain import START, End, Link, fingerprint, flaws_in, systematic_sample

CHAIN = "reads:hisingen"


def chain(*said: Any) -> list[Link]:
    links: list[Link] = []
    previous = START
    for number, one in enumerate(said, start=1):
        content = {"said": one}
        previous = fingerprint(previous, CHAIN, number, content)
        links.append(Link(number, content, previous))
    return links


def flaws(links: list[Link], of: list[Link]) -> list[tuple[int, str]]:
    end = End(len(of), of[-1].hash) if of else End()
    return [(flaw.number, flaw.said) for flaw in flaws_in(CHAIN, links, end)]


texts = st.lists(st.text(max_size=8), min_size=1, max_size=12)


@given(texts)
def test_a_chain_that_nobody_has_touched_has_no_flaws(said: list[str]) -> None:
    assert flaws(chain(*said), chain(*said)) == []


@given(texts, st.data())
def test_a_changed_row_is_found_where_it_stands(said: list[str], data: st.DataObject) -> None:
    links = chain(*said)
    at = data.draw(st.integers(0, len(links) - 1))
    changed = [*links]
    changed[at] = Link(at + 1, {"said": said[at] + "!"}, links[at].hash)
    assert [number for number, _ in flaws(changed, links)] == [at + 1]


@given(texts, st.data())
def test_a_removed_row_is_found_where_it_stood(said: list[str], data: st.DataObject) -> None:
    links = chain(*said)
    at = data.draw(st.integers(0, len(links) - 1))
    assert flaws(links[:at] + links[at + 1 :], links)[0] == (at + 1, "is missing")


@given(texts, st.data())
def test_an_inserted_row_is_found_where_it_was_put(said: list[str], data: st.DataObject) -> None:
    links = chain(*said)
    at = data.draw(st.integers(0, len(links) - 1))
    slipped_in = Link(at + 1, {"said": "slipped in"}, "0" * 64)
    found = flaws([*links[: at + 1], slipped_in, *links[at + 1 :]], links)
    assert [number for number, _ in found] == [at + 1]


def test_a_row_that_is_sealed_anew_is_betrayed_by_the_next_one() -> None:
    links = chain("a", "b", "c")
    forged = {"said": "B"}
    links[1] = Link(2, forged, fingerprint(links[0].hash, CHAIN, 2, forged))
    assert [number for number, _ in flaws(links, chain("a", "b", "c"))] == [3]


def test_a_last_row_that_is_sealed_anew_is_betrayed_by_the_end_of_the_chain() -> None:
    honest = chain("a", "b")
    forged = {"said": "B"}
    links = [honest[0], Link(2, forged, fingerprint(honest[0].hash, CHAIN, 2, forged))]
    assert flaws(links, honest) == [(2, "is not the row that the chain is known to end with")]


def test_several_missing_rows_are_told_as_one() -> None:
    links = chain("a", "b", "c", "d")
    assert flaws([links[0], links[3]], links) == [(2, "to row 3 are missing")]
    assert flaws([], links) == [(1, "to row 4 are missing")]


def test_a_row_of_another_chain_does_not_fit() -> None:
    assert fingerprint(START, "reads:a", 1, {}) != fingerprint(START, "reads:b", 1, {})


@given(st.integers(0, 3000), st.integers(1, 600), st.text(max_size=5))
def test_a_sample_has_its_size_and_spreads_over_the_period(count: int, size: int, seed: str) -> None:
    drawn = systematic_sample(count, size, seed)
    assert len(drawn) == min(count, size)
    assert drawn == sorted(set(drawn))
    assert all(0 <= position < count for position in drawn)
    widest = max((b - a for a, b in pairwise(drawn)), default=0)
    assert widest <= count / size + 1 or size >= count


@pytest.mark.parametrize("seed", ["", "a", "b"])
def test_the_same_seed_draws_the_same_rows(seed: str) -> None:
    assert systematic_sample(1000, 20, seed) == systematic_sample(1000, 20, seed)
    assert systematic_sample(1000, 20, seed) != systematic_sample(1000, 20, seed + "x")
