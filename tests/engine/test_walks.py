"""Whatever happens, in whatever order, stored and restored on the way: a case never stops in silence."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from processes.engine import Bundle
from processes.engine.oracle import Chooser, OracleInstance
from processes.engine.random_walk import SilentStop, random_walk
from processes.engine.tidying import resync_events
from tests.engine.drawn import bundle_of, sketch
from tests.engine.offices import office, presence, rounds


@pytest.fixture(params=["office", "rounds"])
def bundle(request: pytest.FixtureRequest) -> Bundle:
    return bundle_of(office(), presence()) if request.param == "office" else bundle_of(rounds())


def test_a_walk_ends_or_waits_and_is_the_same_for_the_same_seed(bundle):
    for seed in range(40):
        walk = random_walk(bundle, seed)
        assert walk.finished or len(walk.actions) == 60
        assert walk == random_walk(bundle, seed)
        assert walk.largest_state < 2_000


def test_a_walk_into_a_standstill_is_told():
    drawn = sketch(
        "user a b c; xor val else c; par samla; start > a > val; val > b > samla > slut if y; val > c > samla"
    )
    with pytest.raises(SilentStop, match="complete a"):
        random_walk(bundle_of(drawn), 1)


class Untouched(OracleInstance):
    """A process whose memory is never tidied and never stored."""

    def _tidy(self) -> None:
        resync_events(self._top)


def following(plan: Iterable[int]) -> Chooser:
    """A chooser that takes its choices from the plan."""
    numbers = iter(plan)
    return lambda ways: next(numbers) % ways


def test_storing_and_tidying_change_nothing_that_can_be_seen(bundle):
    for seed in range(60):
        chance = random.Random(seed)  # noqa: S311 - chance, not a secret
        plan = [chance.randrange(1000) for _ in range(2000)]
        stored, _choices = OracleInstance.begin(bundle, following(plan))
        untouched, _choices = Untouched.begin(bundle, following(plan))
        for step in range(40):
            assert stored.possible() == untouched.possible()
            assert stored.tokens() == untouched.tokens()
            assert (stored.is_finished, stored.answers) == (untouched.is_finished, untouched.answers)
            if stored.is_finished:
                break
            stored = OracleInstance.resume(bundle, stored.dump())
            action = stored.possible()[plan[step] % len(stored.possible())]
            stored.take(action, following(plan[step:]))
            untouched.take(action, following(plan[step:]))


def picture(bundle: Bundle) -> list[tuple[object, ...]]:
    """Everything about the shared process that a running case could change."""
    return [
        (
            name,
            step.name,
            list(step._inputs),
            list(step._outputs),
            step.completed_event.n_subscribers(),
            step.data,
            step.lookahead,
        )
        for spec in (bundle.process, *bundle.called.values())
        for name, step in spec.task_specs.items()
    ]


def test_a_shared_process_is_never_changed_by_its_cases(bundle):
    before = repr(picture(bundle))
    for seed in range(30):
        random_walk(bundle, seed)
    assert repr(picture(bundle)) == before
