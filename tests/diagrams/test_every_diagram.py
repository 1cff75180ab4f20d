"""Every diagram that is shipped: nothing is wrong with it, no way through it stops in silence, its state is small."""

from __future__ import annotations

from functools import cache

import pytest

from processes.diagrams.check import problems_in
from processes.diagrams.files import files_of_process, read_folder, startable_keys
from processes.diagrams.names import known_names
from processes.engine import Bundle, parse_bundle
from processes.engine.exploration import explore
from processes.engine.random_walk import random_walk
from processes.operations import OPERATIONS
from tests.city import DIAGRAMS

FILES = read_folder(DIAGRAMS)
KEYS = [key for key in startable_keys(FILES) if f"{key}/{key}.bpmn" in FILES]
TOO_LARGE_TO_EXPLORE = {"avhysning-kronofogden"}
"""Five watches run side by side: the ways through it are too many to try them all, so chance tries it."""
LARGEST_STATE = 5 * 1024


@cache
def bundle(key: str) -> Bundle:
    return parse_bundle(key, files_of_process(FILES, key))


def test_nothing_is_wrong_with_the_diagrams() -> None:
    assert [str(problem) for problem in problems_in(FILES, known_names(OPERATIONS))] == []


@pytest.mark.parametrize("key", KEYS)
def test_a_random_walk_saved_at_every_step_never_ends_in_a_silent_stop(key: str) -> None:
    walks = [random_walk(bundle(key), seed) for seed in range(12)]
    assert any(walk.actions for walk in walks)
    assert max(walk.largest_state for walk in walks) < LARGEST_STATE


@pytest.mark.parametrize("key", sorted(set(KEYS) - TOO_LARGE_TO_EXPLORE))
def test_every_way_through_the_diagram_leads_somewhere(key: str) -> None:
    found = explore(bundle(key), most_states=400)
    assert not found.truncated
    assert found.standstills == ()
    assert found.hopeless == ()
    assert found.crowded == ()
    assert found.failures == ()
    assert found.uncovered == frozenset()


@pytest.mark.parametrize("key", KEYS)
def test_the_same_walk_in_memory_and_through_the_store_passes_the_same_steps(key: str) -> None:
    for seed in range(4):
        stored = random_walk(bundle(key), seed)
        assert random_walk(bundle(key), seed, stored=False).passed == stored.passed
