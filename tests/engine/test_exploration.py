"""Working a diagram in every way finds what no single walk would, and a walk by chance never ends in a silent stop."""

from __future__ import annotations

import random

import pytest

from processes.engine import Bundle
from processes.engine.exploration import explore
from processes.engine.oracle import OracleInstance
from processes.engine.random_walk import SilentStop, random_walk
from processes.engine.tidying import resync_events
from tests.engine.drawn import Drawn, bundle_of


def office() -> Drawn:
    """A process with most of what may be drawn."""
    drawn = Drawn().start().user("ta_emot").xor("vad", default="f_annat").par("dela", "samla").end()
    drawn.flow("start", "ta_emot", "vad").flow("vad", "dela", when="decision == 'open'").flow(
        "vad", "ihop", flow_id="f_annat"
    )
    drawn.user("utred").service("skriv").call("anropa", "narvaro").xor("ihop").flow(
        "dela", "utred", "skriv", "samla"
    ).xor("klart").flow("dela", "anropa", "klart", "samla", "ihop")
    drawn.wait("vanta").message("nytt", "kfm.nyTid").timer("dagen", "eviction_at").xor("las").flow(
        "ihop", "las", "vanta", "dagen", "slut"
    ).flow("vanta", "nytt", "las")
    drawn.message("flyttat", "flytt", on="utred", interrupting=False).user("lamna_over").end("s2").flow(
        "flyttat", "lamna_over", "s2"
    )
    return (
        drawn.message("bort", "kfm.aterkallad", on="anropa")
        .user("folj_upp")
        .flow("bort", "folj_upp", "klart")
    )


def presence() -> Drawn:
    drawn = (
        Drawn("narvaro")
        .start("start2")
        .par("dela2")
        .user("narvara")
        .end("slut2", terminate=True)
        .xor("om")
        .user("planera")
    )
    return drawn.flow("start2", "dela2", "narvara", "slut2").flow("dela2", "om", "planera", "om")


def office_loop() -> Drawn:
    drawn = (
        Drawn().start().xor("igen").par("dela", "samla").user("a", "b", "c").xor("nog", default="f_om").end()
    )
    drawn.flow("start", "igen", "dela", "a", "samla", "nog").flow("dela", "b", "samla").flow(
        "nog", "igen", flow_id="f_om"
    )
    return (
        drawn.flow("nog", "slut", when="enough")
        .message("m", "nytt", on="a", interrupting=False)
        .flow("m", "c")
        .end("s2")
        .flow("c", "s2")
    )


@pytest.fixture(params=["office", "loop"])
def bundle(request: pytest.FixtureRequest) -> Bundle:
    return bundle_of(office(), presence()) if request.param == "office" else bundle_of(office_loop())


def test_every_step_is_covered_and_every_situation_can_end():
    found = explore(bundle_of(office(), presence()))
    assert not found.truncated
    assert found.uncovered == frozenset()
    assert (found.standstills, found.hopeless, found.failures) == ((), (), ())
    assert {finding.steps for finding in found.crowded} == {("lamna_over",)}
    assert found.states > 20
    assert found.transitions > found.states


def test_a_join_after_a_choice_is_found_to_stand_still_with_the_way_there():
    drawn = (
        Drawn()
        .start()
        .user("a")
        .xor("val", default="f_nej")
        .par("samla")
        .user("b", "c")
        .end()
        .flow("start", "a", "val")
    )
    drawn.flow("val", "b", "samla", "slut", when="yes").flow("val", "c", "samla", flow_id="f_nej")
    found = explore(bundle_of(drawn))
    assert [finding.path for finding in found.standstills] == [
        ("Slutför ”a”", "Välj ”b” i ”val”", "Slutför ”b”"),
        ("Slutför ”a”", "Välj ”c” i ”val”", "Slutför ”c”"),
    ]
    assert found.standstills[0].steps == ("samla",)
    assert found.uncovered == {"samla", "slut"}


def test_a_situation_that_can_move_but_never_end_is_found():
    drawn = (
        Drawn()
        .start()
        .par("dela", "samla")
        .user("a", "b")
        .xor("val", default="f_nej")
        .xor("om")
        .xor("nog", default="f_om")
        .end()
        .end("s2")
    )
    drawn.flow("start", "dela", "a", "val").flow("val", "samla", "slut", when="yes").flow(
        "val", "s2", flow_id="f_nej"
    )
    drawn.flow("dela", "om", "b", "nog").flow("nog", "om", flow_id="f_om").flow("nog", "samla", when="enough")
    found = explore(bundle_of(drawn))
    assert [(finding.steps, finding.path) for finding in found.hopeless] == [
        (("b",), ("Slutför ”a”", "Välj ”s2” i ”val”"))
    ]
    assert [finding.steps for finding in found.standstills] == [("samla",)]


def test_two_tokens_on_one_step_are_found():
    drawn = (
        Drawn()
        .start()
        .par("dela")
        .user("a", "b", "sedan")
        .xor("ihop")
        .end()
        .flow("start", "dela", "a", "ihop", "sedan", "slut")
    )
    found = explore(bundle_of(drawn.flow("dela", "b", "ihop")))
    assert [finding.steps for finding in found.crowded] == [("sedan",)]
    assert found.crowded[0].path == ("Slutför ”a”", "Slutför ”b”")


def test_the_same_condition_has_the_same_answer_until_something_happens():
    drawn = (
        Drawn()
        .start()
        .user("a")
        .xor("x", default="f_x")
        .user("b")
        .xor("y", default="f_y")
        .user("c", "d")
        .end()
    )
    drawn.flow("start", "a", "x").flow("x", "y", when="child").flow("x", "b", "slut", flow_id="f_x")
    drawn.flow("y", "c", "slut", when="child").flow("y", "d", "slut", flow_id="f_y")
    assert explore(bundle_of(drawn)).uncovered == {"d"}


def test_a_budget_that_is_too_small_is_admitted():
    found = explore(bundle_of(office(), presence()), most_states=3)
    assert found.truncated
    assert found.hopeless == ()


def test_a_walk_ends_or_waits_and_is_the_same_for_the_same_seed(bundle):
    for seed in range(40):
        walk = random_walk(bundle, seed)
        assert walk.finished or len(walk.actions) == 60
        assert walk == random_walk(bundle, seed)
        assert walk.largest_state < 2_000


def test_a_walk_into_a_standstill_is_told():
    drawn = (
        Drawn()
        .start()
        .user("a")
        .xor("val", default="f_nej")
        .par("samla")
        .user("b", "c")
        .end()
        .flow("start", "a", "val")
    )
    drawn.flow("val", "b", "samla", "slut", when="yes").flow("val", "c", "samla", flow_id="f_nej")
    with pytest.raises(SilentStop, match="complete a"):
        random_walk(bundle_of(drawn), 1)


class Untouched(OracleInstance):
    """A process whose memory is never tidied and never stored."""

    def _tidy(self) -> None:
        resync_events(self._top)


def test_storing_and_tidying_change_nothing_that_can_be_seen(bundle):
    for seed in range(60):
        chance = random.Random(seed)
        plan = [chance.randrange(1000) for _ in range(2000)]
        runs = []
        for kind in (OracleInstance, Untouched):
            choices = iter(plan)
            runs.append(kind.begin(bundle, lambda ways, choices=choices: next(choices) % ways)[0])
        stored, untouched = runs
        for step in range(40):
            assert stored.possible() == untouched.possible()
            assert sorted(one.step_id for one in stored.open_tasks) == sorted(
                one.step_id for one in untouched.open_tasks
            )
            assert stored.tokens() == untouched.tokens()
            assert (stored.is_finished, stored.answers) == (untouched.is_finished, untouched.answers)
            if stored.is_finished:
                break
            stored = OracleInstance.resume(bundle, stored.dump())
            action = stored.possible()[plan[step] % len(stored.possible())]
            for one in (stored, untouched):
                choices = iter(plan[step:])
                one.take(action, lambda ways, choices=choices: next(choices) % ways)


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
